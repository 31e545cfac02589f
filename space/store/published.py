"""Reading what is published: lists, and fragments joined to feeds."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from space.addresses import Addresses
from space.feeds.timezones import ZoneUse
from space.filters import Filter
from space.neighbours import Candidate, Plan, Waiting
from space.occurrences import span_of
from space.publication import Publication
from space.store.conditions import between, shown, struck_out
from space.store.nearby import starting_near, terms_in_use, waiting_events
from space.store.record import moment, seconds, to_publication
from space.store.tables import fragments, notes, occurrences, records
from space.topics import Topics

CHUNK = 500
TOPICS = "topics"


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
                publications[page_id] = to_publication(row)
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
        """Posts, newest publication first, then the higher page id."""
        query = (
            select(records)
            .where(self._shown(wanted or Filter("post")))
            .order_by(records.c.published.desc(), records.c.page_id.desc())
            .limit(limit)
            .offset(offset)
        )
        yield from map(to_publication, self._rows(query))

    def count(self, wanted: Filter) -> int:
        """How many publications a filter lets through."""
        query = select(func.count()).select_from(records).where(self._shown(wanted))
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def summary(self, form: str, wanted: Filter, today: date) -> Summary:
        """What `fragments` would give for the same arguments."""
        chosen = self._chosen(form, wanted, today)
        changed = case(
            (records.c.revision.is_not(None), records.c.updated),
            else_=records.c.removed,
        )
        zones = (
            select(records.c.tzid, func.min(records.c.starts), func.max(records.c.ends))
            .where(self._shown(wanted), records.c.tzid.is_not(None))
            .group_by(records.c.tzid)
            .order_by(records.c.tzid)
        )
        totals = (
            select(func.count(), func.max(changed), func.sum(fragments.c.digest))
            .select_from(records)
            .join(fragments, fragments.c.page_id == records.c.page_id)
            .where(chosen)
        )
        with self._engine.connect() as connection:
            count, newest, digests = connection.execute(totals).one()
            uses = tuple(
                ZoneUse(tzid, _known(first), _known(last))
                for tzid, first, last in connection.execute(zones)
            )
        key = self._note("build_key")
        version = f"{key}|{form}|{wanted.query()}|{count}|{newest}|{digests or 0}"
        etag = hashlib.sha256(version.encode()).hexdigest()[:32]
        return Summary(int(count), moment(newest), etag, uses)

    def fragments(
        self, form: str, wanted: Filter, today: date, *, limit: int | None = None
    ) -> Iterator[str]:
        """The texts of a feed: events by page id, posts newest first."""
        order: tuple[ColumnElement[Any], ...] = (records.c.page_id,)
        if wanted.kind == "post":
            order = (records.c.published.desc(), records.c.page_id.desc())
        query = (
            select(fragments.c.text)
            .join(records, fragments.c.page_id == records.c.page_id)
            .where(self._chosen(form, wanted, today))
            .order_by(*order)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            yield from connection.execution_options(
                stream_results=True, yield_per=CHUNK
            ).scalars(query)

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

    def _note(self, name: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(notes.c.value).where(notes.c.name == name))

    def _shown(self, wanted: Filter) -> ColumnElement[bool]:
        """Published records that a filter lets through, topics by all their names."""
        if not any(field == "topics" for field, _ in wanted.terms):
            return shown(wanted)
        topics = self.topics()
        terms = []
        for field, given in wanted.terms:
            names = {name for each in given for name in topics.names(each)}
            terms.append((field, tuple(sorted(names)) if field == "topics" else given))
        return shown(replace(wanted, terms=tuple(terms)))

    def _chosen(self, form: str, wanted: Filter, today: date) -> ColumnElement[bool]:
        """Published ones, and in an unfiltered calendar those to strike out.

        Nothing is known any more of those, so a filtered one cannot say whether they
        were in it; its readers drop what is no longer there.
        """
        condition = self._shown(wanted)
        if form == "ics" and not (wanted.terms or wanted.words):
            condition = or_(condition, struck_out(today))
        return and_(fragments.c.form == form, condition)

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


def _known(number: int) -> datetime:
    time = moment(number)
    assert time is not None  # noqa: S101 - the column is never empty
    return time
