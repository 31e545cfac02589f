"""The reading half of the index store."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Engine, select

from space.publication.filters import Filter
from space.schema.kinds import load_kind
from space.schema.problems import Problem
from space.settings.onwiki import Settings
from space.settings.ruling_pages import PageProblems
from space.settings.topics import Topics
from space.store.keys import (
    CHECKPOINT,
    CONFIRM_MONTHS,
    DECISION_PROBLEMS,
    RULING_LINES,
    RULING_PROBLEMS,
    SETTINGS_TEXT,
    TOPICS,
    Key,
)
from space.store.queries.discussions import Discussions
from space.store.queries.events import Events
from space.store.queries.feeds import Feeds
from space.store.queries.page_copies import PageCopies
from space.store.queries.posts import Posts
from space.store.queries.records import Records
from space.store.queries.review_statistics import ReviewStatistics
from space.store.queries.search import SearchIndex
from space.store.queries.series import Series
from space.store.queries.sql.conditions import is_published, named
from space.store.queries.sql.prepared import Prepared, given
from space.store.queries.standing import (
    Standing,
    read_standing,
    read_version,
    to_topics,
)
from space.store.queries.terms import Terms
from space.store.queries.versions import Versions
from space.store.queries.waiting_rows import ReviewQueue
from space.store.tables.scopes import ScopedPool, scoped_pool
from space.store.tables.tables import key_values
from space.wiki.urls import Urls

T = TypeVar("T")
_VALUE = Prepared(select(key_values.c.value).where(key_values.c.name == given("name")))


class StoreReader:
    """What may be asked of a store; nothing here writes.

    Attributes:
        addresses: the wiki's URLs, with which the stored texts were made.
        records: all pages that sync knows, published or not.
        terms: values of indexed fields.
        events, posts, series: what is published.
        feeds: stored fragments, and feeds made of them.
        search: full-text search in what is published.
        discussions: threads of talk pages.
        queue: the review queue; statistics: review by month.
        page_copies: texts of pages that every sync reads.
        versions: by which caches know whether they are current.
    """

    def __init__(self, engine: Engine, addresses: Urls) -> None:
        self._engine = engine
        self.addresses = addresses
        self.records = Records(engine, self._condition)
        self.versions = Versions(engine)
        self.terms = Terms(engine, self.versions.feeds)
        self.events = Events(engine, self._condition)
        self.series = Series(engine)
        self.posts = Posts(engine, self._condition)
        self.feeds = Feeds(engine)
        self.search = SearchIndex(engine)
        self.discussions = Discussions(engine, self.topics)
        self.queue = ReviewQueue(engine)
        self.statistics = ReviewStatistics(engine)
        self.page_copies = PageCopies(engine)

    def ready(self) -> bool:
        """Whether the wiki was read completely at least once into these tables."""
        with self._engine.connect() as connection:
            return read_version(connection).complete

    def standing(self) -> Standing:
        """What every page asks first."""
        return read_standing(self._engine)

    def topics(self) -> Topics:
        """The topics of the wiki, as sync last read them."""
        text = self._text(TOPICS)
        return Topics({}) if text is None else to_topics(text)

    def settings(self) -> Settings:
        """The settings of the wiki that count, as sync last read them."""
        return Settings.of(self.value(SETTINGS_TEXT) or "")

    def ruling_problems(self) -> tuple[PageProblems, ...]:
        """Pages of settings, topics and reviewers whose text does not count."""
        return self.value(RULING_PROBLEMS) or ()

    def ruling_lines(self) -> tuple[PageProblems, ...]:
        """Pages that rule, each with lines of it that say nothing, or not all."""
        told: dict[str, tuple[Problem, ...]] = {}
        for key in (RULING_LINES, DECISION_PROBLEMS):
            for page in self.value(key) or ():
                told[page.page_title] = told.get(page.page_title, ()) + page.problems
        return tuple(PageProblems(title, told[title]) for title in told)

    def confirm_months(self) -> int:
        """After how many months a series asks to be confirmed, as sync last read it."""
        default = load_kind("settings").fields[CONFIRM_MONTHS.name].default
        return self.value(CONFIRM_MONTHS) or int(str(default))

    @property
    def checkpoint(self) -> datetime | None:
        """How far recent changes were read, None if everything is to be read."""
        return self.value(CHECKPOINT)

    def value(self, key: Key[T]) -> T | None:
        """The value of a key; None when there is none."""
        text = self._text(key)
        return None if text is None else key.load(text)

    def _text(self, key: Key[Any]) -> str | None:
        rows = _VALUE.alone(self._engine, name=key.name)
        return rows[0][0] if rows else None

    @property
    def scoped_pool(self) -> ScopedPool | None:
        """The pool that keeps connections in scopes; None where none need be kept."""
        return scoped_pool(self._engine)

    def _condition(self, criteria: Filter) -> ColumnElement[bool]:
        return is_published(named(criteria, self.topics))
