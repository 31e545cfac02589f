"""Web addresses in texts: found, and written for programs (RFC 3986, 3987)."""

import re
from urllib.parse import quote

from space.text.clean import one_line

_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"


def uri(address: str) -> str:
    """An address with everything beyond ASCII percent-encoded (RFC 3987 §3.1)."""
    return quote(one_line(address), safe=_URI_SAFE)


MOST = 50  # of one page; a text with more links is told apart by other signs
MAX_LENGTH = 500

_ADDRESS = re.compile(
    r"(?:\bhttps?:)?//[^\s\[\]<>{}|\"\x00-\x1f]{3,500}", re.IGNORECASE
)


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses of a text, sorted, each once; also those inside comments.

    One without a protocol gets the one that readers would follow it with.
    """
    urls = {match[0].rstrip(".,;:!?)'") for match in _ADDRESS.finditer(text)}
    whole = {f"https:{url}" if url.startswith("//") else url for url in urls}
    return tuple(sorted(url for url in whole if "." in url)[:MOST])
