"""Registered events: what the bot writes of them, and what the store makes of that."""

import json
from dataclasses import replace

import pytest

from bots.report import Did, ExitCode
from sandbox.gateway.registrations import registration
from space.errors import WikiUnavailableError
from space.publication.registered import FIRST_ID
from space.sources.source import SourceAnswer
from space.store.keys import PAGE_REGISTRATIONS
from tests.support.bots.registered_texts import events, pages
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki
from tests.support.wiki.registrations import RegisteringWiki

PAGES = "User:SpaceBot/Space/Registry/"
WHEN = {
    "event_page_wiki": "testwiki",
    "start_time": "20270306100000",
    "end_time": "20270306120000",
}
SECRETS = {
    "meeting_url": "https://meet.example.org/secret",
    "chat_url": "https://chat.example.org/secret",
    "meeting_address": "17 Hidden Lane",
    "questions": [4711],
}


@pytest.fixture
def registering() -> RegisteringWiki:
    numbers = (1, 2, 110)
    return RegisteringWiki({n: registration(n, **WHEN, **SECRETS) for n in numbers})


@pytest.fixture
def runner(runner: BotRunner, registering: RegisteringWiki) -> BotRunner:
    """A bot of a wiki whose community wants registered events."""
    runner.ask_source = registering.ask
    runner.settings = replace(runner.settings, registry="marked")
    return runner


def read(runner: BotRunner) -> None:
    runner.run("registry")
    runner.run("run")


def test_registry_when_the_settings_do_not_want_it_asks_nobody_and_changes_nothing(
    bot_and_wiki: BotAndWiki, runner: BotRunner, registering: RegisteringWiki
) -> None:
    runner.settings = replace(runner.settings, registry="off")
    bot_and_wiki.publish("Space/Events/Hui")
    runner.run("run")
    before = pages(bot_and_wiki), bot_and_wiki.dump()

    report = runner.run("registry")
    runner.run("run")

    assert report.exit_code is ExitCode.FINE
    assert not registering.asked
    assert (pages(bot_and_wiki), bot_and_wiki.dump()) == before


def test_registry_when_read_writes_pages_of_a_hundred_and_then_nothing_more(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    report = runner.run("registry")

    assert [page.title for page in report.pages if page.did is Did.WRITTEN] == [
        f"{PAGES}0.json",
        f"{PAGES}1.json",
    ]
    rows = json.loads(pages(bot_and_wiki)[f"{PAGES}0.json"])["events"]
    assert [row["id"] for row in rows] == [1, 2]
    again = runner.run("registry")
    assert not [page for page in again.pages if page.did is Did.WRITTEN]
    assert again.exit_code is ExitCode.FINE


def test_registered_events_when_marked_stand_beside_those_of_pages_and_say_so(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.publish("Space/Events/Hui")
    read(runner)

    calendar = events(bot_and_wiki)
    assert set(calendar) == {FIRST_ID + n for n in (1, 2, 110)}
    text = calendar[FIRST_ID + 1]
    assert f"UID:{FIRST_ID + 1}@wiki.test" in text
    assert "SUMMARY:Registered event 1\r\n" in text
    assert "DESCRIPTION:Registered on wiki.test\\, not reviewed here." in text
    month = json.loads(pages(bot_and_wiki)["User:SpaceBot/Space/Events/2027-03.json"])
    told = {entry["id"]: entry.get("source") for entry in month["events"]}
    assert told == dict.fromkeys(calendar, "registered")


def test_registered_events_when_made_anew_from_the_bots_pages_are_the_same(
    bot_and_wiki: BotAndWiki, runner: BotRunner, registering: RegisteringWiki
) -> None:
    bot_and_wiki.publish("Space/Events/Hui")
    read(runner)
    registering.events[1] = None
    registering.events[2] = registration(2, name="Moved", **WHEN)
    read(runner)
    before = bot_and_wiki.dump(), pages(bot_and_wiki)
    registering.events.clear()

    bot_and_wiki.drop_store()
    runner.run("run")

    assert (bot_and_wiki.dump(), pages(bot_and_wiki)) == before
    assert "STATUS:CANCELLED" in events(bot_and_wiki)[FIRST_ID + 1]
    assert 'Registered event 1"' not in "".join(pages(bot_and_wiki).values())


def test_registered_events_when_the_settings_change_leave_every_list(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.publish("Space/Events/Hui")
    runner.settings = replace(runner.settings, registry="off")
    runner.run("run")
    before = bot_and_wiki.dump()
    runner.settings = replace(runner.settings, registry="marked")
    read(runner)
    runner.settings = replace(runner.settings, registry="off")

    runner.run("run")

    after = bot_and_wiki.dump()
    assert after.keys() == before.keys()
    assert [name for name in before if after[name] != before[name]] == []


def test_registered_events_when_told_anywhere_say_nothing_a_stranger_cannot_see(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    read(runner)

    everything = repr((pages(bot_and_wiki), bot_and_wiki.dump()))
    assert "Registered event 110" in everything
    for secret in ("secret", "Hidden Lane", "4711"):
        assert secret not in everything


def test_registered_event_when_its_page_is_no_record_is_not_taken_for_one(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    read(runner)
    bot_and_wiki.ann.write("Event:Registered event 1", "Plain words.")

    runner.run("run")
    runner.run("sync", full=True)

    assert set(events(bot_and_wiki)) == {FIRST_ID + n for n in (1, 2, 110)}
    assert bot_and_wiki.store.records.find("Event:Registered event 1") is None


def test_registry_when_the_wiki_stops_answering_keeps_what_it_read(
    bot_and_wiki: BotAndWiki, runner: BotRunner, registering: RegisteringWiki
) -> None:
    def ask(path: str) -> SourceAnswer:
        if path.endswith("/120"):
            raise WikiUnavailableError("busy")
        return registering.ask(path)

    registering.events[101] = registration(101, **WHEN)
    runner.ask_source = ask

    report = runner.run("registry")

    assert report.exit_code is ExitCode.TRY_LATER
    assert {f"{PAGES}0.json", f"{PAGES}1.json"} <= pages(bot_and_wiki).keys()
    runner.ask_source = registering.ask
    assert runner.run("registry").exit_code is ExitCode.FINE
    assert registering.asked[1] == 2


def test_registry_when_others_edit_its_pages_believes_its_own_text_alone(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    read(runner)
    before = events(bot_and_wiki)
    forged = {"schema": 1, "events": [{"id": 1, "title": "Buy this"}]}
    bot_and_wiki.admin.as_user("Root", "sysop").write(
        f"{PAGES}0.json", json.dumps(forged)
    )

    runner.run("run")

    assert events(bot_and_wiki) == before
    runner.run("registry")
    assert "Buy this" not in pages(bot_and_wiki)[f"{PAGES}0.json"]


DECISIONS = "Space/Registrations"


def decide(bot_and_wiki: BotAndWiki, *lines: str, by: str = "Pavati") -> None:
    groups = ("patroller",) if by == "Pavati" else ()
    text = "\n".join(f"{{{{Space registration|{line}}}}}" for line in lines)
    bot_and_wiki.admin.as_user(by, *groups).write(DECISIONS, text)


def policy(bot_and_wiki: BotAndWiki, runner: BotRunner, registry: str) -> None:
    """What administrators set."""
    page = f"{{{{Space settings|registry={registry}}}}}"
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", page)
    runner.settings = replace(runner.settings, registry=registry)


def test_registered_events_when_they_are_to_be_reviewed_wait_for_a_reviewer(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    policy(bot_and_wiki, runner, "reviewed")
    read(runner)
    assert events(bot_and_wiki) == {}

    decide(bot_and_wiki, "1|approve", "110|approve", by="Mallory")
    runner.run("run")
    assert events(bot_and_wiki) == {}
    assert bot_and_wiki.store.ruling_problems()

    decide(bot_and_wiki, "1|approve", f"{FIRST_ID + 2}|approve")
    runner.run("run")
    calendar = events(bot_and_wiki)
    assert set(calendar) == {FIRST_ID + 1, FIRST_ID + 2}
    assert "Registered on wiki.test." in calendar[FIRST_ID + 1]
    assert "not reviewed" not in calendar[FIRST_ID + 1]

    before = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    runner.run("run")
    assert bot_and_wiki.dump() == before


def test_registered_events_when_a_reviewer_hides_them_are_in_no_list(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    policy(bot_and_wiki, runner, "marked")
    read(runner)
    decide(bot_and_wiki, "1|hide", "page=Event:Registered event 2")
    runner.run("run")
    assert set(events(bot_and_wiki)) == {FIRST_ID + 110}
    month = pages(bot_and_wiki)["User:SpaceBot/Space/Events/2027-03.json"]
    assert [each["id"] for each in json.loads(month)["events"]] == [FIRST_ID + 110]

    decide(bot_and_wiki, "110|hide", by="Mallory")
    runner.run("run")
    assert set(events(bot_and_wiki)) == {FIRST_ID + 110}

    decide(bot_and_wiki, "2|approve", "page=Event:Registered event 2")
    runner.run("run")
    assert set(events(bot_and_wiki)) == {FIRST_ID + n for n in (1, 2, 110)}


SAME = {"start": "2027-03-06 10:00", "end": "2027-03-06 12:00"}
OURS = "Event:Registered event 1"


def problems(bot_and_wiki: BotAndWiki, title: str) -> list[tuple[str, ...]]:
    record = bot_and_wiki.store.records.find(title)
    assert record
    return [p.params for p in record.problems if p.code == "registration-differs"]


def test_event_when_it_has_a_page_and_a_registration_is_one_entry_with_our_times(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    times = {**SAME, "start": "2027-03-06 11:00", "timezone": "Europe/Berlin"}
    bot_and_wiki.approve(OURS, bot_and_wiki.event(OURS, **times))
    link = "https://wiki.test/wiki/Special:RegisterForEvent/110"
    linked = {**SAME, "timezone": "Asia/Tokyo", "registration link": link}
    bot_and_wiki.approve(
        "Space/Events/B", bot_and_wiki.event("Space/Events/B", **linked)
    )
    read(runner)

    assert set(events(bot_and_wiki)) == {FIRST_ID + 2}
    told = ("2027-03-06 10:00", "2027-03-06 12:00", "Europe/Berlin")
    assert problems(bot_and_wiki, OURS) == [told]
    assert problems(bot_and_wiki, "Space/Events/B") == []
    known = bot_and_wiki.store.value(PAGE_REGISTRATIONS)
    assert known
    assert set(known.values()) == {
        "Special:RegisterForEvent/1",
        "Special:RegisterForEvent/110",
    }

    before = bot_and_wiki.dump()
    runner.run("run")
    assert bot_and_wiki.dump() == before
    bot_and_wiki.drop_store()
    runner.run("run")
    assert bot_and_wiki.dump() == before

    mended = {**SAME, "timezone": "Europe/Berlin"}
    bot_and_wiki.approve(OURS, bot_and_wiki.event(OURS, **mended))
    runner.run("run")
    assert problems(bot_and_wiki, OURS) == []


def test_registration_when_it_moves_is_a_problem_of_its_page_until_nobody_asks(
    bot_and_wiki: BotAndWiki, runner: BotRunner, registering: RegisteringWiki
) -> None:
    mended = {**SAME, "timezone": "Europe/Berlin"}
    bot_and_wiki.approve(OURS, bot_and_wiki.event(OURS, **mended))
    read(runner)
    assert problems(bot_and_wiki, OURS) == []

    moved = {**WHEN, "end_time": "20270306130000", "status": "closed"}
    registering.events[1] = registration(1, **moved)
    read(runner)
    assert len(problems(bot_and_wiki, OURS)) == 1
    assert bot_and_wiki.store.value(PAGE_REGISTRATIONS)

    bot_and_wiki.admin.delete(OURS)
    runner.run("run")
    assert FIRST_ID + 1 in events(bot_and_wiki)

    bot_and_wiki.approve(OURS, bot_and_wiki.event(OURS, **mended))
    runner.run("run")
    assert len(problems(bot_and_wiki, OURS)) == 1
    runner.settings = replace(runner.settings, registry="off")
    runner.run("run")
    assert problems(bot_and_wiki, OURS) == []
    assert bot_and_wiki.store.value(PAGE_REGISTRATIONS) is None


@pytest.mark.parametrize("killed_at", [1, 2, 102, 140])
def test_registry_when_killed_at_a_request_is_made_good_by_the_next_run(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    registering: RegisteringWiki,
    killed_at: int,
) -> None:
    def ask(path: str) -> SourceAnswer:
        if path.endswith(f"/{killed_at}"):
            raise SystemExit
        return registering.ask(path)

    registering.events[101] = registration(101, **WHEN)
    runner.ask_source = ask
    with pytest.raises(SystemExit):
        runner.run("registry")
    runner.ask_source = registering.ask

    assert runner.run("registry").exit_code is ExitCode.FINE

    texts = pages(bot_and_wiki)
    numbers = [
        entry["id"]
        for title in (f"{PAGES}0.json", f"{PAGES}1.json")
        for entry in json.loads(texts[title])["events"]
    ]
    assert numbers == [1, 2, 101, 110]
