"""Where a reader can follow what they look at: what a filter lets through."""

from collections.abc import Iterable

from flask import Flask

from space.follow.lines import EVENT
from space.publication.registered import PAGE
from tool.app.services import services
from tool.app.views.filter_form import FilterForm
from tool.app.views.listing import query_of
from tool.app.web.language import url_with


def follow_url(kind: str, items: Iterable[tuple[str, str]]) -> str:
    """The address where the events or the posts of a filter can be followed.

    Empty on a wiki without a page for followers, and for events from elsewhere, of
    which followers do not hear.
    """
    items = list(items)
    is_of_pages = all(key != "source" or value == PAGE for key, value in items)
    if not (is_of_pages and services().community.settings().followers_page):
        return ""
    about = [("kind", kind)] if kind != EVENT else []
    return url_with("follow.page", query_of([*about, *items]))


def follow_list_url(form: FilterForm) -> str:
    """The address where what a list shows can be followed; its period as days."""
    days = form.elsewhere.items()
    items = [(key, value) for key, values in days for value in values]
    return follow_url(form.asked.filter.kind, items)


def init_app(app: Flask) -> None:
    """Offer `follow_url(kind, items)` and `follow_list_url(form)` to templates."""
    app.jinja_env.globals["follow_url"] = follow_url
    app.jinja_env.globals["follow_list_url"] = follow_list_url
