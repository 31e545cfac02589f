"""Pages that may be stored: the same for all readers of a language and a time zone.

Such a page depends on the store, on whether events have begun or ended, and on the day
that it is in the reader's zone, which begins at a quarter of an hour by UTC everywhere.
One that waited for a wiki may have been made without its answer, so it is not stored.
A reader with a session gets the same page, with pieces of their own if it is stored,
and else made for them as a whole.
"""

from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, g, request

from space.dates.moments import utc_day, utc_midnight
from tool.app.services import services, standing
from tool.app.web import personal_pieces
from tool.app.web.http_cache import FRESHNESS, PIECES, SHARED
from tool.app.web.language import account_language
from tool.app.web.stored_response import Freshness
from tool.app.web.visitor import COOKIE
from tool.upstream.deadline import has_begun

QUARTER = timedelta(minutes=15)


def allow_storing(blueprint: Blueprint, *, has_pieces: bool = True) -> None:
    """Let the pages of a blueprint be stored, with an ETag for browsers.

    For after `needs_index`, since a store without tables has no versions. Without
    pieces nothing of a session is in them, and none is read.
    """
    if has_pieces:
        blueprint.before_request(_share)
    blueprint.before_request(_begin)
    blueprint.after_request(_end)


def _share() -> Response | None:
    """Answer a reader with a session from the page for all, if it is stored."""
    share = request.environ.get(SHARED) if COOKIE in request.cookies else None
    shared = share(account_language()) if share else None
    return personal_pieces.for_visitor(shared) if shared else None


def _begin() -> None:
    """Note what a page for all is made of, before anything is read."""
    if COOKIE not in request.cookies:
        g.began = services().clock()
        g.pages_version = standing().pages
        personal_pieces.begin()


def _end(response: Response) -> Response:
    if COOKIE in request.cookies:
        if "visitor" in g:
            response.headers["Cache-Control"] = personal_pieces.OF_ONE
        return response
    pieces = personal_pieces.end(response)
    version = g.get("pages_version")
    is_page = response.status_code == HTTPStatus.OK and response.mimetype == "text/html"
    if version is None or not is_page:
        return response
    if not has_begun():
        since, until = g.began, _until(g.began)
        request.environ[FRESHNESS] = Freshness(version, since, until, is_page=True)
        request.environ[PIECES] = pieces
    response.headers.setdefault("Cache-Control", "no-cache")
    response.add_etag()
    response.make_conditional(request)
    return response


def quarter_of(now: datetime) -> datetime:
    """When the quarter of an hour began that it is, in UTC.

    What a page tells of the time besides days and events it tells as of then.
    """
    midnight = utc_midnight(utc_day(now))
    return midnight + (now - midnight) // QUARTER * QUARTER


def _until(now: datetime) -> datetime:
    """When a page that was made now may become another, if nobody edits."""
    quarter = quarter_of(now) + QUARTER
    change = services().store.events.next_change(now)
    return min(quarter, change) if change else quarter
