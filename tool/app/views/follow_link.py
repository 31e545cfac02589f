"""Where a reader can follow what they look at: events that a filter lets through."""

from collections.abc import Iterable

from flask import Flask

from space.follow.lines import FILTERS
from tool.app.services import services
from tool.app.views.listing import query_of
from tool.app.web.language import url_with


def follow_url(items: Iterable[tuple[str, str]]) -> str:
    """The address where the events of a filter can be followed.

    Empty on a wiki without a page for followers.
    """
    if not services().community.settings().followers_page:
        return ""
    asked = [pair for pair in items if pair[0] in FILTERS]
    return url_with("follow.page", query_of(asked))


def init_app(app: Flask) -> None:
    """Offer `follow_url(items)` to templates."""
    app.jinja_env.globals["follow_url"] = follow_url
