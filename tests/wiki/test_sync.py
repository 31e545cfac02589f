"""Sync on a real MediaWiki: its logs, hidden revisions, moves and patrol flags."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.review.wiki_bot import Bot
from tests.support.wiki.bot_and_wiki import dump, event
from tests.support.wiki.sandbox import Sandbox
from tests.support.wiki.stages import bot_stage

pytestmark = pytest.mark.wiki


@pytest.fixture
def open_bot(fresh_wiki: Sandbox, tmp_path: Path) -> Iterator[Callable[[], Bot]]:
    stage = bot_stage(fresh_wiki, tmp_path)
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Bot(stage))


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
    assert [r.page_title for r in bot.store.records.with_problems()] == [
        "Space/Events/Broken"
    ]
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
    assert any(record.tombstone for record in bot.store.records.all())

    anew = open_bot()
    report = anew.sync(full=True)
    assert report.ledger == ()
    assert dump(anew.engine) == dump(bot.engine)

    # What is back is back.
    stage.undelete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/विकि"] == own
