"""The keys of the key-value table: type, form in the database and lifetime of each.

A value that has outlived its lifetime is deleted by `space.store.Store.prepare`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from space.publication.translations import PostTitles
from space.serialize import from_json, to_json
from space.settings.ruling_pages import PageProblems
from space.settings.topics import Topics
from space.wiki.values import Site

T = TypeVar("T")


class Lifetime(StrEnum):
    """When a value is deleted."""

    BUILD = "build"
    """With the next build key: values that decide what is derived are read again."""
    LAYOUT = "layout"
    """With the tables of its layout; until then a value is shown as it is."""


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """A name of at most 64 characters, and how its value becomes a text and back."""

    name: str
    lifetime: Lifetime
    load: Callable[[str], T]
    dump: Callable[[T], str]


def _dump_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _dump_topics(topics: Topics) -> str:
    # Labels keep the order of the topics page.
    return _dump_json([dict(sorted(topics.slugs.items())), dict(topics.labels)])


def _load_topics(text: str) -> Topics:
    return Topics(*map(MappingProxyType, json.loads(text)))


def _dump_site(site: Site) -> str:
    # Namespaces keep their order, extensions have none.
    return _dump_json({**asdict(site), "extensions": sorted(site.extensions)})


def _load_site(text: str) -> Site:
    data = json.loads(text)
    spellings = data.pop("namespaces").items()
    return Site(
        **{**data, "extensions": frozenset(data["extensions"])},
        namespaces={int(number): tuple(names) for number, names in spellings},
    )


def _dump_aliases(aliases: Mapping[str, str]) -> str:
    return _dump_json(dict(sorted(aliases.items())))


def _dump_titles(titles: PostTitles) -> str:
    return json.dumps(asdict(titles), ensure_ascii=False, sort_keys=True)


def _load_titles(text: str) -> PostTitles:
    data = json.loads(text)
    translations = data["translations"].items()
    return PostTitles(
        data["aliases"], {title: tuple(codes) for title, codes in translations}
    )


def _dump_problems(pages: Iterable[PageProblems]) -> str:
    return _dump_json([to_json(page) for page in pages])


def _load_problems(text: str) -> tuple[PageProblems, ...]:
    return tuple(from_json(PageProblems, page) for page in json.loads(text))


def _key(name: str, lifetime: Lifetime) -> Key[str]:
    return Key(name, lifetime, str, str)


def _json_key(name: str, lifetime: Lifetime) -> Key[dict[str, Any]]:
    return Key(name, lifetime, json.loads, _dump_json)


LAYOUT = _key("layout", Lifetime.LAYOUT)
"""`space.store.tables.tables.layout` of the tables that are there."""

USED = Key("used", Lifetime.LAYOUT, datetime.fromisoformat, datetime.isoformat)
"""When bots last prepared these tables, aware."""

BUILD_KEY = _key("build_key", Lifetime.LAYOUT)
"""`space.store.build_key.build_key` of what is stored."""

DAY = Key("day", Lifetime.LAYOUT, date.fromisoformat, date.isoformat)
"""The UTC day as of which series are expanded."""

COMPLETE = _key("complete", Lifetime.LAYOUT)
"""There once the wiki was read completely into these tables."""

GENERATION = _key("generation", Lifetime.LAYOUT)
"""Unix time and token of the newest change (`space.store.queries.index_snapshot`)."""

PAGES_VERSION = _key("pages", Lifetime.LAYOUT)
"""A random token, new after each change of anything that pages of the tool show."""


def whole_feed(form: str) -> Key[dict[str, Any]]:
    """The key of a whole feed's summary, with the generation and UTC day it is of."""
    return _json_key(f"whole_feed {form}", Lifetime.LAYOUT)


def feed_facts(form: str) -> Key[dict[str, Any]]:
    """The key of what is known of a feed in parts, and the UTC day that it is of."""
    return _json_key(f"feed_facts {form}", Lifetime.LAYOUT)


QUEUE_VERSION = _key("queue_version", Lifetime.LAYOUT)
"""A hash of the stored review queue."""

HEARTBEATS = _json_key("heartbeats", Lifetime.LAYOUT)
"""Task → start, result and perhaps lag of its last run (`space.store.heartbeat`)."""

STARTS = _json_key("starts", Lifetime.LAYOUT)
"""Task → start of its last run, whether it ended or not (`space.store.heartbeat`)."""

FAILURES = _json_key("failures", Lifetime.LAYOUT)
"""Task → number, start and result of its failures in a row (`space.store.failures`)."""

HEARD = _json_key("heard", Lifetime.LAYOUT)
"""Task → when its exit code last told that it keeps failing."""

TOLD = _json_key("told", Lifetime.LAYOUT)
"""The failing tasks that the maintainers were told of, and when."""

COMMONS_TABLES = _json_key("commons_tables", Lifetime.LAYOUT)
"""The UTC day on which tables on Commons were compared, and when each was written."""

CHECKPOINT = Key(
    "checkpoint", Lifetime.BUILD, datetime.fromisoformat, datetime.isoformat
)
"""How far recent changes were read, aware."""

SYNCED = Key("synced", Lifetime.LAYOUT, datetime.fromisoformat, datetime.isoformat)
"""`CHECKPOINT` of the version that last read all that is shown, aware."""

UNANSWERED: Key[list[int]] = Key("unanswered", Lifetime.LAYOUT, json.loads, _dump_json)
"""Revisions of posts whose HTML the wiki did not give, the one asked for last last."""

SITE = Key("site", Lifetime.LAYOUT, _load_site, _dump_site)
"""Facts of the wiki as the newest sync was told them."""

REDACTED = Key("redacted", Lifetime.LAYOUT, datetime.fromisoformat, datetime.isoformat)
"""When a sync last took out what the wiki hides, aware."""

TOPICS = Key("topics", Lifetime.BUILD, _load_topics, _dump_topics)
"""The topics page of the wiki."""

SETTINGS_TEXT = _key("settings", Lifetime.LAYOUT)
"""The text of the wiki's settings page that counts."""

RULING_PROBLEMS = Key(
    "ruling_problems", Lifetime.LAYOUT, _load_problems, _dump_problems
)
"""Pages of settings, topics and reviewers whose text does not count."""

RULING_LINES = Key("ruling_lines", Lifetime.LAYOUT, _load_problems, _dump_problems)
"""What cannot be read on pages of settings, topics, reviewers and registrations."""

DECISION_PROBLEMS = Key(
    "decision_problems", Lifetime.BUILD, _load_problems, _dump_problems
)
"""Decisions on registered events that are about nothing that is known."""

CONFIRM_MONTHS = Key("confirm_months", Lifetime.BUILD, int, str)
"""After how many months a series asks to be confirmed."""

SERIES_ALIASES: Key[Mapping[str, str]] = Key(
    "series_aliases", Lifetime.BUILD, json.loads, _dump_aliases
)
"""Titles that pages give their series → the titles that these have."""

POST_TITLES = Key("post_titles", Lifetime.BUILD, _load_titles, _dump_titles)
"""Where titles lead that posts give their originals, and Translate's pages."""

SYNC_MEMORY = _json_key("sync", Lifetime.BUILD)
"""How far pages were read that the ledger lacks (`space.sync.memory.Memory`)."""

TALK_STATE = _json_key("talk", Lifetime.BUILD)
"""How far talk pages were read (`space.sync.talk_pages`)."""

DIGEST = _key("digest", Lifetime.LAYOUT)
"""A hash of the digest that was written and delivered, and of the lists of it."""

REGISTRY_VERSION = _key("registry", Lifetime.BUILD)
"""A hash of what the registered events follow from (`space.sync.registered`)."""

CALENDARS = _json_key("calendars", Lifetime.BUILD)
"""Name of a public calendar → how it was read last
(`space.sources.ics_calendar.CalendarState`); it may be lost."""

FOLLOWS = _json_key("follows", Lifetime.BUILD)
"""Account → filters, as queries, of the events that it follows."""

MENTIONS_MADE = Key("mentions_made", Lifetime.BUILD, int, str)
"""The revision of the bot's memory of mentions whose plan was carried out whole."""

PAGE_REGISTRATIONS = _json_key("page_registrations", Lifetime.BUILD)
"""Id of a page that is about a registered event → title of the page where people
register; empty where nobody else can."""

CLAIMED = _json_key("claimed_registrations", Lifetime.BUILD)
"""Number of a registered event → id of the page that is about it."""

DOUBLES = _json_key("doubled_registrations", Lifetime.BUILD)
"""Number of a registered event that is no entry of its own → the number of the one that
stands in its place."""

SHOWN = frozenset(
    key.name
    for key in (
        *(SETTINGS_TEXT, RULING_PROBLEMS, RULING_LINES, DECISION_PROBLEMS),
        *(SITE, PAGE_REGISTRATIONS, CLAIMED, DOUBLES),
    )
)
"""Names of keys that may be set by themselves and whose values pages show."""
