"""Feeds: the same for everybody, without cookies or the reader's language.

One view serves all of `space.feeds.table`; another has a single event.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from space.dates.moments import day_named
from space.dates.schedule import Schedule, span_of
from space.feeds.envelope import FeedHead
from space.feeds.icalendar import date_vevent, tzid_of
from space.feeds.table import FEEDS, Feed, feed_named
from space.feeds.timezones import ZoneUse
from space.publication.series_date import date_on
from space.store import IndexSnapshot
from space.text import languages
from space.text.languages import country_name
from space.text.messages import SOURCE, Translator
from tool.app.feeds.live import LIVE
from tool.app.services import services
from tool.app.views.listing import asked_filter, asked_nothing, given
from tool.app.web.caching import Body, CachedAnswer, allow_scripts, answer, public
from tool.app.web.index import needs_index
from tool.app.web.routes import PAGE_ID

blueprint = Blueprint("feeds", __name__, template_folder="templates")
blueprint.after_request(allow_scripts)

DATE = "date"
_NAMES: Mapping[str, Callable[[str], str]] = {
    "country": partial(country_name, in_language=SOURCE),
    "language": partial(languages.name, in_language=SOURCE),
}
"""Key of a filter → what people call a value of it."""


def serve(feed: Feed) -> ResponseReturnValue:
    """A feed, or as much of it as the request's filter lets through."""
    return _stored(feed) if feed.is_stored else _live(feed)


for row in FEEDS:
    blueprint.add_url_rule(row.path, row.endpoint, partial(serve, row))


@blueprint.get(f"/events/{PAGE_ID}.ics")
def event_ics(page_id: int) -> ResponseReturnValue:
    """A calendar of one event, with its series' changed dates; 404 without it.

    `date` asks for one occurrence of a series alone.
    """
    asked_nothing(DATE)
    feed = feed_named("events.ics")
    if day := day_named(given(DATE, day_named)):
        return _date_ics(feed, page_id, day)

    def find(view: IndexSnapshot, today: date) -> CachedAnswer:
        stored = view.event(page_id, feed.form, today)
        if stored is None:
            raise NotFound
        summary, text = stored

        def body() -> Body:
            page = request.path.removesuffix(".ics")
            record = services().store.records.get(page_id)
            shown = record.publication if record else None
            title = str(shown.values["title"]) if shown else _title(feed)
            head = _head(title, page, "", summary.updated, summary.zones)
            envelope = feed.envelope(head)
            return Body(map(str.encode, envelope.around([text])))

        return CachedAnswer(summary.etag, body)

    return answer(
        find, feed.media_type, _disposition(f"event-{page_id}.ics", save=True)
    )


def _date_ics(feed: Feed, page_id: int, day: date) -> ResponseReturnValue:
    """The calendar of one occurrence, tagged by its text; 404 without it."""
    needs_index()
    record = services().store.records.get(page_id)
    series = record.publication if record and record.kind == "event" else None
    overrides = services().store.series.overrides(page_id)
    shown = date_on(series, overrides, day) if series else None
    if shown is None:
        raise NotFound
    event = shown.publication
    span = span_of(event.values)
    tzid = tzid_of(Schedule.of(event.values))
    zones = (ZoneUse(tzid, span.start_utc, span.end_utc),) if tzid else ()
    page = request.path.removesuffix(".ics")
    query = urlencode({DATE: day})
    title = str(event.values["title"])
    envelope = feed.envelope(_head(title, page, query, event.updated, zones))
    vevent = date_vevent(shown, services().store.addresses)
    text = "".join(envelope.around([vevent]))
    response = Response(text, content_type=feed.media_type)
    response.headers["Content-Disposition"] = _disposition(
        f"event-{page_id}-{day}.ics", save=True
    )
    response.add_etag()
    return public(response).make_conditional(request)


def _stored(feed: Feed) -> Response:
    """The feed of fragments in the store."""
    asked = asked_filter(feed.kind)

    def find(view: IndexSnapshot, today: date) -> CachedAnswer:
        summary = view.summary(feed.form, asked, today)

        def body() -> Body:
            updated, zones = summary.updated, summary.zones
            query = asked.query()
            head = _head(_title(feed, query), feed.page, query, updated, zones)
            envelope = feed.envelope(head)
            pieces = view.feed(envelope, feed.form, asked, today, limit=feed.limit)
            if feed.limit:
                return Body(pieces)
            return Body(pieces, view.length(envelope, feed.form, asked, today))

        return CachedAnswer(summary.etag, body)

    return answer(find, feed.media_type, _disposition(feed.name, save=feed.is_download))


def _live(feed: Feed) -> ResponseReturnValue:
    """The feed of entries that are rendered now, tagged by its text."""
    needs_index()
    entries = LIVE[feed.kind]()
    head = _head(_title(feed), feed.page, entries.query, entries.updated)
    text = "".join(feed.envelope(head).around(entries.texts))
    response = Response(text, content_type=feed.media_type)
    response.add_etag()
    return public(response).make_conditional(request)


def _head(
    title: str,
    page: str,
    query: str,
    updated: datetime | None,
    zones: tuple[ZoneUse, ...] = (),
) -> FeedHead:
    """The head of the requested feed.

    `query` is the request's filter in its one form, so that filters with the same
    meaning get the same text.
    """
    urls = services().facts.addresses()
    text = Translator(services().catalogue, SOURCE).text
    return FeedHead(
        title=title,
        source=urls.tool(request.path, query),
        page=urls.tool(page, query),
        updated=updated,
        about=text("tool-feed-about"),
        author=text("tool-feed-author"),
        zones=zones,
    )


def _title(feed: Feed, query: str = "") -> str:
    """The name of a feed, with the values of its filter: several can be told apart."""
    name = Translator(services().catalogue, SOURCE).text(feed.title)
    asked = [_NAMES.get(key, str)(value) for key, value in parse_qsl(query)]
    return " · ".join([name, *asked])


def _disposition(name: str, *, save: bool) -> str:
    """The Content-Disposition of a file name (RFC 6266)."""
    return f'{"attachment" if save else "inline"}; filename="{name}"'
