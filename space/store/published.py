"""Reading what is published: lists, and fragments joined to feeds."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    FromClause,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from space.addresses import Addresses
from space.feeds.fragments import ICS, REPLACING
from space.feeds.timezones import ZoneUse
from space.filters import Filter
from space.neighbours import Candidate, Plan, Waiting
from space.occurrences import span_of
from space.publication import Publication
from space.schema import kind
from space.store.blog import Blog
from space.store.conditions import between, shown, struck_out
from space.store.nearby import starting_near, terms_in_use, waiting_events
from space.store.record import moment, seconds, to_listed, to_publication
from space.store.tables import fragments, notes, occurrences, records
from space.topics import Topics

CHUNK = 500
TOPICS = "topics"
CONFIRM_MONTHS = "confirm_months"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event takes place.

    `start` and `end` are wall times as pages have them (an all-day end is
    inclusive), `begins` and `ends` the instants, the latter exclusive.
    """

    publication: Publication
    start: str
    end: str | None
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What a feed will hold, known before its text is read.

    `etag` changes whenever the feed's text does; `updated` is when the newest change
    in it was made, None for an empty feed.
    """

    count: int
    updated: datetime | None
    etag: str
    zones: tuple[ZoneUse, ...]


class Published:
    """The published part of a store: what everybody may see."""

    def __init__(self, engine: Engine, addresses: Addresses) -> None:
        """Read through `engine`; `addresses` are those that texts are made with."""
        self._engine = engine
        self.addresses = addresses

    def events_between(
        self,
        start: datetime | None,
        end: datetime | None,
        wanted: Filter | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Occurrence]:
        """Occurrences that touch [start, end), by start, then page id."""
        query = (
            select(records, *_OCCURRENCE)
            .join(occurrences, occurrences.c.page_id == records.c.page_id)
            .where(
                self._shown(wanted or Filter("event")),
                between(seconds(start), seconds(end)),
            )
            .order_by(occurrences.c.starts, records.c.page_id)
            .limit(limit)
            .offset(offset)
        )
        publications: dict[int, Publication] = {}
        for row in self._rows(query):
            page_id = row["page_id"]
            if page_id not in publications:
                publications[page_id] = to_listed(row)
            yield Occurrence(
                publications[page_id],
                row["wall_start"],
                row["wall_end"],
                _known(row["begins"]),
                _known(row["finishes"]),
            )

    def posts(
        self,
        wanted: Filter | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Publication]:
        """Posts, newest publication first, then the higher page id.

        One in several languages is there once, unless the filter asks for languages.
        """
        query = (
            select(records)
            .where(self._shown(wanted or Filter("post")))
            .order_by(records.c.published.desc(), records.c.page_id.desc())
            .limit(limit)
            .offset(offset)
        )
        yield from map(to_listed, self._rows(query))

    @property
    def blog(self) -> Blog:
        """What is asked of posts besides lists."""
        return Blog(self._engine)

    def count(self, wanted: Filter) -> int:
        """How many publications a filter lets through."""
        query = select(func.count()).select_from(records).where(self._shown(wanted))
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def summary(self, form: str, wanted: Filter, today: date) -> Summary:
        """What `fragments` would give for the same arguments."""
        changed = case(
            (records.c.revision.is_not(None), records.c.updated),
            else_=records.c.removed,
        )
        totals = func.count(), func.max(changed), func.sum(fragments.c.digest)
        used = func.min(records.c.starts), func.max(records.c.ends)
        count, newest, digests = 0, 0, 0
        uses: dict[str, ZoneUse] = {}
        with self._engine.connect() as connection:
            for chosen in self._chosen(form, wanted, today):
                number, latest, total = connection.execute(_of(chosen, *totals)).one()
                count, newest = count + number, max(newest, latest or 0)
                digests += int(total or 0)
                zones = _of(
                    and_(chosen, records.c.tzid.is_not(None)), records.c.tzid, *used
                )
                for tzid, *times in connection.execute(zones.group_by(records.c.tzid)):
                    use = ZoneUse(tzid, *map(_known, times))
                    uses[tzid] = use.joined(uses.get(tzid, use))
        key = self._note("build_key")
        version = f"{key}|{form}|{wanted.query()}|{count}|{newest}|{digests}"
        etag = hashlib.sha256(version.encode()).hexdigest()[:32]
        zones_used = tuple(uses[tzid] for tzid in sorted(uses))
        return Summary(count, moment(newest or None), etag, zones_used)

    def fragments(
        self, form: str, wanted: Filter, today: date, *, limit: int | None = None
    ) -> Iterator[str]:
        """The texts of a feed: events by page id, posts newest first.

        In a calendar the changed dates of its series follow.
        """
        order: tuple[ColumnElement[Any], ...] = (records.c.page_id,)
        if wanted.kind == "post":
            order = (records.c.published.desc(), records.c.page_id.desc())
        with self._engine.connect() as connection:
            for chosen in self._chosen(form, wanted, today):
                query = _of(chosen, fragments.c.text).order_by(*order).limit(limit)
                yield from connection.execution_options(
                    stream_results=True, yield_per=CHUNK
                ).scalars(query)

    def calendar_of(self, page_id: int) -> tuple[str, ...]:
        """The VEVENTs of one event; those of a series with its changed dates."""
        own = and_(records.c.page_id == page_id, fragments.c.form == ICS)
        changed = and_(records.c.series_id == page_id, fragments.c.form == REPLACING)
        query = _of(or_(own, changed), fragments.c.text).order_by(
            fragments.c.form == REPLACING, records.c.page_id
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))

    def changed_dates(self, page_id: int) -> Mapping[str, Publication]:
        """Starts of a series' occurrences → the pages that stand for them."""
        query = (
            select(records)
            .where(records.c.series_id == page_id)
            .order_by(records.c.replaces)
        )
        return {row["replaces"]: to_listed(row) for row in self._rows(query)}

    def series_of(self, page_id: int) -> tuple[Publication, str] | None:
        """The series of which a page stands for an occurrence, and its start there."""
        page = records.alias("page")
        query = (
            select(records, page.c.replaces.label("start_there"))
            .join(page, page.c.series_id == records.c.page_id)
            .where(page.c.page_id == page_id)
        )
        for row in self._rows(query):
            return to_publication(row), row["start_there"]
        return None

    def fragment(self, form: str, page_id: int) -> str | None:
        """One page's text in a feed, None where it has none."""
        query = select(fragments.c.text).where(
            fragments.c.page_id == page_id, fragments.c.form == form
        )
        with self._engine.connect() as connection:
            return connection.scalar(query)

    def unrendered(self, form: str, kind: str) -> tuple[int, ...]:
        """Pages of a kind that are published but have no text in a feed."""
        own = fragments.c.page_id == records.c.page_id
        rendered = exists().where(own, fragments.c.form == form)
        query = (
            select(records.c.page_id)
            .where(shown(Filter(kind)), ~rendered)
            .order_by(records.c.page_id)
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))

    def candidates(self, plan: Plan) -> Iterator[Candidate]:
        """Events that may be neighbours or duplicates of a plan."""
        for window in plan.windows():
            for row in self._rows(starting_near(window)):
                publication = to_publication(row)
                times = {"start": row["wall_start"], "end": row["wall_end"] or ""}
                yield Candidate(publication, span_of({**publication.values, **times}))

    def waiting_events(self) -> Iterator[Waiting]:
        """The newest events that nobody has published yet."""
        for row in self._rows(waiting_events()):
            yield Waiting(row["page_id"], row["page_title"])

    def in_use(self, field: str, values: tuple[str, ...]) -> frozenset[str]:
        """Those of some values of a field that publications have, folded."""
        rows = self._rows(terms_in_use(field, values))
        return frozenset(row["term"] for row in rows)

    def topics(self) -> Topics:
        """The topics of the wiki, as sync last read them."""
        text = self._note(TOPICS)
        return Topics(json.loads(text) if text else {})

    def confirm_months(self) -> int:
        """After how many months a series asks to be confirmed, as sync last read it."""
        default = kind("settings").fields[CONFIRM_MONTHS].default
        return int(self._note(CONFIRM_MONTHS) or str(default))

    def _note(self, name: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(notes.c.value).where(notes.c.name == name))

    def _shown(self, wanted: Filter, of: FromClause = records) -> ColumnElement[bool]:
        """Published records that a filter lets through, topics by all their names."""
        if not any(field == "topics" for field, _ in wanted.terms):
            return shown(wanted, of)
        topics = self.topics()
        terms = []
        for field, given in wanted.terms:
            names = {name for each in given for name in topics.names(each)}
            terms.append((field, tuple(sorted(names)) if field == "topics" else given))
        return shown(replace(wanted, terms=tuple(terms)), of)

    def _chosen(
        self, form: str, wanted: Filter, today: date
    ) -> tuple[ColumnElement[bool], ...]:
        """Published ones, and in an unfiltered calendar those to strike out.

        Nothing is known any more of those, so a filtered one cannot say whether they
        were in it; its readers drop what is no longer there. A calendar that has a
        series has its changed dates as the series' own, whatever they are themselves:
        otherwise it would show the time that was changed.
        """
        condition = self._shown(wanted)
        if form != ICS:
            return (and_(fragments.c.form == form, condition),)
        if not (wanted.terms or wanted.words):
            condition = or_(condition, struck_out(today))
        if not self._has_changed_dates():
            return (and_(fragments.c.form == form, condition),)
        page, series = records.alias("page"), records.alias("series")
        in_feed = exists().where(
            series.c.page_id == page.c.series_id, self._shown(wanted, series)
        )
        # Few pages are changed dates. An index knows them as those above zero, and
        # they are to be looked at before the many series that may be in the feed.
        changed = select(page.c.page_id).where(
            page.c.series_id > 0, in_feed.correlate(page)
        )
        own, of_series = fragments.c.form == ICS, fragments.c.form == REPLACING
        alone = or_(records.c.series_id.is_(None), records.c.page_id.not_in(changed))
        return (
            and_(own, condition, alone),
            and_(of_series, records.c.page_id.in_(changed)),
        )

    def _has_changed_dates(self) -> bool:
        with self._engine.connect() as connection:
            query = select(records.c.page_id).where(records.c.series_id > 0).limit(1)
            return connection.scalar(query) is not None

    def _rows(self, query: Select[Any]) -> Iterator[dict[str, Any]]:
        with self._engine.connect() as connection:
            streamed = connection.execution_options(
                stream_results=True, yield_per=CHUNK
            )
            for row in streamed.execute(query).mappings():
                yield dict(row)


_OCCURRENCE = (
    occurrences.c.start.label("wall_start"),
    occurrences.c.end.label("wall_end"),
    occurrences.c.starts.label("begins"),
    occurrences.c.ends.label("finishes"),
)


def _of(chosen: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of records and of their texts in a feed."""
    joined = fragments.c.page_id == records.c.page_id
    return select(*columns).select_from(records).join(fragments, joined).where(chosen)


def _known(number: int) -> datetime:
    time = moment(number)
    assert time is not None  # noqa: S101 - the column is never empty
    return time
