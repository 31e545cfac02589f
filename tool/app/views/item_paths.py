"""Paths of the pages of events and posts, for lists that show hundreds of them.

They are those of `url_for`, which is asked once a request for what they all have.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from flask import Flask, g, url_for

from tool.app.views.items import EventView, ItemView

_ENDPOINTS = {"event": "read.event", "post": "read.post"}
_SAFE = "!$&'()*+,/:;=@"  # as `url_for` writes paths
_SOME_ID = 0


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before an id and its words in a path, and after it."""

    before: str
    query: str  # without its question mark; empty for none

    @classmethod
    def of(cls, kind: str) -> "_Around":
        path, _, query = url_for(_ENDPOINTS[kind], page_id=_SOME_ID).partition("?")
        return cls(path.removesuffix(str(_SOME_ID)), query)


def path_of(item: ItemView) -> str:
    """The path of an event's page, on the day that it is listed for, or of a post's."""
    around = _around(item.publication.kind)
    day = item.day if isinstance(item, EventView) else ""
    query = "&".join(filter(None, (day and f"date={day}", around.query)))
    path = f"{around.before}{item.id}{_words(item.slug)}"
    return f"{path}?{query}" if query else path


def _around(kind: str) -> _Around:
    if "around_items" not in g:
        g.around_items = {name: _Around.of(name) for name in _ENDPOINTS}
    found: dict[str, _Around] = g.around_items
    return found[kind]


@lru_cache(maxsize=8192)
def _words(slug: str) -> str:
    """The part of the path that only people read, with its hyphen; or nothing."""
    return f"-{quote(slug, safe=_SAFE)}" if slug else ""


def init_app(app: Flask) -> None:
    """Offer `path_of(item)` to templates."""
    app.jinja_env.globals["path_of"] = path_of
