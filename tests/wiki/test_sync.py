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
    driver = bot_driver(fresh_wiki, tmp_path)
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Bot(driver))


def test_sync_when_much_happens_follows_and_comes_back_the_same(
    open_bot: Callable[[], Bot],
) -> None:
    bot = open_bot()
    driver = bot.driver

    # Approved by hand, patrolled, made by an autopatrolled person, broken.
    walk = driver.write("Space/Events/Walk", event(), by="Olu")
    driver.write(
        "Talk:Space/Events/Walk",
        f"{{{{Space review|approve|rev={walk}}}}} ~~~~",
        "Pavati",
    )
    talk = driver.write("Event:Talk 🎉", event(title="Talk 🎉"), by="Olu")
    driver.patrol(talk)
    own = driver.write("Space/Events/विकि", event(), by="Aiko")
    driver.write("Space/Events/Broken", event(timezone="Mars"), by="Olu")
    driver.write("Space/Events/Waiting", event(), by="Lena")
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
    newer = driver.write("Space/Events/Walk", event("More."), by="Olu")
    driver.patrol(newer)
    bot.sync()
    assert bot.published["Space/Events/Walk"] == newer
    driver.write("Space/Events/Walk", event("Even more."), by="Olu")
    driver.hide(newer)
    driver.move("Event:Talk 🎉", "Space/Events/Talk 🎊")
    driver.delete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/Walk"] == walk
    assert set(bot.published) == {"Space/Events/Walk", "Space/Events/Talk 🎊"}
    assert any(record.tombstone for record in bot.store.records.all())

    anew = open_bot()
    report = anew.sync(full=True)
    assert report.ledger == ()
    assert dump(anew.engine) == dump(bot.engine)

    # What is back is back.
    driver.undelete("Space/Events/विकि")
    bot.sync()
    assert bot.published["Space/Events/विकि"] == own
