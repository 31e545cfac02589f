import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bots.data_writer import DataPages, Remembering
from bots.report import Did, ExitCode, Report
from space.data_pages.pages import EVENT_NAMES
from space.store import Store
from space.store.keys import REDACTED
from space.wiki.outcomes import Conflict, RateLimited
from space.wiki.values import Subpages
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.corpus.hostile_json import TEXTS
from tests.support.store.stores import memory_store
from tests.support.wiki.bot_and_wiki import BotAndWiki

TITLE = "User:SpaceBot/Space/Events/2026-11.json"
EVENT = {"id": 7, "rev": 20, "title": "X", "venue": "Hall"}
FAMILY = Subpages("User:SpaceBot/Space/Events", EVENT_NAMES)


JUNK = (
    *("x", "2026-11", "x.json", "2026-13x.json", "2026-11.json.json", "../x.json"),
    *("2026-11/1.json", "2026-11/02.json", "2026-11/2/3.json", "２０２６-11.json"),
    *("2026-10.json", "2026-11/2.json", "9999-99/999.json"),
)


def month(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "events": list(entries)}


@pytest.fixture
def bot() -> MemoryWiki:
    return MemoryWiki().as_user("SpaceBot", "bot")


def write(
    bot: MemoryWiki,
    value: dict[str, Any],
    *,
    dry_run: bool = False,
    title: str = TITLE,
    store: Store | None = None,
    redacted: datetime | None = None,
) -> Report:
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.bot = bot_and_wiki.admin = bot
    bot_and_wiki.store = store or memory_store()
    bot_and_wiki.store.set_value(REDACTED, redacted)
    runner = BotRunner(bot_and_wiki)
    runner.settings = replace(runner.settings, write_interval=600)
    bot.advance(minutes=-1)
    job = runner.job("calendar", dry_run=dry_run)
    data = DataPages({title: value}, (FAMILY,), month(), "bots-summary-calendar")
    return job.write(data) + job.work_off({job.task: job})


def did(report: Report) -> Did:
    (page,) = report.pages
    return page.did


def stored(bot: MemoryWiki) -> Any:
    return json.loads(bot.texts([TITLE])[TITLE].text or "")


def test_write_when_the_page_is_new_then_it_is_made_minor_and_as_bot(
    bot: MemoryWiki,
) -> None:
    assert did(write(bot, month(EVENT))) is Did.WRITTEN
    page = bot.state.page(TITLE)
    assert page is not None
    assert (page.latest.minor, page.latest.bot) == (True, True)
    assert page.latest.summary == "Update the list of events"
    assert stored(bot) == month(EVENT)


def test_write_when_the_value_is_the_same_then_there_is_no_edit(
    bot: MemoryWiki,
) -> None:
    write(bot, month(EVENT))
    bot.advance(days=1)
    assert did(write(bot, month(EVENT))) is Did.UNCHANGED
    assert len(bot.state.pages[1].revisions) == 1


def test_write_when_written_a_moment_ago_then_it_waits_for_the_interval(
    bot: MemoryWiki,
) -> None:
    write(bot, month(EVENT))
    bot.advance(minutes=9)
    more = month(EVENT, EVENT | {"id": 8})
    assert did(write(bot, more)) is Did.WAITS
    bot.advance(minutes=1)
    assert did(write(bot, more)) is Did.WRITTEN


def test_write_when_something_is_taken_back_then_it_does_not_wait(
    bot: MemoryWiki,
) -> None:
    write(bot, month(EVENT))
    assert did(write(bot, month())) is Did.WRITTEN
    assert stored(bot) == month()


def test_write_when_something_was_hidden_since_then_it_does_not_wait(
    bot: MemoryWiki,
) -> None:
    write(bot, month(EVENT))
    hidden = bot.advance(minutes=1)
    clean = month(EVENT | {"rev": 21, "title": "Y"})
    assert did(write(bot, clean, redacted=hidden)) is Did.WRITTEN
    bot.advance(minutes=1)
    assert did(write(bot, month(EVENT | {"rev": 22}), redacted=hidden)) is Did.WRITTEN
    bot.advance(minutes=1)
    assert did(write(bot, month(EVENT | {"rev": 23}), redacted=hidden)) is Did.WAITS


def test_write_when_somebody_broke_the_page_then_it_is_mended(bot: MemoryWiki) -> None:
    write(bot, month(EVENT))
    bot.as_user("Admin", "sysop").write(TITLE, '"nothing here"')
    assert did(write(bot, month(EVENT))) is Did.WRITTEN


def test_write_when_dry_then_nothing_is_written(bot: MemoryWiki) -> None:
    assert did(write(bot, month(EVENT), dry_run=True)) is Did.WOULD_WRITE
    assert bot.state.page(TITLE) is None


def test_write_when_there_is_a_conflict_then_the_next_run_writes(
    bot: MemoryWiki,
) -> None:
    bot.answer_next(Conflict("somebody"))
    assert did(write(bot, month(EVENT))) is Did.OVERTAKEN
    assert did(write(bot, month(EVENT))) is Did.WRITTEN


def test_write_when_the_wiki_says_later_then_the_exit_code_says_so(
    bot: MemoryWiki,
) -> None:
    bot.answer_next(RateLimited("slow down"))
    report = write(bot, month(EVENT))
    assert report.exit_code is ExitCode.TRY_LATER


def test_write_when_a_month_is_no_longer_wanted_then_it_is_emptied(
    bot: MemoryWiki,
) -> None:
    write(bot, month(EVENT))
    report = write(bot, month(EVENT), title=TITLE.replace("11", "12"))
    assert report.pages[0].title == TITLE
    assert stored(bot) == month()


@pytest.mark.parametrize("name", TEXTS)
def test_write_when_the_page_is_hostile_then_it_is_mended_at_once(
    bot: MemoryWiki, name: str
) -> None:
    write(bot, month(EVENT))
    page = bot.state.page(TITLE)
    assert page is not None
    bot.state.add_revision(page, "Admin", TEXTS[name])
    assert did(write(bot, month(EVENT))) is Did.WRITTEN
    assert stored(bot) == month(EVENT)


def test_write_when_another_account_changed_the_page_then_it_does_not_wait(
    bot: MemoryWiki,
) -> None:
    write(bot, month())
    bot.as_user("Admin", "sysop").write(TITLE, json.dumps(month(EVENT)))
    assert did(write(bot, month(EVENT))) is Did.UNCHANGED
    bot.as_user("Admin", "sysop").write(TITLE, json.dumps(month()))
    assert did(write(bot, month(EVENT))) is Did.WRITTEN


def test_write_when_others_changed_a_page_that_is_left_over_then_it_is_emptied(
    bot: MemoryWiki,
) -> None:
    write(bot, month(EVENT))
    bot.as_user("Admin", "sysop").write(TITLE, json.dumps(month(EVENT, EVENT)))
    for _ in range(2):
        write(bot, month(), title=TITLE.replace("11", "12"))
        assert stored(bot) == month()


@pytest.mark.parametrize("name", JUNK)
def test_write_when_a_stranger_puts_junk_below_then_it_costs_nothing(
    bot: MemoryWiki, name: str
) -> None:
    title = f"{FAMILY.folder}/{name}"
    page = bot.state.add_page(title)
    bot.state.add_revision(page, "Lena", "[" * 100_000)
    store = memory_store()
    for _ in range(2):
        write(bot, month(EVENT), store=store)
    assert [revision.user for revision in page.revisions] == ["Lena"]
    assert store.page_copies.get([title]) == {}


def test_write_when_nothing_changed_then_no_text_is_asked_for(bot: MemoryWiki) -> None:
    store = memory_store()
    write(bot, month(EVENT), store=store)
    before = bot.requests.content
    assert did(write(bot, month(EVENT), store=store)) is Did.UNCHANGED
    assert bot.requests.content == before


def test_part_when_another_value_waits_then_the_page_is_what_it_is_compared_with() -> (
    None
):
    runner = BotRunner(BotAndWiki())
    runner.settings = replace(runner.settings, write_interval=600)
    job = runner.job("calendar")
    newer = {**EVENT, "rev": 21}

    def offer(value: dict[str, Any]) -> Report:
        written = Remembering(job.written)
        written([TITLE])
        return job.write(
            DataPages(
                *({TITLE: value}, (), month(), "bots-summary-calendar"),
                part=True,
                stood=written.values,
            )
        )

    offer(month(EVENT))
    job.work_off({job.task: job})
    assert TITLE not in job.state.outbox.queue.waiting
    for _ in range(2):
        assert offer(month(newer)).pages == ()
        assert job.written([TITLE]) == {TITLE: month(newer)}
    (page,) = offer(month(EVENT)).pages
    assert page.did is Did.UNCHANGED
    assert job.written([TITLE]) == {TITLE: month(EVENT)}
    assert TITLE not in job.state.outbox.queue.waiting


def test_part_when_its_page_was_read_then_is_not_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runner = BotRunner(BotAndWiki())
    job = runner.job("calendar")
    data = DataPages({TITLE: month(EVENT)}, (), month(), "bots-summary-calendar", True)
    job.write(data)
    job.work_off({job.task: job})
    monkeypatch.delattr("bots.data_writer.value_of")
    written = Remembering(job.written)
    written([TITLE])
    (page,) = job.write(replace(data, stood=written.values)).pages
    assert page.did is Did.UNCHANGED
