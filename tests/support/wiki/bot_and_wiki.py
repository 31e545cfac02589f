"""A wiki with a bot and a store, and the people who write for it."""

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from space.review.ledger import block_of, block_title, read_block
from space.review.model import LedgerEntry
from space.review.policy import Policy
from space.settings.onwiki import Settings
from space.store import Store
from space.store.tables.tables import RECORDS, SUMMARIES
from space.sync import (
    Rules,
    Session,
    Sources,
    SyncReport,
    read_ruling,
    sync,
    sync_part,
)
from space.wiki.urls import Urls
from space.wiki.values import RequestCount
from tests.fakes.memory_wiki import MemoryWiki
from tests.fakes.wiki_state import WikiState
from tests.support.store.memory import content_of, memory_engine, with_content

ADDRESSES = Urls(
    host="wiki.test",
    article_url="https://wiki.test/wiki/$1",
    public_url="https://space.example.org",
    commons_url="https://commons.wikimedia.org/w/api.php",
)
RULES = Rules(
    bot="SpaceBot",
    root="Space",
    namespaces=frozenset({0, 1728}),
    policy=Policy(),
    confirm_months=Settings.of().confirm_months,
    promised_days=3,
)


@dataclass(frozen=True, slots=True)
class Past:
    """What a wiki and a store held at some time."""

    state: WikiState
    content: bytes


class BotAndWiki:
    """An in-memory wiki, an SQLite store and the bot that keeps the ledger."""

    def __init__(self) -> None:
        self.admin = MemoryWiki()
        self.ann = self.admin.as_user("Ann")
        self.pavati = self.admin.as_user("Pavati", "patroller")
        self.bot = self.admin.as_user("SpaceBot", "bot")
        self.rules = RULES
        self.engine: Engine = memory_engine()
        self.store = Store(self.engine, ADDRESSES)

    def drop_store(self) -> None:
        """Lose everything that is derived."""
        self.engine.dispose()
        self.engine = memory_engine()
        self.store = Store(self.engine, ADDRESSES)

    def past(self) -> Past:
        """What wiki and store hold now, for `follow` to go on from."""
        return Past(deepcopy(self.admin.state), content_of(self.engine))

    def follow(self, past: Past) -> None:
        """Go on from what another wiki and store held, which stays as it is."""
        state = deepcopy(past.state)
        for account in (self.admin, self.ann, self.pavati, self.bot):
            account.state = state
        with_content(self.engine, past.content)

    def event(self, title: str, text: str = "", **values: str) -> int:
        """Ann writes an event; the revision's id."""
        return self.ann.write(title, event(text, **values)).revid

    def approve(self, title: str, revid: int, verdict: str = "approve") -> int:
        """Pavati says so on the talk page."""
        line = f"{{{{Space review|{verdict}|rev={revid}}}}} ~~~~"
        talk = self.admin.site().talk_title(title)
        page = self.admin.state.page(talk)
        before = f"{page.latest.text}\n\n" if page else ""
        return self.pavati.write(talk, before + line).revid

    def publish(self, title: str) -> int:
        """An event by Ann, approved and synced; the revision's id."""
        revid = self.event(title)
        self.approve(title, revid)
        self.sync()
        assert self.published[title] == revid
        return revid

    def sync(self, **options: Any) -> SyncReport:
        """One run of the bot, a minute later; counts its requests anew."""
        self.bot.requests = RequestCount()
        now = self.admin.advance(minutes=1)
        options = {"save": self.bot.save, **options}
        return sync(self.bot, self.store, self.rules, now=now, **options)

    def sync_part(
        self, titles: Collection[str], session: Session, now: datetime
    ) -> SyncReport:
        """What a sync reads and makes of some titles; counts its requests anew."""
        self.bot.requests = RequestCount()
        sources = Sources(self.bot, self.store)
        return sync_part(
            self.bot,
            self.store,
            self.rules,
            now=now,
            save=self.bot.save,
            titles=titles,
            session=session,
            ruling=read_ruling(self.bot, sources, self.rules.root, self.rules.bots),
            sources=sources,
        )

    def policy(self, **policy: str) -> None:
        self.rules = replace(self.rules, policy=replace(self.rules.policy, **policy))

    def state(self, title: str) -> str:
        """How the store has a page."""
        record = self.store.records.find(title)
        assert record is not None, title
        return record.state

    def ledger(self, page: int) -> LedgerEntry:
        """What the wiki has in the ledger of a page."""
        title = block_title(self.rules.bot, block_of(page))
        stored = self.admin.state.page(title)
        assert stored is not None, title
        return read_block(stored.latest.text).entries[page]

    def dump(self) -> "Dump":
        """Every row of the derived tables."""
        return dump(self.engine)

    @property
    def published(self) -> dict[str, int]:
        """What readers see: title → revision."""
        return {
            record.page_title: record.publication.revision
            for record in self.store.records.all()
            if record.publication
        }


Dump = dict[str, list[tuple[Any, ...]]]


def dump(engine: Engine) -> Dump:
    """Every row of a store's derived tables, its queue and its figures."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))))
            for table in (*RECORDS, *SUMMARIES)
        }


def event(text: str = "", **values: str) -> str:
    """The wikitext of an event."""
    given = {
        "title": "Photo walk",
        "start": "2026-11-28 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        **values,
    }
    lines = [f"| {name.replace('_', ' ')} = {value}" for name, value in given.items()]
    return "\n".join(["{{Space event", *lines, "}}", text])
