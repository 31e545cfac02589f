"""Sync on a real MediaWiki: its logs, hidden revisions, moves and patrol flags."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.review.wiki_bot import Bot
from tests.support.wiki.bot_and_wiki import dump, event
from tests.support.wiki.drivers import bot_driver
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki


@pytest.fixture
def open_bot(fresh_wiki: Sandbox, tmp_path: Path) -> Iterator[Callable[[], Bot]]:
    tool = bot_driver(fresh_wiki, tmp_path)
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Bot(tool))


def test_sync_when_much_happens_follows_and_comes_back_the_same(
    open_bot: Callable[[], Bot],
) -> None:
    bot = open_bot()
    tool = bot.tool

    # Approved by hand, patrolled, made by an autopatrolled person, broken.
    walk = tool.write("Space/Events/Walk", event(), by="Olu")
    tool.write(
        "Talk:Space/Events/Walk",
        f"{{{{Space review|approve|rev={walk}}}}} ~~~~",
        "Pavati",
    )
    talk = tool.write("Event:Talk 🎉", event(title="Talk 🎉"), by="Olu")
    tool.patrol(talk)
    own = tool.write("Space/Events/विकि", event(), by="Aiko")
    tool.write("Space/Events/Broken", event(timezone="Mars"), by="Olu")
    tool.write("Space/Events/Waiting", event(), by="Lena")
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
    newer = tool.write("Space/Events/Walk", event("More."), by="Olu")
    tool.patrol(newer)
    bot.sync()
    assert bot.published["Space/Events/Walk"] == newer
    tool.write("Space/Events/Walk", event("Even more."), by="Olu")
    tool.hide(newer)
    tool.move("Event:Talk 🎉", "Space/Events/Talk 🎊")
    tool.delete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/Walk"] == walk
    assert set(bot.published) == {"Space/Events/Walk", "Space/Events/Talk 🎊"}
    assert any(record.tombstone for record in bot.store.records.all())

    anew = open_bot()
    report = anew.sync(full=True)
    assert report.ledger == ()
    assert dump(anew.engine) == dump(bot.engine)

    # What is back is back.
    tool.undelete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/विकि"] == own
