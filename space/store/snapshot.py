"""One view of what is published: a feed, its summary and its version together."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    and_,
    case,
    cast,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.exc import DatabaseError

from space.feeds.envelope import Envelope
from space.feeds.timezones import ZoneUse
from space.filters import Filter
from space.store.conditions import forgotten, named, shown, struck_out
from space.store.record import known_moment, moment
from space.store.tables import fragments, layout, notes, records
from space.topics import Topics

CHUNK = 500  # rows that are read at a time
TOPICS = "topics"
BUILD_KEY, COMPLETE = "build_key", "complete"
GENERATION, LAYOUT = "generation", "layout"
_VERSION = select(notes.c.name, notes.c.value).where(
    notes.c.name.in_((BUILD_KEY, COMPLETE, GENERATION, LAYOUT))
)
_CHANGED = case(
    (records.c.revision.is_not(None), records.c.updated), else_=records.c.removed
)


@dataclass(frozen=True, slots=True)
class Version:
    """Which texts a store has.

    `token` is another one after each change, in this store or in any that takes its
    place; `changed` is the first full second after the change. Before the wiki was
    read completely once, what is there is not `complete`.
    """

    token: str
    changed: datetime
    build_key: str
    complete: bool

    @classmethod
    def of(cls, found: dict[str, str]) -> Self:
        """The version that notes tell of."""
        since, _, token = found.get(GENERATION, "0 ").partition(" ")
        return cls(
            token=token,
            changed=known_moment(int(since)),
            build_key=found.get(BUILD_KEY, ""),
            complete=found.get(LAYOUT) == layout() and COMPLETE in found,
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a feed will hold, known before its text is read.

    `octets` are those of all its fragments in UTF-8. `etag` changes whenever the
    feed's text does; `updated` is when the newest change in it was made, None for an
    empty feed.
    """

    count: int
    octets: int
    updated: datetime | None
    etag: str
    zones: tuple[ZoneUse, ...]


Summaries = dict[tuple[str, str, Filter, date], Summary]
"""Summaries by version, form, filter and day; those of older versions are useless."""

_REMEMBERED = 512


class Snapshot:
    """What is published, at one moment, as long as the connection is open.

    A connection that reads sees the state of its first query until it ends
    (`space.store.engine`), so what is asked first is the version of the rest.
    """

    def __init__(self, connection: Connection, known: Summaries) -> None:
        """Read from a new connection; `known` outlives it and is added to."""
        self._connection = connection
        self._known = known
        self.version = Version.of(_version_notes(connection))

    def summary(self, form: str, wanted: Filter, today: date) -> Summary:
        """What `fragments` gives for the same arguments."""
        key = (self.version.token, form, wanted, today)
        found = self._known.get(key)
        if found is None:
            found = self._summary(form, wanted, today)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return found

    def fragments(
        self, form: str, wanted: Filter, today: date, *, limit: int | None = None
    ) -> Iterator[str]:
        """The texts of a feed: events by page id, posts newest first."""
        for found in self._texts(fragments.c.text, form, wanted, today, limit):
            yield from found

    def feed(
        self,
        envelope: Envelope,
        form: str,
        wanted: Filter,
        today: date,
        *,
        limit: int | None = None,
    ) -> Iterator[bytes]:
        """A whole feed in UTF-8, in pieces of some hundred kilobytes.

        The texts never become strings here, which halves the time they take.
        """
        octets = cast(fragments.c.text, LargeBinary)
        between, parting = envelope.between.encode(), b""
        yield envelope.before.encode()
        for found in self._texts(octets, form, wanted, today, limit):
            yield parting + between.join(found)
            parting = between
        yield envelope.after.encode()

    def _texts(
        self,
        column: ColumnElement[Any],
        form: str,
        wanted: Filter,
        today: date,
        limit: int | None,
    ) -> Iterator[Sequence[Any]]:
        query = select(column)
        if wanted == Filter("event"):  # all there is: no need to look at records
            gone = select(records.c.page_id).where(forgotten(today))
            query = query.where(
                fragments.c.form == form, fragments.c.page_id.not_in(gone)
            ).order_by(fragments.c.page_id)
        else:
            order: tuple[ColumnElement[Any], ...] = (records.c.page_id,)
            if wanted.kind == "post":
                order = (records.c.published.desc(), records.c.page_id.desc())
            query = (
                query.join_from(
                    fragments, records, fragments.c.page_id == records.c.page_id
                )
                .where(self._chosen(form, wanted, today))
                .order_by(*order)
            )
        streamed = self._connection.execution_options(
            stream_results=True, yield_per=CHUNK
        )
        yield from streamed.scalars(query.limit(limit)).partitions()

    def event(self, page_id: int, form: str, today: date) -> tuple[Summary, str] | None:
        """One event's summary and text, also while calendars strike it out."""
        query = (
            select(
                fragments.c.text,
                fragments.c.octets,
                fragments.c.digest,
                _CHANGED.label("changed"),
                records.c.tzid,
                records.c.starts,
                records.c.ends,
            )
            .join(records, fragments.c.page_id == records.c.page_id)
            .where(
                records.c.page_id == page_id,
                fragments.c.form == form,
                or_(shown(Filter("event")), struck_out(today)),
            )
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        zones: tuple[ZoneUse, ...] = ()
        if row.tzid is not None:
            use = ZoneUse(row.tzid, known_moment(row.starts), known_moment(row.ends))
            zones = (use,)
        etag = self._etag(form, page_id, row.changed, row.digest)
        return Summary(1, row.octets, moment(row.changed), etag, zones), row.text

    def topics(self) -> Topics:
        """The topics of the wiki, as sync last read them."""
        text = self._connection.scalar(
            select(notes.c.value).where(notes.c.name == TOPICS)
        )
        return Topics(json.loads(text) if text else {})

    def shown(self, wanted: Filter) -> ColumnElement[bool]:
        """Published records that a filter lets through, topics by all their names."""
        if any(field == "topics" for field, _ in wanted.terms):
            wanted = named(wanted, self.topics())
        return shown(wanted)

    def _chosen(self, form: str, wanted: Filter, today: date) -> ColumnElement[bool]:
        """Published ones, and in an unfiltered calendar those to strike out.

        Nothing is known any more of those, so a filtered one cannot say whether they
        were in it; its readers drop what is no longer there.
        """
        condition = self.shown(wanted)
        if form == "ics" and not (wanted.terms or wanted.words):
            condition = or_(condition, struck_out(today))
        return and_(fragments.c.form == form, condition)

    def _summary(self, form: str, wanted: Filter, today: date) -> Summary:
        query = (
            select(
                records.c.tzid,
                func.count(),
                func.sum(fragments.c.octets),
                func.max(_CHANGED),
                func.sum(fragments.c.digest),
                func.min(records.c.starts),
                func.max(records.c.ends),
            )
            .select_from(records)
            .join(fragments, fragments.c.page_id == records.c.page_id)
            .where(self._chosen(form, wanted, today))
            .group_by(records.c.tzid)
            .order_by(records.c.tzid)
        )
        count, octets, newest, digests, uses = 0, 0, None, 0, []
        for row in self._connection.execute(query):
            tzid, number, size, changed, digest, first, last = row
            count, octets, digests = count + number, octets + size, digests + digest
            newest = max(newest or changed, changed)
            if tzid is not None:
                uses.append(ZoneUse(tzid, known_moment(first), known_moment(last)))
        etag = self._etag(form, wanted.query(), count, newest, digests)
        return Summary(count, int(octets), moment(newest), etag, tuple(uses))

    def _etag(self, *parts: object) -> str:
        text = "|".join([self.version.build_key, *map(str, parts)])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _version_notes(connection: Connection) -> dict[str, str]:
    """What is noted of the version; nothing in a database that is still empty."""
    try:
        rows = connection.execute(_VERSION)
    except DatabaseError:
        if inspect(connection).has_table(notes.name):
            raise
        return {}
    return {row.name: row.value for row in rows}


def next_second(now: datetime) -> int:
    """The first full second after a time, in Unix time.

    What was read within the second of a change is older than that, whatever order
    the two had: HTTP dates have no fractions (RFC 9110 §8.8.2.2).
    """
    return int(now.astimezone(UTC).timestamp()) + 1
