"""URLs in texts: extracting them, and percent-encoding (RFC 3986, 3987)."""

import re
from urllib.parse import quote

from space.text.clean import one_line

_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"


def uri(address: str) -> str:
    """An address with everything beyond ASCII percent-encoded (RFC 3987 §3.1)."""
    return quote(one_line(address), safe=_URI_SAFE)


MOST = 50  # URLs of one page
MAX_LENGTH = 500

_ADDRESS = re.compile(
    r"(?:\bhttps?:)?//[^\s\[\]<>{}|\"\x00-\x1f]{3,500}", re.IGNORECASE
)


def addresses_in(text: str) -> tuple[str, ...]:
    """The URLs of a wikitext, sorted, each once, at most `MOST`; comments count.

    A URL without a protocol (`//example.org`) gets `https:`.
    """
    urls = {match[0].rstrip(".,;:!?)'") for match in _ADDRESS.finditer(text)}
    whole = {f"https:{url}" if url.startswith("//") else url for url in urls}
    return tuple(sorted(url for url in whole if "." in url)[:MOST])
