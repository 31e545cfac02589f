"""The wikitext that shows a list on a page of any wiki."""

from collections.abc import Iterable

from space.codec.writers import escape
from space.publication.filters import keys
from tool.app.services import services

_LISTED = {"event": "events", "post": "posts"}


def wiki_list(kind: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The call of the template for a filter; empty where no wiki has the data.

    `pairs` are keys and values of a filter, several of a key in a row.
    """
    if not services().community.settings().data_pages:
        return ""
    listed, arguments = keys(kind), dict[str, list[str]]()
    for key, value in pairs:
        written = escape(value, listed=key in listed)
        arguments.setdefault(key, []).append(written)
    written = "".join(f"|{key}={'; '.join(arguments[key])}" for key in arguments)
    return f"{{{{Movement {_LISTED[kind]}{written}}}}}"
