"""What a store says of itself, which is asked before all else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import DatabaseError

from space.settings.onwiki import Settings
from space.settings.topics import Topics
from space.store.keys import (
    BUILD_KEY,
    COMPLETE,
    GENERATION,
    LAYOUT,
    PAGES_VERSION,
    SETTINGS_TEXT,
    TOPICS,
    Key,
)
from space.store.queries.sql.prepared import Prepared
from space.store.tables.record_rows import known_moment
from space.store.tables.tables import key_values, layout


def _query(*keys: Key[Any]) -> Prepared:
    wanted = key_values.c.name.in_([key.name for key in keys])
    return Prepared(select(key_values.c.name, key_values.c.value).where(wanted))


_OF_VERSION = (BUILD_KEY, COMPLETE, GENERATION, LAYOUT)
_VERSION = _query(*_OF_VERSION)
_STANDING = _query(*_OF_VERSION, PAGES_VERSION, TOPICS, SETTINGS_TEXT)


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """The version of a store, by which caches know whether they are current.

    `token` is random and new after each change; `changed` is the first full second
    after the change, aware. Before the wiki was
    read completely once, what is there is not `complete`.
    """

    token: str
    changed: datetime
    build_key: str
    complete: bool

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """The version that the values of a store tell of, by the names of keys."""
        since, _, token = values.get(GENERATION.name, "0 ").partition(" ")
        laid_out = values.get(LAYOUT.name) == layout()
        return cls(
            token=token,
            changed=known_moment(int(since)),
            build_key=values.get(BUILD_KEY.name, ""),
            complete=laid_out and COMPLETE.name in values,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What all pages ask of a store, read at one moment.

    `pages` is the version of pages (`Versions.pages`), None while nothing is stored;
    `settings` is the text of the settings that count, empty without any.
    """

    version: IndexVersion
    pages: str | None
    topics: Topics
    settings: str

    @property
    def settings_in_force(self) -> Settings:
        """The settings that count; the defaults before all was read once."""
        return _to_settings(self.settings if self.version.complete else "")


def read_version(connection: Connection) -> IndexVersion:
    """The version of a store; in a database without tables it is not complete."""
    try:
        return IndexVersion.of(dict(_VERSION.rows(connection)))
    except DatabaseError:
        if _has_tables(connection):
            raise
        return IndexVersion.of({})


def read_standing(engine: Engine) -> Standing:
    """All that a store says of itself at once."""
    try:
        texts: dict[str, str] = dict(_STANDING.alone(engine))
    except DatabaseError:
        if _has_tables(engine):
            raise
        texts = {}
    topics = texts.get(TOPICS.name)
    return Standing(
        IndexVersion.of(texts),
        texts.get(PAGES_VERSION.name),
        Topics({}) if topics is None else to_topics(topics),
        texts.get(SETTINGS_TEXT.name, ""),
    )


@lru_cache(maxsize=1)
def to_topics(text: str) -> Topics:
    """The topics of a text, which are the same for as long as it is."""
    return TOPICS.load(text)


@lru_cache(maxsize=2)
def _to_settings(text: str) -> Settings:
    """The settings of a text, which are the same for as long as it is."""
    return Settings.of(text)


def _has_tables(database: Connection | Engine) -> bool:
    return inspect(database).has_table(key_values.name)
