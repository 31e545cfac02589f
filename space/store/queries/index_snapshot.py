"""A consistent view of feeds: texts, summaries and the version they belong to."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    func,
    or_,
)

from space.feeds.envelope import Envelope
from space.feeds.fragments import parts_of
from space.feeds.geojson import features
from space.feeds.timezones import ZoneUse
from space.publication.event_texts import KIND
from space.publication.filters import Filter
from space.publication.places import map_cutoff
from space.serialize import from_json, to_json
from space.settings.topics import Topics
from space.store.keys import TOPICS, feed_facts, whole_feed
from space.store.queries.sql.conditions import is_published, named, struck_out
from space.store.queries.sql.feed_rows import (
    CHANGED_DATES,
    OCTETS,
    Sections,
    facts_of,
    is_calendar,
    is_map,
    of_calendar,
    of_feed,
    replacing,
    told,
)
from space.store.queries.sql.feed_texts import read_parts, read_whole, whole_length
from space.store.queries.sql.paging import newest_first
from space.store.queries.sql.prepared import Prepared
from space.store.queries.sql.streaming import CHUNK
from space.store.queries.standing import read_version
from space.store.tables.feed_parts import KEPT, FeedFacts, together
from space.store.tables.key_values import read_value, select_value
from space.store.tables.record_rows import known_moment, moment, seconds
from space.store.tables.tables import fragments, records

EVERYTHING = Filter("event")
_KEPT = {form: Prepared(select_value(feed_facts(form))) for form in KEPT}


@dataclass(frozen=True, slots=True)
class Summary:
    """Count, length, ETag and time zones of a feed, known before its text is read.

    `count` and `octets` are those of all its fragments in UTF-8, of which a map has
    one an event. `etag` changes whenever the feed's text does; `updated` is when the
    newest change in it was made, None for an empty feed.
    """

    count: int
    octets: int
    updated: datetime | None
    etag: str
    zones: tuple[ZoneUse, ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """What somebody's calendar has: events by filter, and some by page id.

    A `series` of a filter is the title of an event itself, too.
    """

    filters: tuple[Filter, ...] = ()
    page_ids: tuple[int, ...] = ()


SummaryKey = tuple[str, str, Filter, date]


class Summaries:
    """Cache of summaries by version, form, filter and day, shared by threads.

    Those of older versions are never asked for and leave first.
    """

    MOST = 512

    def __init__(self) -> None:
        self._summaries: LRUCache[SummaryKey, Summary] = LRUCache(self.MOST)
        self._lock = Lock()

    def get(self, key: SummaryKey, make: Callable[[], Summary]) -> Summary:
        """The summary of a key, made if it is not there."""
        with self._lock:
            summary = self._summaries.get(key)
        if summary is None:
            summary = make()
            with self._lock:
                self._summaries[key] = summary
        return summary


class IndexSnapshot:
    """A consistent read of what is published, as long as the connection is open.

    A `form` may be that of a language (`language_form`): then an event is told in it,
    in a fallback of it, or as it is.

    A connection that reads sees the state of its first query until it ends
    (`space.store.tables.engine`), so what is asked first is the version of the rest.
    """

    def __init__(self, connection: Connection, summaries: Summaries) -> None:
        """Read from a new connection; `summaries` outlives it and is added to."""
        self._connection = connection
        self._summaries = summaries
        self._changed_dates: bool | None = None
        self._of_parts: dict[tuple[str, date], FeedFacts | None] = {}
        self.version = read_version(connection)

    def summary(self, form: str, criteria: Filter, today: date) -> Summary:
        """The summary of what `fragments` gives for equal arguments."""
        key = (self.version.token, form, criteria, today)

        def make() -> Summary:
            if facts := self._kept(form, criteria, today):
                return self._told(form, criteria.query(), facts)
            stored = (
                self._stored_summary(form, today) if criteria == EVERYTHING else None
            )
            return stored or self._summary(form, criteria, today)

        return self._summaries.get(key, make)

    def _kept(self, form: str, criteria: Filter, today: date) -> FeedFacts | None:
        """What the parts of a whole feed are together, as of a UTC day.

        None where it is in no parts, or in those of another day.
        """
        if criteria != EVERYTHING or form not in KEPT:
            return None
        if (form, today) not in self._of_parts:
            self._of_parts[form, today] = self._read_kept(form, today)
        return self._of_parts[form, today]

    def _read_kept(self, form: str, today: date) -> FeedFacts | None:
        for (text,) in _KEPT[form].rows(self._connection):
            stored = feed_facts(form).load(text)
            if stored["day"] == f"{today}":
                return FeedFacts.of(stored["facts"])
        return None

    def stored_form(self, form: str, today: date) -> dict[str, Any]:
        """What is to be stored of a whole feed's summary, for `summary` to read."""
        summary = to_json(self.summary(form, EVERYTHING, today))
        return {"of": [self.version.token, f"{today}"], "summary": summary}

    def _stored_summary(self, form: str, today: date) -> Summary | None:
        """The summary of a whole feed; None unless it is of this version and day."""
        stored = read_value(self._connection, whole_feed(form))
        if stored is None or stored["of"] != [self.version.token, f"{today}"]:
            return None
        return from_json(Summary, stored["summary"])

    def fragments(
        self, form: str, criteria: Filter, today: date, *, limit: int | None = None
    ) -> Iterator[str]:
        """The texts of a feed: events by page id, posts newest first.

        On a map they are features, by place.
        """
        if is_map(form):
            for feature in features(self._placed(form, criteria, today)):
                yield feature.decode()
            return
        for run in self._texts(fragments.c.text, form, criteria, today, limit):
            yield from run

    def feed(
        self,
        envelope: Envelope,
        form: str,
        criteria: Filter,
        today: date,
        *,
        limit: int | None = None,
    ) -> Iterator[bytes]:
        """A whole feed in UTF-8, in pieces of some hundred kilobytes.

        The texts never become strings here, which halves the time they take.
        """
        yield envelope.before.encode()
        if limit is None and self._kept(form, criteria, today):
            yield from read_parts(self._connection, form)
        elif self.prebuilt_size(form, criteria, today) is None:
            between = envelope.between.encode()
            yield from self._joined(between, form, criteria, today, limit)
        else:
            etag = self.summary(form, criteria, today).etag
            yield from read_whole(self._connection, form, etag)
        yield envelope.after.encode()

    def length(
        self, envelope: Envelope, form: str, criteria: Filter, today: date
    ) -> int | None:
        """The length of a whole feed in octets; None when only reading it would tell.

        What is between the parts of a map depends on how many of them a place has.
        """
        if is_map(form):
            octets = self.prebuilt_size(form, criteria, today)
            return None if octets is None else envelope.length(1, octets)
        summary = self.summary(form, criteria, today)
        return envelope.length(summary.count, summary.octets)

    def prebuilt_size(self, form: str, criteria: Filter, today: date) -> int | None:
        """The length in octets of a feed built in advance; None when there is none."""
        if criteria != EVERYTHING:
            return None
        etag = self.summary(form, criteria, today).etag
        return whole_length(self._connection, form, etag)

    def _joined(
        self,
        between: bytes,
        form: str,
        criteria: Filter,
        today: date,
        limit: int | None,
    ) -> Iterator[bytes]:
        if is_map(form):
            texts = _runs(features(self._placed(form, criteria, today)))
        else:
            texts = self._texts(OCTETS, form, criteria, today, limit)
        parting = b""
        for run in texts:
            yield parting + between.join(run)
            parting = between

    def _placed(
        self, form: str, criteria: Filter, today: date
    ) -> Iterator[tuple[str, bytes]]:
        """The parts of events on a map, those of one place side by side."""
        (chosen,) = self._chosen(form, criteria, today)
        query = of_feed(chosen, fragments.c.place, OCTETS).order_by(
            fragments.c.place, fragments.c.begins, fragments.c.page_id
        )
        yield from self._streamed().execute(query)

    def _streamed(self) -> Connection:
        return self._connection.execution_options(stream_results=True, yield_per=CHUNK)

    def _texts(
        self,
        column: ColumnElement[Any],
        form: str,
        criteria: Filter,
        today: date,
        limit: int | None,
    ) -> Iterator[Sequence[Any]]:
        streamed = self._streamed()
        for query in self._queries(column, form, criteria, today):
            yield from streamed.scalars(query.limit(limit)).partitions()

    def _queries(
        self, column: ColumnElement[Any], form: str, criteria: Filter, today: date
    ) -> Iterator[Select[Any]]:
        """The queries of a feed's parts, which follow each other."""
        for chosen in self._chosen(form, criteria, today):
            query = of_feed(chosen, column)
            if criteria.kind == "post":
                yield newest_first(query)
            else:
                yield query.order_by(records.c.page_id)

    def event(self, page_id: int, form: str, today: date) -> tuple[Summary, str] | None:
        """One event's summary and text, also while calendars strike it out.

        In a calendar a series has its changed dates with it.
        """
        own = and_(
            records.c.page_id == page_id,
            told(form),
            or_(is_published(EVERYTHING), struck_out(today)),
        )
        parts = [own]
        if is_calendar(form):
            of_series = records.c.series_id == page_id
            parts.append(and_(of_series, told(replacing(form))))
        texts = [
            text
            for part in parts
            for text in self._connection.scalars(
                of_feed(part, fragments.c.text).order_by(records.c.page_id)
            )
        ]
        if not texts:
            return None
        return self._summed(parts, form, page_id), "".join(texts)

    def of_person(
        self, form: str, wanted: Personal, today: date
    ) -> tuple[Summary, Iterator[str]]:
        """The calendar of somebody: its summary and its texts, as of `fragments`."""
        filters = [named(each, self.topics) for each in wanted.filters]

        def is_chosen(of: FromClause) -> ColumnElement[bool]:
            own = of.c.page_id.in_(wanted.page_ids)
            chosen: list[ColumnElement[bool]] = [own & is_published(EVERYTHING, of)]
            for criteria in filters:
                chosen.append(is_published(criteria, of))
                if titles := dict(criteria.terms).get("series"):
                    rest = tuple(t for t in criteria.terms if t[0] != "series")
                    others = is_published(replace(criteria, terms=rest), of)
                    chosen.append(of.c.page_title.in_(titles) & others)
            return or_(*chosen)

        gone = and_(struck_out(today), records.c.page_id.in_(wanted.page_ids))
        parts = self._calendar(form, or_(is_chosen(records), gone), is_chosen)
        queries = [
            of_feed(part, fragments.c.text).order_by(records.c.page_id)
            for part in parts
        ]
        texts = (text for query in queries for text in self._connection.scalars(query))
        return self._summed(parts, form, wanted), texts

    def topics(self) -> Topics:
        """The topics of the wiki, as sync last read them."""
        return read_value(self._connection, TOPICS) or Topics({})

    def _chosen(self, form: str, criteria: Filter, today: date) -> Sections:
        """Conditions of a feed's sections: published pages, and those to strike out.

        Of a page that is gone nothing else is known, so a filtered calendar cannot say
        whether it was in it; its readers drop what is no longer there. A calendar with
        a series has all of its overrides, whatever they are themselves: otherwise it
        would show the times that were changed.
        """
        criteria = named(criteria, self.topics)
        condition = is_published(criteria)
        if is_map(form) and not (criteria.since or criteria.until):
            condition &= records.c.ends > seconds(map_cutoff(today))
        if not is_calendar(form):
            return (and_(told(form), condition),)
        if not (criteria.terms or criteria.words or criteria.source):
            condition = or_(condition, struck_out(today))
        return self._calendar(form, condition, lambda of: is_published(criteria, of))

    def _calendar(
        self,
        form: str,
        condition: ColumnElement[bool],
        is_chosen: Callable[[FromClause], ColumnElement[bool]],
    ) -> Sections:
        """The sections of a calendar, of which most stores need only the first."""
        if not self._has_changed_dates():
            return (and_(told(form), condition),)
        return of_calendar(form, condition, is_chosen)

    def _has_changed_dates(self) -> bool:
        if self._changed_dates is None:
            first = self._connection.scalar(CHANGED_DATES.limit(1))
            self._changed_dates = first is not None
        return self._changed_dates

    def _summary(self, form: str, criteria: Filter, today: date) -> Summary:
        return self._summed(self._chosen(form, criteria, today), form, criteria.query())

    def _summed(
        self, parts: Iterable[ColumnElement[bool]], form: str, what: object
    ) -> Summary:
        """The summary of parts of a feed; `what` tells it from others of a form."""
        sections = tuple(parts)
        facts = facts_of(self._connection, sections)
        if parts_of(form)[1]:
            texts = (FeedFacts(newest=self._newest_text(each)) for each in sections)
            facts = together((facts, *texts))
        return self._told(form, what, facts)

    def _told(self, form: str, what: object, facts: FeedFacts) -> Summary:
        return Summary(
            facts.count,
            facts.octets,
            moment(facts.newest),
            self._etag(form, what, facts.count, facts.newest, facts.digests),
            tuple(
                ZoneUse(tzid, known_moment(first), known_moment(last))
                for tzid, (first, last) in sorted(facts.zones.items())
            ),
        )

    def _newest_text(self, part: ColumnElement[bool]) -> int | None:
        """When the newest text of these events changed, of whatever language."""
        text = records.alias("text")
        is_text = and_(text.c.kind == KIND, text.c.revision.is_not(None))
        query = of_feed(part, func.max(text.c.updated)).join(
            text, and_(text.c.lead == records.c.page_id, is_text)
        )
        newest: int | None = self._connection.scalar(query)
        return newest

    def _etag(self, *parts: object) -> str:
        text = "|".join([self.version.build_key, *map(str, parts)])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _runs(texts: Iterator[bytes]) -> Iterator[Sequence[bytes]]:
    while run := list(islice(texts, CHUNK)):
        yield run


def next_second(now: datetime) -> int:
    """The first full second after a time, in Unix time.

    What was read within the second of a change is older than that, whatever order
    the two had: HTTP dates have no fractions (RFC 9110 §8.8.2.2).
    """
    return int(now.astimezone(UTC).timestamp()) + 1
