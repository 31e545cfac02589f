"""The task that goes on: what news make it do, and when."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from bots.claim import OtherDatabaseError
from bots.lease import AlreadyRunningError
from bots.tasks.watch import AT_ONCE, BUSY, BUSY_FOR, QUIET
from space.errors import ConfigurationError, WikiUnavailableError
from space.settings.onwiki import settings_title
from space.store.heartbeat import heartbeats
from space.wiki.outcomes import Blocked, Outcome
from space.wiki.values import Edit
from tests.support.bots.runner import BotRunner
from tests.support.bots.watching import Step, nothing, watch
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALK = "Space/Events/Walk"
DATA = "User:SpaceBot/Space/Events/2026-12.json"


@pytest.fixture(autouse=True)
def _accepted(bot_and_wiki: BotAndWiki) -> None:
    """An event that somebody approved."""
    revid = bot_and_wiki.event(WALK, city="Accra", start="2026-12-05 10:00")
    bot_and_wiki.approve(WALK, revid)


def requests(bot_and_wiki: BotAndWiki) -> int:
    count = bot_and_wiki.bot.requests
    return count.content + count.other


def stored(bot_and_wiki: BotAndWiki) -> list[str]:
    return [
        str(record.publication.values["city"])
        for record in bot_and_wiki.store.records.all()
        if record.publication
    ]


def test_watch_when_it_begins_then_everything_is_done_once(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    watch(runner)
    assert stored(bot_and_wiki)
    assert bot_and_wiki.admin.state.page(DATA)


def test_watch_when_a_text_is_approved_then_the_store_has_it_at_the_next_look(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    seen: list[list[str]] = []

    def approve() -> None:
        revid = bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 20:00")
        bot_and_wiki.approve(WALK, revid)

    watch(runner, approve, lambda: seen.append(stored(bot_and_wiki)))
    assert seen == [["Lagos"]]


def test_watch_when_much_happens_then_data_pages_follow_once_a_minute(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    def edit(hour: int) -> Step:
        def step() -> None:
            revid = bot_and_wiki.event(WALK, start=f"2026-12-05 {hour}:00")
            bot_and_wiki.approve(WALK, revid)

        return step

    watch(runner, *map(edit, [*range(10, 22)] * 2))
    versions = len(bot_and_wiki.admin.state.page(DATA).revisions)
    minutes = 24 * BUSY / 60
    assert 1 < versions <= 1 + minutes + 1


def test_watch_when_a_data_page_waits_for_its_interval_then_needs_no_more_news(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    settings = "{{Space settings|write interval=300}}"
    bot_and_wiki.admin.write(settings_title("Space"), settings)
    versions: list[int] = []

    def change() -> None:
        revid = bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 10:00")
        bot_and_wiki.approve(WALK, revid)

    def count() -> None:
        versions.append(len(bot_and_wiki.admin.state.page(DATA).revisions))

    wait = [nothing] * 15
    watch(runner, *wait, change, *wait, count, *wait, *wait, count)
    assert versions == [1, 2]


def test_watch_when_nothing_happens_then_each_look_is_one_request_and_no_edit(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    asked: list[int] = []
    latest: list[int] = []

    def count() -> None:
        asked.append(requests(bot_and_wiki))
        latest.append(bot_and_wiki.admin.state.next_revision)

    watch(runner, *[nothing] * 30, *[count] * 10)
    assert {after - before for before, after in pairwise(asked)} == {1}
    assert len(set(latest)) == 1


def test_watch_when_others_write_elsewhere_then_they_concern_nobody(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    edits: list[int] = []

    def elsewhere() -> None:
        text = f"Hello {len(edits)}"
        bot_and_wiki.ann.write("Village pump", text)
        bot_and_wiki.ann.write("Talk:Village pump", text)
        edits.append(requests(bot_and_wiki))

    watch(runner, *[nothing] * 30, elsewhere, elsewhere)
    assert edits[1] - edits[0] == 2  # the news, and whether a page calls a template


@pytest.mark.parametrize("title", ["Elsewhere", "Event:New"])
def test_watch_when_an_unknown_page_calls_our_template_then_is_found(
    runner: BotRunner, bot_and_wiki: BotAndWiki, title: str
) -> None:
    found: list[object] = []
    watch(
        runner,
        lambda: bot_and_wiki.event(title, start="2026-12-05 10:00"),
        lambda: found.append(bot_and_wiki.store.records.find(title)),
    )
    assert found[0] is not None


def test_watch_when_a_page_is_deleted_then_nobody_sees_it_at_the_next_look(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    seen: list[list[str]] = []
    watch(
        runner,
        lambda: bot_and_wiki.admin.delete(WALK),
        lambda: seen.append(stored(bot_and_wiki)),
    )
    assert seen == [[]]


def test_watch_when_stopped_on_the_wiki_then_goes_on_once_it_may(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    seen: list[list[str]] = []
    title = "User:SpaceBot/run/watch"

    def approve() -> None:
        revid = bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 20:00")
        bot_and_wiki.approve(WALK, revid)

    def look() -> None:
        seen.append(stored(bot_and_wiki))

    watch(
        runner,
        lambda: bot_and_wiki.ann.write(title, "please wait"),
        approve,
        look,
        lambda: bot_and_wiki.ann.write(title, "on"),
        look,
    )
    assert seen == [["Accra"], ["Lagos"]]


def test_watch_when_the_wiki_is_away_then_goes_on_when_it_is_back(
    runner: BotRunner, bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def away(*_: object) -> Iterator[object]:
        raise WikiUnavailableError("away")

    def leave() -> None:
        revid = bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 20:00")
        bot_and_wiki.approve(WALK, revid)
        monkeypatch.setattr(bot_and_wiki.bot, "news", away, raising=False)

    def look() -> None:
        seen.append(stored(bot_and_wiki))

    def come_back() -> None:
        look()
        monkeypatch.undo()

    watch(runner, leave, come_back, look)
    assert seen == [["Accra"], ["Lagos"]]


def test_watch_when_another_run_is_going_on_then_waits_for_its_end(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    seen: list[list[str]] = []
    others: list[str] = ["a run"]

    @contextmanager
    def lease() -> Iterator[bool]:
        if others:
            raise AlreadyRunningError("another run is going on")
        yield True

    def look() -> None:
        seen.append(stored(bot_and_wiki))

    def end() -> None:
        look()
        others.clear()

    watch(runner, end, look, lease=lease)
    assert seen == [[], ["Accra"]]


@pytest.mark.parametrize(("minutes", "ends"), [(0.5, False), (90, True)])
def test_watch_when_the_clock_is_set_back_then_ends_to_be_started_again(
    runner: BotRunner,
    bot_and_wiki: BotAndWiki,
    caplog: pytest.LogCaptureFixture,
    minutes: float,
    ends: bool,  # noqa: FBT001
) -> None:
    ahead = [timedelta(minutes=minutes)]
    looks: list[int] = []

    def clock() -> datetime:
        return bot_and_wiki.admin.state.now + ahead[0]

    def set_back() -> None:
        ahead[0] = timedelta()

    look = partial(looks.append, 1)
    watch(runner, nothing, set_back, look, look, clock=clock)
    assert len(looks) == (0 if ends else 2)
    assert ("the clock was set back" in caplog.text) is ends


def test_watch_when_something_happened_then_looks_more_often_for_a_while(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    times: list[float] = []

    def note() -> None:
        times.append(bot_and_wiki.admin.state.now.timestamp())

    def edit() -> None:
        note()
        bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 20:00")

    watch(runner, *[nothing] * 30, note, edit, *[note] * 40)
    pauses = [after - before for before, after in pairwise(times)]
    busy = int(BUSY_FOR.total_seconds() / BUSY)
    assert pauses == [QUIET, *[BUSY] * busy, *[QUIET] * (40 - busy)]


def test_watch_when_a_day_begins_then_says_what_the_comparison_healed(
    runner: BotRunner,
    bot_and_wiki: BotAndWiki,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    revids: list[int] = []

    def edit() -> None:
        text = {"city": "Lagos", "topics": "Maps", "start": "2026-12-05 20:00"}
        revids.append(bot_and_wiki.event(WALK, **text))

    def approve_unseen() -> None:
        monkeypatch.setattr(bot_and_wiki.bot, "news", lambda _: iter(()))
        monkeypatch.setattr(bot_and_wiki.bot, "changes", lambda _: iter(()))
        bot_and_wiki.approve(WALK, revids[0])

    def next_day() -> None:
        assert stored(bot_and_wiki) == ["Accra"]
        bot_and_wiki.admin.advance(days=1)

    wait = [nothing] * 30
    watch(runner, edit, *wait, approve_unseen, *wait, next_day, nothing)
    assert stored(bot_and_wiki) == ["Lagos"]
    healed = {row for row in caplog.messages if row.startswith("healed: ")}
    assert {"healed: User:SpaceBot/Space/Ledger/0.json", f"healed: {DATA}"} <= healed


def test_watch_when_other_pages_are_written_then_news_do_not_wait_for_them(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    seen: list[tuple[int, int]] = []

    def edit_all() -> None:
        for month in range(1, 10):
            title = f"{WALK} {month}"
            start = f"2027-0{month}-05 10:00"
            revid = bot_and_wiki.event(title, city="Accra", start=start)
            bot_and_wiki.approve(title, revid)

    def count() -> None:
        written = sum(
            bot_and_wiki.admin.state.page(f"{DATA[:-12]}2027-0{month}.json") is not None
            for month in range(1, 10)
        )
        seen.append((written, len(stored(bot_and_wiki))))

    watch(runner, *[nothing] * 30, edit_all, *[count] * 30)
    assert seen[:4] == [(1 + AT_ONCE * look, 10) for look in range(4)]
    assert seen[-1] == (9, 10)


def test_watch_when_another_run_was_between_then_everything_is_looked_at(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    alone = [True]
    asked: list[int] = []

    @contextmanager
    def lease() -> Iterator[bool]:
        yield alone[0]

    def count() -> None:
        asked.append(requests(bot_and_wiki))

    def edit() -> None:
        count()
        bot_and_wiki.event(WALK, text=f"Text {len(asked)}", start="2026-12-05 10:00")

    def others() -> None:
        edit()
        alone[0] = False

    wait = [nothing] * 30
    watch(runner, *wait, edit, count, *wait, others, count, lease=lease)
    assert asked[3] - asked[2] > 2 * (asked[1] - asked[0])


def test_watch_when_a_run_took_over_then_begins_again_without_an_edit(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    lost: list[str] = []
    latest: list[int] = []

    def may_go_on() -> None:
        latest.append(bot_and_wiki.admin.state.next_revision)
        if lost:
            raise AlreadyRunningError("another run has taken over")

    def approve() -> None:
        lost.append("now")
        revid = bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 10:00")
        bot_and_wiki.approve(WALK, revid)
        latest.clear()

    def come_back() -> None:
        assert set(latest) == {bot_and_wiki.admin.state.next_revision}
        lost.clear()

    seen: list[list[str]] = []
    wait = [nothing] * 20
    steps = (
        *wait,
        approve,
        come_back,
        *wait,
        lambda: seen.append(stored(bot_and_wiki)),
    )
    watch(runner, *steps, may_go_on=may_go_on)
    assert seen == [["Lagos"]]


def test_watch_when_the_wiki_is_away_then_says_how_far_it_is_behind(
    runner: BotRunner, bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    lags: list[timedelta | None] = []

    def beats() -> None:
        lags.extend(
            beat.lag for beat in heartbeats(bot_and_wiki.store) if beat.task == "watch"
        )

    def fail(*_: object, **__: object) -> None:
        raise WikiUnavailableError("no answer")

    def leave() -> None:
        beats()
        bot_and_wiki.event(WALK, city="Lagos", start="2026-12-05 10:00")
        monkeypatch.setattr(type(bot_and_wiki.bot), "news", fail)

    watch(runner, nothing, leave, *[nothing] * 20, beats)
    assert lags[0] == timedelta()
    assert lags[1] is not None
    assert lags[1] > timedelta(minutes=1)


def test_watch_when_the_wiki_is_away_for_an_hour_then_asks_once_a_minute_and_says_so(
    runner: BotRunner, bot_and_wiki: BotAndWiki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bots")
    looks = 0

    def leave() -> None:
        bot_and_wiki.bot.fail_after = 0
        bot_and_wiki.event("Space/Events/New", start="2026-12-06 10:00")
        hour_over.append(bot_and_wiki.admin.state.now + timedelta(hours=1))

    def away() -> None:
        nonlocal looks
        if bot_and_wiki.admin.state.now < hour_over[0]:
            looks += 1
        else:
            bot_and_wiki.bot.fail_after = None

    hour_over: list[datetime] = []
    watch(runner, *[nothing] * 30, leave, *[away] * 90)
    assert 55 <= looks <= 65
    assert bot_and_wiki.state("Space/Events/New") == "waiting"
    assert caplog.text.count("the wiki does not answer") == 1
    assert re.search(r"the same \d+ times more", caplog.text)


def test_watch_when_the_bot_is_blocked_then_tries_an_edit_in_ten_minutes_until_it_may(
    runner: BotRunner, bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[datetime] = []
    save = bot_and_wiki.bot.save

    def counted(edit: Edit) -> Outcome:
        outcome = save(edit)
        if isinstance(outcome, Blocked):
            tried.append(bot_and_wiki.admin.state.now)
        return outcome

    def change() -> None:
        text = f"Again: {bot_and_wiki.admin.state.next_revision}"
        revid = bot_and_wiki.event("Space/Events/New", text, start="2026-12-06 10:00")
        bot_and_wiki.approve("Space/Events/New", revid)

    monkeypatch.setattr(bot_and_wiki.bot, "save", counted)
    minutes = [change, *[nothing] * 11]  # five seconds each, as there are news
    watch(
        runner,
        *[nothing] * 30,
        lambda: bot_and_wiki.admin.block("SpaceBot", "Loops"),
        *minutes * 31,
        lambda: bot_and_wiki.admin.unblock("SpaceBot"),
        *[nothing] * 60,
    )
    assert len(tried) == 5  # one after news, and one with each run of all tasks
    assert bot_and_wiki.state("Space/Events/New") == "published"
    assert "New" in bot_and_wiki.admin.state.page(DATA).latest.text


def test_watch_when_bots_with_another_database_edit_then_says_so_and_looks_on(
    runner: BotRunner, bot_and_wiki: BotAndWiki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bots")
    is_other = True

    def hold() -> None:
        if is_other:
            raise OtherDatabaseError("another installation")

    def end() -> None:
        nonlocal is_other
        is_other = False

    watch(runner, *[nothing] * 5, end, *[nothing] * 20, may_go_on=hold)
    assert caplog.text.count("problem: another installation") == 1
    assert bot_and_wiki.admin.state.page(DATA)


def test_watch_when_the_settings_name_another_bot_then_ends_and_edits_no_more(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    before = 0

    def hand_over() -> None:
        nonlocal before
        bot_and_wiki.admin.write(
            settings_title("Space"), "{{Space settings|bot=OtherBot}}"
        )
        before = bot_and_wiki.admin.state.next_revision

    with pytest.raises(ConfigurationError, match="OtherBot"):
        watch(runner, hand_over, *[nothing] * 5)
    assert bot_and_wiki.admin.state.next_revision == before
