"""The writing half of the index store, which holds what is derived from the wiki."""

import secrets
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, delete, insert, update

from space.feeds.envelope import Envelope
from space.feeds.fragments import GEOJSON
from space.feeds.geojson import COLLECTION
from space.publication.discussion import TalkPageRow
from space.publication.publication import Publication
from space.publication.translations import PostTitles
from space.review.queue.rows import Row
from space.review.queue.statistics import MonthStatistics
from space.review.record import Record
from space.schema.problems import Problem
from space.settings.topics import Topics
from space.store.keys import (
    BUILD_KEY,
    CHECKPOINT,
    COMPLETE,
    CONFIRM_MONTHS,
    DAY,
    GENERATION,
    PAGES_VERSION,
    POST_TITLES,
    QUEUE_VERSION,
    SERIES_ALIASES,
    SHOWN,
    SYNCED,
    TOPICS,
    USED,
    Key,
    Lifetime,
    whole_feed,
)
from space.store.queries.index_snapshot import EVERYTHING, next_second
from space.store.reader import StoreReader
from space.store.tables import tables
from space.store.tables.damage import look_for_damage
from space.store.tables.engine import writing
from space.store.tables.key_values import (
    change_value,
    end_lifetime,
    read_value,
    write_value,
)
from space.store.tables.layouts import make_tables, sweep_layouts
from space.store.tables.queue_rows import queue_rows, statistics_row
from space.store.tables.record_rows import problems_text
from space.store.tables.transactions import in_transaction
from space.store.tables.whole_feeds import store_whole_feed
from space.store.writing import talk_pages
from space.store.writing.contents import (
    delete_renderings,
    delete_unpublished,
    store_content,
)
from space.store.writing.feed_upkeep import FeedUpkeep
from space.store.writing.indexing import Indexer
from space.wiki.threads import Thread
from space.wiki.urls import Urls
from space.wiki.values import PageCopy, batches

BATCH = 500
"""How many records one transaction replaces."""

T = TypeVar("T")

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Store(StoreReader):
    """The index store: records of pages, and the rows that lists and feeds read.

    The bots' `sync` writes it, one process at a time; anybody may read it meanwhile.
    """

    def __init__(self, engine: Engine, addresses: Urls, clock: Clock = _now) -> None:
        """A store in a database; `clock` gives aware times of its changes."""
        super().__init__(engine, addresses)
        self._clock = clock
        self._touched: set[int] = set()

    def prepare(self, build_key: str, today: date) -> bool:
        """Prepare the tables for writing; True when every page must be read again.

        Tables of another layout are left to the version that has it, and swept once
        none has. With another build key all records stay, to be shown until each is
        put again, but count as never read (`latest` 0). On another UTC day the series
        are expanded anew. The answer is True until `set_checkpoint` says that
        everything was read.
        """
        make_tables(self._engine, self._clock())
        unread = in_transaction(
            self._engine, lambda connection: self._begin(connection, build_key, today)
        )
        if self.ready():
            sweep_layouts(self._engine, self._clock())
        return unread

    def _begin(self, connection: Connection, build_key: str, today: date) -> bool:
        """End what another build key or UTC day ends; True as `prepare`."""
        write_value(connection, USED, self._clock())
        if change_value(connection, BUILD_KEY, build_key):
            connection.execute(update(tables.records).values(latest=0))
            connection.execute(update(tables.talk_pages).values(latest=0))
            connection.execute(delete(tables.page_copies))
            end_lifetime(connection, Lifetime.BUILD)
            self._changed(connection)
        another_day = change_value(connection, DAY, today)
        if another_day:
            indexer = Indexer(connection, self.addresses, today)
            indexer.expand()
            self._touched |= indexer.touched
        upkeep = FeedUpkeep(connection, today)
        if another_day or not upkeep.has_parts():
            upkeep.rebuild()
            self._changed(connection)
        return read_value(connection, CHECKPOINT) is None

    def look_for_damage(self) -> None:
        """Read the whole database if it is a file.

        Raises `DamagedDatabaseError`: rows that nothing else here reads may be damaged.
        """
        look_for_damage(self._engine)

    def set_checkpoint(self, when: datetime) -> None:
        """Store the aware time up to which everything on the wiki is in the store."""
        with writing(self._engine).begin() as connection:
            write_value(connection, CHECKPOINT, when)
            write_value(connection, SYNCED, when)
            write_value(connection, COMPLETE, "yes")

    def set_value(self, key: Key[T], value: T | None) -> None:
        """Store a value as long as its key's lifetime; None deletes it."""
        with writing(self._engine).begin() as connection:
            is_news = key.name in SHOWN and value != read_value(connection, key)
            write_value(connection, key, value)
            if is_news:
                self._pages_changed(connection)

    def set_topics(self, topics: Topics) -> None:
        """Store the topics: aliases for filters, labels for readers."""
        with writing(self._engine).begin() as connection:
            if change_value(connection, TOPICS, topics):
                self._changed(connection)

    def set_confirm_months(self, months: int) -> None:
        """Store after how many months a series asks to be confirmed."""
        with writing(self._engine).begin() as connection:
            if change_value(connection, CONFIRM_MONTHS, months):
                self._pages_changed(connection)

    def set_series_aliases(self, aliases: Mapping[str, str]) -> None:
        """Store other titles of series (redirects, misspellings); relate their pages.

        `aliases` are titles that pages give → titles that series have.
        """
        before = self.value(SERIES_ALIASES) or {}
        changed = {
            name
            for name in {*before, *aliases}
            if before.get(name) != aliases.get(name)
        }
        if changed:
            with self._indexing() as indexer:
                write_value(indexer.connection, SERIES_ALIASES, aliases)
                indexer.relate_named(changed)

    def set_post_titles(self, titles: PostTitles) -> None:
        """Store other titles of originals, and Translate's pages.

        The posts and events that they concern are related anew.
        """
        if self.value(POST_TITLES) != titles:
            with self._indexing() as indexer:
                write_value(indexer.connection, POST_TITLES, titles)
                indexer.relate_posts()
                indexer.relate_texts()

    def set_content(self, post: Publication, html: str) -> None:
        """Store the wiki's HTML of a post's published revision, for its Atom entry."""
        with writing(self._engine).begin() as connection:
            store_content(connection, post, html)
            indexer = Indexer(connection, self.addresses, _prepared_day(connection))
            indexer.relate_posts((post.page_id,))
            self._changed(connection)
        self._touched |= indexer.touched

    def prebuild_map(self, today: date) -> None:
        """Build the unfiltered map feed in advance and store it.

        A text that is up to date stays; its summary is stored with each version.
        """
        with self.feeds.snapshot() as view:
            etag = view.summary(GEOJSON, EVERYTHING, today).etag
            summary, text = view.stored_form(GEOJSON, today), None
            if view.prebuilt_size(GEOJSON, EVERYTHING, today) is None:
                inside = Envelope("", "", COLLECTION.between)
                text = b"".join(view.feed(inside, GEOJSON, EVERYTHING, today))
        with writing(self._engine).begin() as connection:
            if text is not None:
                store_whole_feed(connection, GEOJSON, etag, text)
            change_value(connection, whole_feed(GEOJSON), summary)

    def put(self, *new: Record) -> None:
        """Store records, in place of all that was stored of their pages.

        Their publications come with the body, which a stored record has no more.
        """
        for batch in batches(new, BATCH):
            self._replace([record.page_id for record in batch], batch)

    def index_again(self, page_ids: Collection[int]) -> None:
        """Make all that is made of stored records anew, but what needs their bodies."""
        for batch in batches(sorted(page_ids), BATCH):
            with self._indexing() as indexer:
                indexer.index_again(batch)

    def set_problems(self, page_id: int, *problems: Problem) -> None:
        """Replace the problems of a record, and nothing else of it."""
        own = tables.records.c.page_id == page_id
        text = problems_text(problems)
        with writing(self._engine).begin() as connection:
            other = own & (tables.records.c.problems != text)
            query = update(tables.records).where(other).values(problems=text)
            if connection.execute(query).rowcount:
                self._changed(connection)

    def remove(self, *page_ids: int) -> None:
        """Delete all that is stored of some pages."""
        for batch in batches(page_ids, BATCH):
            self._replace(batch, ())

    def drop_unpublished_html(self) -> None:
        """Delete the cached HTML of revisions that are not published any more.

        For when the records are complete: a cache that outlives tables may be ahead.
        """
        in_transaction(self._engine, delete_unpublished)

    def drop_renderings(self, revisions: Collection[int]) -> None:
        """Delete the tool's cached HTML of revisions."""
        if revisions:
            in_transaction(
                self._engine,
                lambda connection: delete_renderings(connection, revisions),
            )

    def put_talk(self, page: TalkPageRow, threads: Iterable[Thread]) -> None:
        """Store a talk page's threads in place of those it had."""
        with writing(self._engine).begin() as connection:
            talk_pages.put_talk(connection, page, threads)
            self._pages_changed(connection)

    def remove_talk(self, talk_ids: Iterable[int]) -> None:
        """Remove talk pages with their threads."""
        for batch in batches(sorted(talk_ids), BATCH):
            with writing(self._engine).begin() as connection:
                talk_pages.remove_talk(connection, batch)
                self._pages_changed(connection)

    def set_aside(self, blocked: Iterable[str]) -> None:
        """Mark the threads in which only these accounts wrote; unmark all others."""
        with writing(self._engine).begin() as connection:
            if talk_pages.set_aside(connection, blocked):
                self._pages_changed(connection)

    def set_queue(self, rows: Iterable[Row]) -> None:
        """Store the review queue in place of the last one."""
        made = queue_rows(rows)
        version = sha256("\n".join(row["row"] for row in made).encode()).hexdigest()
        with writing(self._engine).begin() as connection:
            if change_value(connection, QUEUE_VERSION, version):
                _replace_all(connection, tables.queue, made)

    def set_statistics(self, months: Iterable[MonthStatistics]) -> None:
        """Store the figures of review in place of the last ones."""
        months = tuple(months)
        if months == self.statistics.months():
            return
        rows = list(map(statistics_row, months))
        with writing(self._engine).begin() as connection:
            _replace_all(connection, tables.month_statistics, rows)

    def remove_copies(self, titles: Collection[str]) -> None:
        """Remove the stored texts of pages that are gone."""
        for batch in batches(sorted(titles), BATCH):
            old = tables.page_copies.c.title.in_(batch)
            with writing(self._engine).begin() as connection:
                connection.execute(delete(tables.page_copies).where(old))

    def put_copies(self, *copies: PageCopy) -> None:
        """Store texts of pages in place of those there were."""
        if not copies:
            return
        titles = [copy.title for copy in copies]
        old = tables.page_copies.c.title.in_(titles)
        with writing(self._engine).begin() as connection:
            connection.execute(delete(tables.page_copies).where(old))
            connection.execute(insert(tables.page_copies), list(map(asdict, copies)))

    def _replace(self, page_ids: Sequence[int], new: Sequence[Record]) -> None:
        with self._indexing() as indexer:
            indexer.replace(page_ids, new)

    @contextmanager
    def _indexing(self) -> Iterator[Indexer]:
        """An indexer in a transaction, at whose end feeds and pages follow."""
        with writing(self._engine).begin() as connection:
            today = _prepared_day(connection)
            indexer = Indexer(connection, self.addresses, today)
            yield indexer
            FeedUpkeep(connection, today).refresh(indexer.touched)
            self._changed(connection)
        self._touched |= indexer.touched

    @property
    def touched(self) -> frozenset[int]:
        """Ids of pages whose rows this store changed since they were last taken.

        Pages that change as others do are among them: a series and its overrides, the
        versions of a post.
        """
        return frozenset(self._touched)

    def take_touched(self) -> frozenset[int]:
        """The pages `touched` so far, which are not from now on."""
        touched = self.touched
        self._touched.clear()
        return touched

    def _changed(self, connection: Connection) -> None:
        """Give feeds and pages another version, which ends what is cached of them."""
        since = next_second(self._clock())
        write_value(connection, GENERATION, f"{since} {secrets.token_hex(8)}")
        self._pages_changed(connection)

    def _pages_changed(self, connection: Connection) -> None:
        """Give pages another version, for what they show and feeds do not."""
        write_value(connection, PAGES_VERSION, secrets.token_hex(8))


def _replace_all(
    connection: Connection, table: Table, rows: list[dict[str, Any]]
) -> None:
    connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), rows)


def _prepared_day(connection: Connection) -> date:
    """The UTC day as of which the store was prepared."""
    day = read_value(connection, DAY)
    if day is None:
        raise RuntimeError("the store was not prepared")
    return day
