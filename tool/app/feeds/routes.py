"""Feeds: the same for everybody, no cookie, no language of the reader."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from space.feeds.atom import FeedHead, feed
from space.feeds.envelope import Envelope
from space.feeds.fragments import ATOM, CSV, GEOJSON, ICS
from space.feeds.geojson import COLLECTION
from space.feeds.icalendar import CalendarHead, calendar
from space.feeds.review_queue import queue_entry
from space.feeds.spreadsheet import sheet
from space.publication.filters import Filter
from space.store import Snapshot, Summary
from space.text.messages import SOURCE, Translator
from tool.app.review.queue import asked_part
from tool.app.services import services
from tool.app.views.listing import asked_filter, asked_nothing
from tool.app.web.caching import Body, CachedAnswer, allow_scripts, answer, public
from tool.app.web.index import needs_index
from tool.app.web.routes import PAGE_ID

blueprint = Blueprint("feeds", __name__, template_folder="templates")
blueprint.after_request(allow_scripts)

POSTS = 50
ATOM_TYPE = "application/atom+xml; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
WAITING = 100  # the newest of what waits


@blueprint.get("/feeds/events.ics")
def events_ics() -> ResponseReturnValue:
    """Events as iCalendar (RFC 5545)."""
    wanted, path = asked_filter("event"), request.path

    def find(view: Snapshot, today: date) -> CachedAnswer:
        summary = view.summary(ICS, wanted, today)

        def body() -> Body:
            query = wanted.query()
            head = _calendar(summary, _address(path, query), _address("/events", query))
            pieces = view.feed(head, ICS, wanted, today)
            return Body(pieces, view.length(head, ICS, wanted, today))

        return CachedAnswer(summary.etag, body)

    return answer(find, CALENDAR, _file("inline", "events.ics"))


@blueprint.get(f"/events/{PAGE_ID}.ics")
def event_ics(page_id: int) -> ResponseReturnValue:
    """One event as iCalendar, for a calendar that it is added to."""
    asked_nothing()
    path = request.path

    def find(view: Snapshot, today: date) -> CachedAnswer:
        found = view.event(page_id, ICS, today)
        if found is None:
            raise NotFound
        summary, text = found

        def body() -> Body:
            page = _address(path.removesuffix(".ics"))
            pieces = _calendar(summary, _address(path), page).around([text])
            return Body(map(str.encode, pieces))

        return CachedAnswer(summary.etag, body)

    return answer(find, CALENDAR, _file("attachment", f"event-{page_id}.ics"))


@blueprint.get("/feeds/events.geojson")
def events_geojson() -> ResponseReturnValue:
    """Places with their events, as GeoJSON (RFC 7946)."""
    return _plain(GEOJSON, COLLECTION, "application/geo+json", "inline")


@blueprint.get("/feeds/events.csv")
def events_csv() -> ResponseReturnValue:
    """Events as a table (RFC 4180)."""
    return _plain(CSV, sheet(), "text/csv; charset=utf-8; header=present", "attachment")


@blueprint.get("/feeds/posts.atom")
def posts_atom() -> ResponseReturnValue:
    """The newest posts as Atom (RFC 4287)."""
    wanted, path = asked_filter("post"), request.path

    def find(view: Snapshot, today: date) -> CachedAnswer:
        summary = view.summary(ATOM, wanted, today)

        def body() -> Body:
            head = FeedHead(
                title=_text("tool-feed-posts"),
                source=_address(path, wanted.query()),
                page=_address("/blog", wanted.query()),
                author=_text("tool-feed-author"),
                updated=summary.updated,
            )
            return Body(view.feed(feed(head), ATOM, wanted, today, limit=POSTS))

        return CachedAnswer(summary.etag, body)

    return answer(find, ATOM_TYPE, _file("inline", "posts.atom"))


@blueprint.get("/feeds/review.atom")
def review_atom() -> ResponseReturnValue:
    """What waits for a reviewer, as Atom; the newest first, as feeds are read."""
    needs_index()
    part = asked_part()
    rows = [row for row in part.rows() if row.waits][-WAITING:][::-1]
    query = urlencode(part.query(), doseq=True)
    head = FeedHead(
        title=_text("tool-feed-review"),
        source=_address(request.path, query),
        page=_address("/review", query),
        author=_text("tool-feed-author"),
        updated=max((row.since for row in rows), default=None),
    )
    addresses = services().facts.addresses()
    entries = (queue_entry(row, addresses) for row in rows)
    response = Response("".join(feed(head).around(entries)), content_type=ATOM_TYPE)
    response.add_etag()
    return public(response).make_conditional(request)


def _plain(
    form: str, envelope: Envelope, media: str, disposition: str
) -> ResponseReturnValue:
    """A feed of events that says nothing of itself."""
    wanted: Filter = asked_filter("event")

    def find(view: Snapshot, today: date) -> CachedAnswer:
        summary = view.summary(form, wanted, today)

        def body() -> Body:
            pieces = view.feed(envelope, form, wanted, today)
            return Body(pieces, view.length(envelope, form, wanted, today))

        return CachedAnswer(summary.etag, body)

    return answer(find, media, _file(disposition, f"events.{form}"))


def _calendar(summary: Summary, source: str, page: str) -> Envelope:
    return calendar(
        CalendarHead(
            name=_text("tool-feed-events"),
            about=_text("tool-feed-about"),
            source=source,
            page=page,
            updated=summary.updated,
            zones=summary.zones,
        )
    )


def _address(path: str, query: str = "") -> str:
    """An address of the tool: the same for filters that mean the same."""
    return services().facts.addresses().tool(path, query)


def _file(disposition: str, name: str) -> str:
    return f'{disposition}; filename="{name}"'


def _text(key: str) -> str:
    return Translator(services().catalogue, SOURCE).text(key)
