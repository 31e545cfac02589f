"""Feeds: the same for everybody, without cookies or the browser's language.

Only `uselang=` gives them a language: what they and their codes are called, and title
and summary of events, as far as there are translations. Calendars have reminders where
`alarm=` asks for some.

One view serves all of `space.feeds.table`; another has a single event.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from space.dates.moments import day_named
from space.dates.schedule import Schedule, span_of
from space.feeds.envelope import FeedHead
from space.feeds.fragments import language_form
from space.feeds.icalendar import date_vevent, last_modified, tzid_of
from space.feeds.table import FEEDS, Feed, feed_named
from space.feeds.timezones import ZoneUse
from space.feeds.words import LABELLED
from space.publication.filters import Filter, parse
from space.publication.publication import Publication
from space.publication.series_date import date_on
from space.store import IndexSnapshot
from space.store.keys import FOLLOWS
from space.store.queries.index_snapshot import Personal
from space.text.folding import capitalize
from tool.app.feeds.asked_alarms import ALARM, asked_alarms
from tool.app.feeds.feed_language import feed_messages, feed_words, own_language
from tool.app.feeds.live import LIVE
from tool.app.services import services
from tool.app.views.listing import asked_filter, asked_nothing, given
from tool.app.web.caching import Body, CachedAnswer, allow_scripts, answer, public
from tool.app.web.index import needs_index
from tool.app.web.language import PARAMETER
from tool.app.web.routes import PAGE_ID
from tool.app.web.stand_ins import lead_to_stand_ins

blueprint = Blueprint("feeds", __name__, template_folder="templates")
blueprint.after_request(allow_scripts)
lead_to_stand_ins(blueprint)

DATE = "date"
_FIELDS = {"language": "languages", "topic": "topics"}
"""Keys of filters with other names than their fields."""
_AT_ONCE = 500  # fragments with words that are sent in one piece


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
    asked_nothing(DATE, PARAMETER, ALARM)
    feed = feed_named("events.ics")
    alarms = asked_alarms()
    form = _form(feed)
    if day := day_named(given(DATE, day_named)):
        return _date_ics(feed, page_id, day)

    def find(view: IndexSnapshot, today: date) -> CachedAnswer:
        stored = view.event(page_id, form, today)
        if stored is None:
            raise NotFound
        summary, text = stored

        def body() -> Body:
            page = request.path.removesuffix(".ics")
            record = services().store.records.get(page_id)
            shown = record.publication if record else None
            title = str(_told(shown).values["title"]) if shown else _title(feed)
            query = urlencode(_besides(alarms))
            head = _head(title, page, query, summary.updated, summary.zones)
            texts = feed.envelope(head).around([_finish(feed, alarms)(text)])
            return Body(map(str.encode, texts))

        return CachedAnswer(_etag(summary.etag, alarms), body)

    return answer(
        find, feed.media_type, _disposition(f"event-{page_id}.ics", save=True)
    )


@blueprint.get("/feeds/people/<path:name>.ics")
def person_ics(name: str) -> ResponseReturnValue:
    """The calendar of an account: events that it follows, or is interested in.

    Both are public on the wiki. It is empty for an account that does neither. No time
    says when it changed last: what somebody follows changes without the index.
    """
    asked_nothing(PARAMETER, ALARM)
    needs_index()
    feed, alarms = feed_named("events.ics"), asked_alarms()
    store, user = services().store, capitalize(name.replace("_", " ").strip())
    queries = (store.value(FOLLOWS) or {}).get(user, ())
    wanted = Personal(
        tuple(_filter_of(query) for query in queries),
        store.discussions.interests_of(user),
    )
    response = Response(content_type=feed.media_type)
    with store.feeds.snapshot() as view:
        summary, texts = view.of_person(_form(feed), wanted, services().today)
        etag = _etag(summary.etag, alarms)
        if request.if_none_match.contains_weak(etag):
            response = Response(status=304)
        else:
            query = urlencode(_besides(alarms))
            title = f"{_title(feed)} · {user}"
            head = _head(title, feed.page, query, summary.updated, summary.zones)
            finished = map(_finish(feed, alarms), texts)
            response.set_data("".join(feed.envelope(head).around(finished)))
            response.headers["Content-Disposition"] = _disposition(
                "events.ics", save=False
            )
    response.set_etag(etag)
    return public(response)


def _filter_of(query: str) -> Filter:
    parsed = parse("event", parse_qsl(query))
    assert isinstance(parsed, Filter)  # noqa: S101 - the bot has read it
    return parsed


def _date_ics(feed: Feed, page_id: int, day: date) -> ResponseReturnValue:
    """The calendar of one occurrence, tagged by its text; 404 without it."""
    needs_index()
    record = services().store.records.get(page_id)
    series = record.publication if record and record.kind == "event" else None
    series = _told(series) if series else None
    overrides = services().store.series.overrides(page_id)
    shown = date_on(series, overrides, day) if series else None
    if shown is None:
        raise NotFound
    if shown.override:
        shown = replace(shown, override=_told(shown.override))
    event = shown.publication
    span = span_of(event.values)
    tzid = tzid_of(Schedule.of(event.values))
    zones = (ZoneUse(tzid, span.start_utc, span.end_utc),) if tzid else ()
    page = request.path.removesuffix(".ics")
    alarms = asked_alarms()
    query = urlencode([(DATE, day), *_besides(alarms)])
    title = str(event.values["title"])
    envelope = feed.envelope(_head(title, page, query, last_modified(event), zones))
    vevent = date_vevent(shown, services().store.addresses)
    text = "".join(envelope.around([_finish(feed, alarms)(vevent)]))
    response = Response(text, content_type=feed.media_type)
    response.headers["Content-Disposition"] = _disposition(
        f"event-{page_id}-{day}.ics", save=True
    )
    response.add_etag()
    return public(response).make_conditional(request)


def _stored(feed: Feed) -> Response:
    """The feed of fragments in the store."""
    besides = (PARAMETER, ALARM) if feed.remind else (PARAMETER,)
    asked, form = asked_filter(feed.kind, *besides), _form(feed)
    alarms = asked_alarms() if feed.remind else ()

    def find(view: IndexSnapshot, today: date) -> CachedAnswer:
        summary = view.summary(form, asked, today)

        def body() -> Body:
            updated, zones = summary.updated, summary.zones
            title = _title(feed, asked.query())
            query = urlencode([*asked.items(), *_besides(alarms)])
            head = _head(title, feed.page, query, updated, zones)
            envelope = feed.envelope(head)
            if own_language() or alarms:
                texts = view.fragments(form, asked, today, limit=feed.limit)
                finished = map(_finish(feed, alarms), texts)
                return Body(_in_pieces(envelope.around(finished)))
            pieces = view.feed(envelope, form, asked, today, limit=feed.limit)
            if feed.limit:
                return Body(pieces)
            return Body(pieces, view.length(envelope, form, asked, today))

        return CachedAnswer(_etag(summary.etag, alarms), body)

    return answer(find, feed.media_type, _disposition(feed.name, save=feed.is_download))


def _live(feed: Feed) -> ResponseReturnValue:
    """The feed of entries that are rendered now, tagged by its text."""
    needs_index()
    entries = LIVE[feed.kind]()
    query = "&".join(filter(None, (entries.query, urlencode(own_language()))))
    head = _head(_title(feed), feed.page, query, entries.updated)
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
    messages = feed_messages()
    text = messages.text
    return FeedHead(
        title=title,
        source=urls.tool(request.path, query),
        page=urls.tool(page, query),
        updated=updated,
        about=text("tool-feed-about"),
        author=text("tool-feed-author"),
        zones=zones,
        language=messages.language if own_language() else "",
    )


def _form(feed: Feed) -> str:
    """The form of a feed's fragments, for events in the language of the address."""
    code = own_language().get(PARAMETER, "")
    return (
        language_form(feed.form, code) if code and feed.kind == "event" else feed.form
    )


def _told(event: Publication) -> Publication:
    """An event in the language of the address."""
    code = own_language().get(PARAMETER, "")
    return event.in_language(code) if code else event


def _label(feed: Feed) -> Callable[[str], str]:
    """What gives fragments the words of the address's language; nothing without one."""
    label, words = feed.label, feed_words()
    if label is None or not own_language():
        return str
    return lambda text: label(text, words)


def _finish(feed: Feed, alarms: Sequence[str]) -> Callable[[str], str]:
    """What gives fragments all that the address asks for: words, and reminders."""
    label, remind = _label(feed), feed.remind
    if remind is None or not alarms:
        return label
    return lambda text: remind(label(text), alarms)


def _besides(alarms: Sequence[str]) -> list[tuple[str, str]]:
    """The arguments of the address that are no filters, in their one form."""
    return [*own_language().items(), *((ALARM, each) for each in alarms)]


def _etag(stored: str, alarms: Sequence[str]) -> str:
    """The tag of a feed whose fragments have a tag, with what it has besides them."""
    words = [feed_words().digest] if own_language() else []
    if not words and not alarms:
        return stored
    text = " ".join([stored, *words, *alarms])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Texts in UTF-8, several at once, as each piece costs a server some work."""
    rest = iter(texts)
    while run := "".join(islice(rest, _AT_ONCE)):
        yield run.encode()


def _title(feed: Feed, query: str = "") -> str:
    """The name of a feed, with the values of its filter: several can be told apart."""
    asked = [_name(key, value) for key, value in parse_qsl(query)]
    return " · ".join([feed_messages().text(feed.title), *asked])


def _name(key: str, value: str) -> str:
    """What people call a value of a filter."""
    field = _FIELDS.get(key, key)
    return feed_words().label(field, value) if field in LABELLED else value


def _disposition(name: str, *, save: bool) -> str:
    """The Content-Disposition of a file name (RFC 6266)."""
    return f'{"attachment" if save else "inline"}; filename="{name}"'
