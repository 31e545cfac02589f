"""Page and revision ids in addresses and forms, bounded in one place."""

import re

LARGEST_ID = 2**32 - 1
"""As wide as MediaWiki's own; a database takes any id up to it."""

PAGE_ID = f"<int(max={LARGEST_ID}):page_id>"
"""The part of a rule that is a page id."""

_DIGITS = re.compile(r"[0-9]{1,10}", re.ASCII)


def id_of(text: str) -> int | None:
    """The page or revision id that a text is; None for any other text."""
    number = int(text) if _DIGITS.fullmatch(text) else 0
    return number if 0 < number <= LARGEST_ID else None
