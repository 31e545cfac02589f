"""Mentions: links to user pages, for which the wiki notifies the users."""

from collections.abc import Iterable


def mentions(names: Iterable[str]) -> str:
    """The links, in the order of the names."""
    return ", ".join(f"@[[User:{name}|{name}]]" for name in names)
