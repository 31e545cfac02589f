"""Inline values: text that may hold wikilinks and no other markup.

They are links on the page and labels in feeds, lists and filters.
"""

from space.codec.links import split_links


def plain(value: str) -> str:
    """The value's text, with labels in place of links."""
    pieces = split_links(value)
    return "".join(piece if isinstance(piece, str) else piece.label for piece in pieces)
