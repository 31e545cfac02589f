"""Sync on a real MediaWiki: its logs, hidden revisions, moves and patrol flags."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from sandbox.accounts import BOT
from space.addresses import Addresses
from space.review.model import Policy
from space.store import Store, open_engine
from space.sync import Rules, SyncReport, sync
from tests.support.newsroom import dump, event
from tests.support.sandbox import Sandbox
from tests.support.stages import SandboxStage, bot_stage

pytestmark = pytest.mark.wiki

RULES = Rules(bot=BOT.name, namespaces=frozenset({0, 1728}), policy=Policy())


class Bot:
    """The bot with a store, at the wiki of a stage."""

    def __init__(self, stage: SandboxStage) -> None:
        self.stage = stage
        self.engine: Engine = open_engine("sqlite://")
        addresses = Addresses.of(
            stage.wiki.site(),
            public_url="https://space.example.org",
            commons_url="https://commons.wikimedia.org/w/api.php",
        )
        self.store = Store(self.engine, addresses)

    def sync(self, *, full: bool = False) -> SyncReport:
        self.stage.sandbox.run_jobs()
        return sync(
            self.stage.wiki,
            self.store,
            RULES,
            now=self.stage.now(),
            save=self.stage.wiki.save,
            summary="Ledger",
            full=full,
        )

    @property
    def published(self) -> dict[str, int]:
        return {
            record.page_title: record.publication.revision
            for record in self.store.records()
            if record.publication
        }


@pytest.fixture
def open_bot(fresh_wiki: Sandbox, tmp_path: Path) -> Iterator[Callable[[], Bot]]:
    stage = bot_stage(fresh_wiki, tmp_path)
    opened: list[Bot] = []

    def open_one() -> Bot:
        opened.append(Bot(stage))
        return opened[-1]

    yield open_one
    for bot in opened:
        bot.engine.dispose()


def test_sync_when_much_happens_follows_and_comes_back_the_same(
    open_bot: Callable[[], Bot],
) -> None:
    bot = open_bot()
    stage = bot.stage

    # Approved by hand, patrolled, made by an autopatrolled person, broken.
    walk = stage.write("Space/Events/Walk", event(), by="Olu")
    stage.write(
        "Talk:Space/Events/Walk",
        f"{{{{Space review|approve|rev={walk}}}}} ~~~~",
        "Pavati",
    )
    talk = stage.write("Event:Talk 🎉", event(title="Talk 🎉"), by="Olu")
    stage.patrol(talk)
    own = stage.write("Space/Events/विकि", event(), by="Aiko")
    stage.write("Space/Events/Broken", event(timezone="Mars"), by="Olu")
    stage.write("Space/Events/Waiting", event(), by="Lena")
    bot.sync()
    expected = {
        "Space/Events/Walk": walk,
        "Event:Talk 🎉": talk,
        "Space/Events/विकि": own,
    }
    assert bot.published == expected
    assert [r.page_title for r in bot.store.problems()] == ["Space/Events/Broken"]
    report = bot.sync()
    assert (report.decided, report.ledger) == ((), ())

    # A newer text that is approved, then hidden; a page that moves; one that goes.
    newer = stage.write("Space/Events/Walk", event("More."), by="Olu")
    stage.patrol(newer)
    bot.sync()
    assert bot.published["Space/Events/Walk"] == newer
    stage.write("Space/Events/Walk", event("Even more."), by="Olu")
    stage.hide(newer)
    stage.move("Event:Talk 🎉", "Space/Events/Talk 🎊")
    stage.delete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/Walk"] == walk
    assert set(bot.published) == {"Space/Events/Walk", "Space/Events/Talk 🎊"}
    assert any(record.tombstone for record in bot.store.records())

    anew = open_bot()
    report = anew.sync(full=True)
    assert report.ledger == ()
    assert dump(anew.engine) == dump(bot.engine)

    # What is back is back.
    stage.undelete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/विकि"] == own
