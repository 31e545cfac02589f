"""Lines of those who are interested in an event, signed, on its talk page.

    == Interested ==
    * {{Space interested}} [[User:Ana|Ana]] 10:00, 28 November 2026 (UTC)

They are comments like others: who signed is who is interested.
"""

import re

from space.wiki.talk.signatures import account_of, user_links
from space.wiki.values import Site

LINE = "* {{Space interested}} ~~~~"

_LINE = re.compile(
    r"^[*#: ]*\{\{\s*(?:template:)?space[ _]interested\s*\}\}(?P<signed>.*)$\n?",
    re.IGNORECASE | re.MULTILINE,
)


def is_interested(text: str, user: str, site: Site) -> bool:
    """Whether an account has signed one of the lines of a talk page."""
    return any(_signer(match, site) == user for match in _LINE.finditer(text))


def with_interest(text: str, heading: str) -> str:
    """The talk page with one more line below the others, or in a section of its own."""
    lines = list(_LINE.finditer(text))
    if not lines:
        return f"{text.rstrip()}\n\n== {heading} ==\n{LINE}\n".lstrip()
    end = lines[-1].end()
    before, after = text[:end].rstrip("\n"), text[end:]
    return f"{before}\n{LINE}\n{after}"


def without_interest(text: str, user: str, site: Site, heading: str) -> str:
    """The talk page without an account's lines, and without the section if empty."""
    left = _LINE.sub(lambda m: "" if _signer(m, site) == user else m[0], text)
    if left == text:
        return text
    empty = rf"^==[ \t]*{re.escape(heading)}[ \t]*==[ \t]*\n\s*(?=^==|\Z)"
    return re.sub(empty, "", left, flags=re.MULTILINE)


def _signer(line: re.Match[str], site: Site) -> str:
    """The account of the first link to a user: the signature begins with it."""
    link = user_links(site).search(line["signed"])
    return account_of(link) if link else ""
