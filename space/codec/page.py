"""Wikitext ↔ values: the codec's door.

`read_page` is total: any text gives values and problems. `write_page` is its inverse;
`edit_page` changes single parameters and keeps every other byte.
"""

from space.codec.editing import edit_page, unlinked, write_page
from space.codec.reading import Reading, read_calls, read_page

__all__ = [
    "Reading",
    "edit_page",
    "read_calls",
    "read_page",
    "unlinked",
    "write_page",
]
