"""Reading what is published: lists, and fragments joined to feeds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    exists,
    func,
    literal,
    select,
    tuple_,
)

from space.dates.moments import Span
from space.publication.filters import Filter
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.publication.similar_events import Candidate, Plan, UnpublishedEvent
from space.schema.fields import load_kind
from space.settings.topics import Topics
from space.store.queries.conditions import between, named, shown, window
from space.store.queries.feeds import CHUNK, GENERATION, Snapshot, Summaries, Summary
from space.store.queries.paging import newest_first, page_of
from space.store.queries.posts import Blog
from space.store.queries.search import Hits, Search, find
from space.store.queries.similar_events import (
    starting_near,
    terms_in_use,
    waiting_events,
)
from space.store.tables.records import known_moment, seconds, to_listed, to_publication
from space.store.tables.scopes import ScopedPool, scoped_pool
from space.store.tables.tables import fragments, notes, occurrences, records, terms
from space.wiki.urls import Urls

CONFIRM_MONTHS = "confirm_months"


Position = tuple[int, int]
"""Where a list may go on: the Unix time it is sorted by, and the page id."""


class Published:
    """The published part of a store: what everybody may see."""

    def __init__(self, engine: Engine, addresses: Urls) -> None:
        """Read through `engine`; `addresses` are those that texts are made with."""
        self._engine = engine
        self.addresses = addresses
        self._summaries: Summaries = {}

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
        query = _occurrences(
            self._shown(wanted or Filter("event")),
            between(seconds(start), seconds(end)),
        )
        return self._found(query.limit(limit).offset(offset))

    def events_after(
        self, wanted: Filter, position: Position | None, limit: int
    ) -> Iterator[Occurrence]:
        """Occurrences that touch a filter's days, from the one after a position on."""
        query = _occurrences(self._shown(wanted), between(*window(wanted)))
        if position is not None:
            place = tuple_(occurrences.c.starts, records.c.page_id)
            query = query.where(place > tuple_(*map(literal, position)))
        return self._found(query.limit(limit))

    def occurrences(self, page_id: int, wanted: Filter) -> Iterator[Occurrence]:
        """Those of one event that touch a filter's days, in order."""
        own = records.c.page_id == page_id
        touching = between(*window(wanted))
        return self._found(_occurrences(shown(Filter("event")), own, touching))

    def _found(self, query: Select[Any]) -> Iterator[Occurrence]:
        publications: dict[int, Publication] = {}
        for row in self._rows(query):
            page_id = row["page_id"]
            if page_id not in publications:
                publications[page_id] = to_listed(row)
            yield Occurrence(
                publications[page_id],
                row["wall_start"],
                row["wall_end"],
                known_moment(row["begins"]),
                known_moment(row["finishes"]),
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
        query = _posts(self._shown(wanted or Filter("post")))
        return map(to_listed, self._rows(query.limit(limit).offset(offset)))

    def page_of_posts(
        self, wanted: Filter, *, limit: int, offset: int = 0
    ) -> tuple[list[Publication], int]:
        """Some of the same posts, and how many there are in all."""
        query = newest_first(select(records.c.page_id).where(self._shown(wanted)))
        with self._engine.connect() as connection:
            ids, count = page_of(connection, query, limit=limit, offset=offset)
            own = select(records).where(records.c.page_id.in_(ids))
            rows = connection.execute(newest_first(own)).mappings().all()
        return [to_listed(dict(row)) for row in rows], count

    def posts_after(
        self, wanted: Filter, position: Position | None, limit: int
    ) -> Iterator[Publication]:
        """Posts in their order, from the one after a position on."""
        query = _posts(self._shown(wanted))
        if position is not None:
            place = tuple_(records.c.published, records.c.page_id)
            query = query.where(place < tuple_(*map(literal, position)))
        return map(to_listed, self._rows(query.limit(limit)))

    @property
    def blog(self) -> Blog:
        """What is asked of posts besides lists."""
        return Blog(self._engine)

    def count(self, wanted: Filter) -> int:
        """How many publications a filter lets through."""
        query = select(func.count()).select_from(records).where(self._shown(wanted))
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def count_between(
        self, start: datetime | None, end: datetime | None, wanted: Filter
    ) -> int:
        """How many occurrences `events_between` has."""
        return self._counted(func.count(), start, end, wanted)

    def count_events_between(
        self, start: datetime | None, end: datetime | None, wanted: Filter
    ) -> int:
        """How many events these are: a series is one."""
        pages = func.count(records.c.page_id.distinct())
        return self._counted(pages, start, end, wanted)

    def _counted(
        self,
        what: ColumnElement[int],
        start: datetime | None,
        end: datetime | None,
        wanted: Filter,
    ) -> int:
        query = (
            select(what)
            .select_from(records)
            .join(occurrences, occurrences.c.page_id == records.c.page_id)
            .where(self._shown(wanted), between(seconds(start), seconds(end)))
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def values_in_use(self, kind: str, *fields: str) -> dict[str, list[str]]:
        """Field → the values, folded, by which filters find publications of a kind."""
        # First each value once, by the index alone, then whether some page has it.
        every = (
            select(terms.c.field, terms.c.term)
            .where(terms.c.field.in_(fields))
            .distinct()
            .subquery()
        )
        own = (terms.c.field == every.c.field, terms.c.term == every.c.term)
        page = records.c.page_id == terms.c.page_id
        # MariaDB makes a table of all pages of "exists", but not of what has a limit.
        having = select(literal(1)).where(*own, page, shown(Filter(kind))).limit(1)
        query = (
            select(every.c.field, every.c.term)
            .where(having.scalar_subquery().is_not(None))
            .order_by(every.c.field, every.c.term)
        )
        found: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            for field, term in connection.execute(query):
                found.setdefault(field, []).append(term)
        return found

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One view of feeds for as long as the context lasts."""
        with self._engine.connect() as connection:
            yield Snapshot(connection, self._summaries)

    def token(self) -> str | None:
        """What `Snapshot.version` has for a token, None if nothing; as fast as can be.

        Asked for every answer that turns out to be the one the reader has already.
        """
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(_GENERATION)
            found = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()
        return str(found[0]).partition(" ")[2] if found else None

    @property
    def scoped_pool(self) -> ScopedPool | None:
        """The pool that keeps connections in scopes; None where none need be kept."""
        return scoped_pool(self._engine)

    def ready(self) -> bool:
        """Whether the wiki was read completely at least once into these tables."""
        with self.snapshot() as found:
            return found.version.complete

    def summary(self, form: str, wanted: Filter, today: date) -> Summary:
        """What `fragments` would give for the same arguments."""
        with self.snapshot() as found:
            return found.summary(form, wanted, today)

    def fragments(
        self, form: str, wanted: Filter, today: date, *, limit: int | None = None
    ) -> Iterator[str]:
        """The texts of a feed: events by page id, posts newest first.

        In a calendar the changed dates of its series follow.
        """
        with self.snapshot() as found:
            yield from found.fragments(form, wanted, today, limit=limit)

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
        for stretch in plan.windows():
            for row in self._rows(starting_near(stretch)):
                publication = to_publication(row)
                zone = str(publication.values["timezone"])
                span = Span.derived(row["wall_start"], row["wall_end"], zone)
                yield Candidate(publication, span)

    def waiting_events(self) -> Iterator[UnpublishedEvent]:
        """The newest events that nobody has published yet."""
        for row in self._rows(waiting_events()):
            yield UnpublishedEvent(row["page_id"], row["page_title"])

    def in_use(self, field: str, values: tuple[str, ...]) -> frozenset[str]:
        """Those of some values of a field that publications have, folded."""
        rows = self._rows(terms_in_use(field, values))
        return frozenset(row["term"] for row in rows)

    def search(self, wanted: Search, *, limit: int, offset: int = 0) -> Hits:
        """What is published and has all words that are looked for, best first."""
        return find(self._engine, wanted, limit=limit, offset=offset)

    def series_of_posts(self) -> tuple[str, ...]:
        """The series of published posts as one of them writes each, by name."""
        one = (
            select(func.max(terms.c.page_id))
            .where(terms.c.field == "series")
            .group_by(terms.c.term)
        )
        query = select(records).where(
            records.c.kind == "post", records.c.page_id.in_(one)
        )
        found = {str(to_publication(row).values["series"]) for row in self._rows(query)}
        return tuple(sorted(found))

    def topics(self) -> Topics:
        """The topics of the wiki, as sync last read them."""
        with self.snapshot() as found:
            return found.topics()

    def confirm_months(self) -> int:
        """After how many months a series asks to be confirmed, as sync last read it."""
        default = load_kind("settings").fields[CONFIRM_MONTHS].default
        return int(self._note(CONFIRM_MONTHS) or str(default))

    def _note(self, name: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(notes.c.value).where(notes.c.name == name))

    def _shown(self, wanted: Filter) -> ColumnElement[bool]:
        """Published records that a filter lets through, topics by all their names."""
        return shown(named(wanted, self.topics))

    def _rows(self, query: Select[Any]) -> Iterator[dict[str, Any]]:
        with self._engine.connect() as connection:
            streamed = connection.execution_options(
                stream_results=True, yield_per=CHUNK
            )
            for row in streamed.execute(query).mappings():
                yield dict(row)


_GENERATION = str(
    select(notes.c.value)
    .where(notes.c.name == GENERATION)
    .compile(compile_kwargs={"literal_binds": True})
)
_OCCURRENCE = (
    occurrences.c.start.label("wall_start"),
    occurrences.c.end.label("wall_end"),
    occurrences.c.starts.label("begins"),
    occurrences.c.ends.label("finishes"),
)


def _occurrences(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(records, *_OCCURRENCE)
        .join(occurrences, occurrences.c.page_id == records.c.page_id)
        .where(*conditions)
        .order_by(occurrences.c.starts, records.c.page_id)
    )


def _posts(*conditions: ColumnElement[bool]) -> Select[Any]:
    return newest_first(select(records).where(*conditions))
