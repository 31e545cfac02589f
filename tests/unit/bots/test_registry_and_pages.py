"""Event pages and registered events that are one event, or may be."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bots.job import Job
from bots.tasks import run as regular
from sandbox.gateway.registrations import registration
from space.feeds.fragments import ICS
from space.publication.registered import ALIKE, DIFFERS, FIRST_ID
from space.review.queue import Section
from space.schema.problems import Problem
from space.store.keys import CLAIMED, DOUBLES, PAGE_REGISTRATIONS
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki, event
from tests.support.wiki.registrations import RegisteringWiki

WHEN = {
    "name": "Women of Berlin",
    "event_page_wiki": "testwiki",
    "start_time": "20270306100000",
    "end_time": "20270306120000",
    "timezone": "Europe/Berlin",
    "meeting_country_code": "DE",
    "inperson_meeting": True,
    "online_meeting": False,
}
OURS = {
    "title": "Women of Berlin",
    "start": "2027-03-06 10:00",
    "end": "2027-03-06 12:00",
    "timezone": "Europe/Berlin",
    "country": "DE",
}
PAGE, OTHER = "Space/Events/Women", "Space/Events/Tea"
LINK = "https://wiki.test/wiki/Special:RegisterForEvent/{}"


@pytest.fixture
def registered(bot_and_wiki: BotAndWiki, runner: BotRunner) -> BotRunner:
    """A wiki that lists registered events: 1, which is our page's event, and 2."""
    other = {**WHEN, "name": "Tea", "start_time": "20270309100000"}
    other["end_time"] = "20270309120000"
    registering = RegisteringWiki(
        {1: registration(1, **WHEN), 2: registration(2, **other)}
    )
    runner.ask_source = registering.ask
    runner.settings = replace(runner.settings, registry="marked")
    page = "{{Space settings|registry=marked}}"
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", page)
    publish(bot_and_wiki, PAGE)
    runner.run("registry")
    runner.run("sync")
    return runner


def publish(bot_and_wiki: BotAndWiki, page: str, **values: str) -> None:
    text = event(**{**OURS, **values})
    bot_and_wiki.approve(page, bot_and_wiki.ann.write(page, text).revid)


def decide(bot_and_wiki: BotAndWiki, *lines: str, by: str = "Pavati") -> None:
    groups = ("patroller",) if by == "Pavati" else ()
    calls = (f"{{{{Space registration|{line}}}}}" for line in lines)
    text = "\n".join([*calls, f"These are the decisions of {by}."])
    bot_and_wiki.admin.as_user(by, *groups).write("Space/Registrations", text)


def listed(bot_and_wiki: BotAndWiki) -> set[int]:
    """The numbers of the registered events that stand for themselves."""
    records = bot_and_wiki.store.records.registered()
    return {record.page_id - FIRST_ID for record in records if record.publication}


def problems(bot_and_wiki: BotAndWiki, code: str) -> dict[str, tuple[Problem, ...]]:
    found = {
        record.page_title: tuple(p for p in record.problems if p.code == code)
        for record in bot_and_wiki.store.records.all()
    }
    return {title: told for title, told in found.items() if told}


def page_id(bot_and_wiki: BotAndWiki, title: str = PAGE) -> int:
    record = bot_and_wiki.store.records.find(title)
    assert record
    return record.page_id


def test_page_that_looks_like_a_registered_event_is_in_the_queue_until_it_is_decided(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    told = problems(bot_and_wiki, ALIKE)
    assert {title: p.params for title, [p] in told.items()} == {
        PAGE: ("Women of Berlin", "1", str(FIRST_ID + 1))
    }
    [row] = bot_and_wiki.store.queue.rows()
    assert (row.title, row.section, row.waits) == (PAGE, Section.REGISTERED, False)
    assert listed(bot_and_wiki) == {1, 2}

    decide(bot_and_wiki, f"1|same as={page_id(bot_and_wiki)}", by="Mallory")
    registered.run("sync")
    assert listed(bot_and_wiki) == {1, 2}

    decide(bot_and_wiki, f"1|same as={page_id(bot_and_wiki)}")
    registered.run("sync")
    assert listed(bot_and_wiki) == {2}
    assert not problems(bot_and_wiki, ALIKE)
    assert not bot_and_wiki.store.queue.rows()
    known = bot_and_wiki.store.value(PAGE_REGISTRATIONS)
    assert known == {str(page_id(bot_and_wiki)): "Special:RegisterForEvent/1"}

    before = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    registered.run("sync")
    assert bot_and_wiki.dump() == before


def test_page_when_the_event_that_it_looks_like_is_over_is_not_asked_about(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    publish(bot_and_wiki, PAGE, end="2027-12-24 12:00")
    registered.run("sync")
    assert problems(bot_and_wiki, ALIKE)

    bot_and_wiki.admin.state.now = datetime(2027, 3, 10, 12, tzinfo=UTC)
    registered.run("sync")
    assert not problems(bot_and_wiki, ALIKE)
    assert not bot_and_wiki.store.queue.rows()


def test_decisions_when_wrong_are_told_to_those_who_make_them(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    decide(bot_and_wiki, "1|aprove", "99|hide", "2|same as=Space/Events/Later")
    report = registered.run("sync")

    assert report.problems == ()
    told = "\n".join(report.remarks)
    for words in (
        "Space/Registrations, line 1: decision: “aprove” is not one of the choices",
        "Space/Registrations: No event with the number 99 is known.",
        "Space/Registrations: Number 2 is said to be the same event as “Space/Events/L",
    ):
        assert words in told
    assert len(bot_and_wiki.store.ruling_lines()) == 1

    publish(bot_and_wiki, "Space/Events/Later")
    decide(bot_and_wiki, "1|approve", "2|same as=Space/Events/Later")
    registered.run("sync")
    assert bot_and_wiki.store.ruling_lines() == ()

    decide(bot_and_wiki, "99|hide")
    registered.run("sync")
    assert bot_and_wiki.store.ruling_lines()
    page = "{{Space settings|registry=off}}"
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", page)
    registered.settings = replace(registered.settings, registry="off")
    registered.run("sync")
    assert bot_and_wiki.store.ruling_lines() == ()


def test_registered_event_when_it_is_the_same_as_another_is_listed_once(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    for line, numbers, is_told in (
        ("1|same as=no", {1, 2}, False),
        (f"1|same as={PAGE}", {2}, False),
        ("1|same as=Space/Events/Nowhere", {1, 2}, True),
        (f"1|same as={FIRST_ID + 1}", {1, 2}, True),
        (f"2|same as={FIRST_ID + 1}", {1}, True),
        (f"1|hide|same as={PAGE}", {2}, False),
    ):
        decide(bot_and_wiki, line)
        registered.run("sync")
        assert listed(bot_and_wiki) == numbers, line
        assert bool(problems(bot_and_wiki, ALIKE)) is is_told, line


def test_registered_events_when_each_is_said_to_be_the_other_are_listed_once(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    decide(bot_and_wiki, f"1|same as={FIRST_ID + 2}", f"2|same as={FIRST_ID + 1}")
    registered.run("sync")

    assert listed(bot_and_wiki) == {2}
    assert bot_and_wiki.store.value(DOUBLES) == {"1": 2}
    decide(bot_and_wiki, "3|approve")
    registered.run("sync")
    assert bot_and_wiki.store.value(DOUBLES) == {}


def test_registered_event_when_the_same_as_one_that_is_a_page_is_that_page(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    decide(bot_and_wiki, f"1|same as={PAGE}", f"2|same as={FIRST_ID + 1}")
    registered.run("sync")

    assert listed(bot_and_wiki) == set()


def test_registered_events_when_their_organizer_is_hidden_leave_after_the_next_night(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    decide(bot_and_wiki, "organizer=User:Olu", "2|approve")
    registered.run("sync")
    assert listed(bot_and_wiki) == {1, 2}

    registered.run("registry")
    registered.run("sync")
    assert listed(bot_and_wiki) == {2}

    decide(bot_and_wiki, "organizer=Olu|decision=approve")
    registered.run("sync")
    assert listed(bot_and_wiki) == {1, 2}


def test_registered_event_when_hidden_is_struck_out_in_calendars_and_may_come_back(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    before = calendar_of(bot_and_wiki, 1)
    decide(bot_and_wiki, "1|hide")
    for task in ("sync", "registry", "sync"):
        registered.run(task)
    hidden = calendar_of(bot_and_wiki, 1)

    assert "STATUS:CANCELLED" in hidden
    assert "Women" not in hidden
    assert listed(bot_and_wiki) == {2}
    dump = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    registered.run("sync")
    assert calendar_of(bot_and_wiki, 1) == hidden
    assert bot_and_wiki.dump().keys() == dump.keys()

    decide(bot_and_wiki, "1|approve")
    for task in ("registry", "sync"):
        registered.run(task)
    back = calendar_of(bot_and_wiki, 1)
    assert "Women" in back
    assert sequence(before) < sequence(hidden) < sequence(back)


def test_registered_event_when_hidden_before_anybody_saw_it_is_in_no_calendar(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    decide(bot_and_wiki, "3|hide")
    registering = RegisteringWiki({3: registration(3, **WHEN)})
    registered.ask_source = registering.ask
    for task in ("registry", "sync", "registry", "sync"):
        registered.run(task)

    assert bot_and_wiki.store.feeds.fragment(ICS, FIRST_ID + 3) is None


def calendar_of(bot_and_wiki: BotAndWiki, number: int) -> str:
    text = bot_and_wiki.store.feeds.fragment(ICS, FIRST_ID + number)
    assert text
    return text


def sequence(vevent: str) -> int:
    return int(vevent.partition("SEQUENCE:")[2].split()[0])


@pytest.fixture
def watching(registered: BotRunner) -> Job:
    """A process that has read everything, and reads single pages from then on."""
    job = registered.job("run")
    regular.parts_of(job)["sync"].perform(regular.TASKS["sync"])
    return job


def test_page_when_edited_to_name_a_registration_is_one_entry_with_it_at_once(
    bot_and_wiki: BotAndWiki, registered: BotRunner, watching: Job
) -> None:
    link = {"registration link": LINK.format(1), "start": "2027-03-06 11:00"}
    publish(bot_and_wiki, PAGE, **link)
    watching.store.take_touched()
    regular.read_news(watching.again(), [PAGE])

    assert listed(bot_and_wiki) == {2}
    assert watching.store.touched == {page_id(bot_and_wiki), FIRST_ID + 1}
    assert list(problems(bot_and_wiki, DIFFERS)) == [PAGE]
    assert not problems(bot_and_wiki, ALIKE)
    [row] = bot_and_wiki.store.queue.rows()
    assert (row.title, row.section) == (PAGE, Section.REGISTERED)

    publish(bot_and_wiki, PAGE, **{"registration link": LINK.format(2)})
    regular.read_news(watching.again(), [PAGE])
    assert listed(bot_and_wiki) == {1}
    assert list(problems(bot_and_wiki, ALIKE)) == [PAGE]

    assert_as_a_full_sync_has_it(bot_and_wiki, registered)
    bot_and_wiki.admin.delete(PAGE)
    regular.read_news(watching.again(), [PAGE])
    assert listed(bot_and_wiki) == {1, 2}
    assert bot_and_wiki.store.value(CLAIMED) == {}
    assert_as_a_full_sync_has_it(bot_and_wiki, registered)


def test_pages_when_edited_keep_what_their_registrations_say(
    bot_and_wiki: BotAndWiki, registered: BotRunner, watching: Job
) -> None:
    publish(bot_and_wiki, OTHER, title="Berlin, women of")
    regular.read_news(watching.again(), [OTHER])
    assert set(problems(bot_and_wiki, ALIKE)) == {PAGE, OTHER}

    publish(bot_and_wiki, PAGE, **{"registration link": LINK.format(1)})
    publish(bot_and_wiki, OTHER, **{"registration link": LINK.format(1)})
    regular.read_news(watching.again(), [OTHER, PAGE])
    assert listed(bot_and_wiki) == {2}
    assert not problems(bot_and_wiki, ALIKE)
    assert bot_and_wiki.store.value(CLAIMED) == {"1": page_id(bot_and_wiki)}
    assert_as_a_full_sync_has_it(bot_and_wiki, registered)


def assert_as_a_full_sync_has_it(
    bot_and_wiki: BotAndWiki, registered: BotRunner
) -> None:
    before = indexed(bot_and_wiki)
    registered.run("sync", full=True)
    assert indexed(bot_and_wiki) == before


def indexed(bot_and_wiki: BotAndWiki) -> tuple[object, ...]:
    """All that is stored but the figures, which only a full sync makes."""
    dump = bot_and_wiki.dump()
    tables = {name: dump[name] for name in dump if "statistics" not in name}
    return tables, bot_and_wiki.store.value(CLAIMED)
