"""Feeds: the same for everybody, no cookie, no language of the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from space.feeds.atom import FeedHead, feed
from space.feeds.fragments import ATOM, GEOJSON, ICS
from space.feeds.geojson import collection
from space.feeds.ics import CalendarHead, calendar
from space.filters import Filter
from space.i18n import SOURCE, Translator
from space.queue.feed import queue_entry
from space.store.published import Summary
from tool.app.listing import asked_filter
from tool.app.ready import needs_index
from tool.app.services import services
from tool.app.waiting import asked_part

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
blueprint.before_request(needs_index)

MAX_AGE = 300  # seconds
POSTS = 50
WAITING = 100  # the newest of what waits


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed for one filter, today."""

    form: str
    media: str
    wanted: Filter
    today: date
    summary: Summary
    limit: int | None = None

    @classmethod
    def of(
        cls, form: str, media: str, kind: str, *, limit: int | None = None
    ) -> "Feed":
        """What the request asks for; raises `BadFilterError` naming the key."""
        wanted = asked_filter(kind)
        today = services().clock().date()
        summary = services().store.summary(form, wanted, today)
        return cls(form, media, wanted, today, summary, limit)

    @property
    def source(self) -> str:
        """The feed's own address: equal for filters that mean the same."""
        return services().facts.addresses().tool(request.path, self.wanted.query())

    def page(self, path: str) -> str:
        """The address of the same for people."""
        return services().facts.addresses().tool(path, self.wanted.query())

    def fragments(self) -> Iterable[str]:
        """What stands in it."""
        return services().store.fragments(
            self.form, self.wanted, self.today, limit=self.limit
        )

    def unchanged(self) -> bool:
        """Whether the reader has this version already (RFC 9110 §13.1.2)."""
        return request.if_none_match.contains_weak(self.summary.etag)

    def answer(self, pieces: Iterable[str]) -> Response:
        """The feed, or 304 and nothing."""
        response = (
            make_response("", 304)
            if self.unchanged()
            else make_response("".join(pieces))
        )
        response.content_type = self.media
        response.set_etag(self.summary.etag)
        if self.summary.updated:
            response.last_modified = self.summary.updated
        response.cache_control.public = True
        response.cache_control.max_age = MAX_AGE
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


@blueprint.get("/events.ics")
def events_ics() -> ResponseReturnValue:
    """Events as iCalendar (RFC 5545)."""
    found = Feed.of(ICS, "text/calendar; charset=utf-8", "event")
    head = CalendarHead(
        name=_text("tool-feed-events"),
        source=found.source,
        page=found.page("/events"),
        updated=found.summary.updated,
        zones=found.summary.zones,
    )
    return found.answer(calendar(head, found.fragments()))


@blueprint.get("/events.geojson")
def events_geojson() -> ResponseReturnValue:
    """Events that have a point on the map, as GeoJSON (RFC 7946)."""
    found = Feed.of(GEOJSON, "application/geo+json", "event")
    return found.answer(collection(found.fragments()))


@blueprint.get("/posts.atom")
def posts_atom() -> ResponseReturnValue:
    """The newest posts as Atom (RFC 4287)."""
    found = Feed.of(ATOM, "application/atom+xml; charset=utf-8", "post", limit=POSTS)
    head = FeedHead(
        title=_text("tool-feed-posts"),
        source=found.source,
        page=found.page("/blog"),
        author=_text("tool-feed-author"),
        updated=found.summary.updated,
    )
    return found.answer(feed(head, found.fragments()))


@blueprint.get("/review.atom")
def review_atom() -> ResponseReturnValue:
    """What waits for a reviewer, as Atom; the newest first, as feeds are read."""
    part = asked_part()
    addresses = services().facts.addresses()
    rows = [row for row in part.rows() if row.waits][-WAITING:][::-1]
    query = urlencode(part.query(), doseq=True)
    head = FeedHead(
        title=_text("tool-feed-review"),
        source=addresses.tool(request.path, query),
        page=addresses.tool("/review", query),
        author=_text("tool-feed-author"),
        updated=max((row.since for row in rows), default=None),
    )
    text = "".join(feed(head, (queue_entry(row, addresses) for row in rows)))
    response = make_response(text)
    response.content_type = "application/atom+xml; charset=utf-8"
    response.add_etag()
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response.make_conditional(request)


def _text(key: str) -> str:
    return Translator(services().catalogue, SOURCE).text(key)
