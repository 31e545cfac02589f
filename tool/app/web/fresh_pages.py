"""Pages that may be stored: the same for all readers of a language and a time zone.

Such a page depends on the store, on whether events have begun or ended, and on the day
that it is in the reader's zone, which begins at a quarter of an hour by UTC everywhere.
One that waited for a wiki may have been made without its answer, so it is not stored.
"""

from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, g, request

from space.dates.moments import utc_day, utc_midnight
from tool.app.services import services
from tool.app.web.http_cache import FRESHNESS
from tool.app.web.stored_response import Freshness
from tool.app.web.visitor import COOKIE
from tool.upstream.deadline import has_begun

QUARTER = timedelta(minutes=15)


def allow_storing(blueprint: Blueprint) -> None:
    """Let the pages of a blueprint be stored, with an ETag for browsers.

    For after `needs_index`, since a store without tables has no versions.
    """
    blueprint.before_request(_begin)
    blueprint.after_request(_end)


def _begin() -> None:
    """Note what the page is made of, before anything is read."""
    g.began = services().clock()
    g.pages_version = services().store.versions.pages()


def _end(response: Response) -> Response:
    version = g.get("pages_version")
    is_page = response.status_code == HTTPStatus.OK and response.mimetype == "text/html"
    if version is None or not is_page or COOKIE in request.cookies:
        return response
    if not has_begun():
        until = _until(g.began)
        request.environ[FRESHNESS] = Freshness(version, until, is_page=True)
    response.headers.setdefault("Cache-Control", "no-cache")
    response.add_etag()
    response.make_conditional(request)
    return response


def _until(now: datetime) -> datetime:
    """When a page that was made now may become another, if nobody edits."""
    midnight = utc_midnight(utc_day(now))
    quarter = midnight + ((now - midnight) // QUARTER + 1) * QUARTER
    change = services().store.events.next_change(now)
    return min(quarter, change) if change else quarter
