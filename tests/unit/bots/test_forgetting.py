"""Pages of events from elsewhere do not grow for ever, and no number returns."""

import json
from collections.abc import Iterator, Sequence

import pytest

from bots.report import Did, ExitCode
from sandbox.gateway.registrations import registration
from space.errors import WikiUnavailableError
from space.publication.registered import FIRST_CALENDAR_ID, FIRST_ID
from space.settings.onwiki import Settings
from space.sources.source import SourceAnswer
from tests.support.bots import registered_texts
from tests.support.bots.calendar_server import FEED, CalendarServer, serving_calendars
from tests.support.bots.registered_texts import pages
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki
from tests.support.wiki.registrations import RegisteringWiki

FOLDER = "User:SpaceBot/Space/Registry/"
PAGE, GIVEN = f"{FOLDER}2000000.json", f"{FOLDER}Given.json"
SETTINGS = (
    "{{Space settings|registry=marked|write interval=0}}\n"
    f"{{{{Space calendar source|{FEED}|Wikimedia Aotearoa|country=NZ}}}}"
)
FIRST = FIRST_CALENDAR_ID + 1


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with serving_calendars() as server:
        yield server


@pytest.fixture
def registering() -> RegisteringWiki:
    return RegisteringWiki({})


@pytest.fixture
def runner(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> BotRunner:
    runner.ask_source = registering.ask
    runner.fetch_calendar = server.reader().fetch
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", SETTINGS)
    runner.settings = Settings.of(SETTINGS)
    return runner


def away(path: str) -> SourceAnswer:
    """A source that does not answer."""
    raise WikiUnavailableError(path)


def serve(server: CalendarServer, *names: str, year: int = 2027) -> None:
    """Have the calendar announce these events, and no others."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{name}\r\nSUMMARY:{name}\r\n"
        f"DTSTART:{year}0306T{10 + number}0000Z\r\nEND:VEVENT\r\n"
        for number, name in enumerate(names)
    )
    server.put(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode())


def read(bot_and_wiki: BotAndWiki, runner: BotRunner, days: float = 0) -> None:
    """Some days later, have everything read."""
    bot_and_wiki.admin.advance(days=days)
    assert runner.run("registry").exit_code is ExitCode.FINE
    runner.run("run")


def known(bot_and_wiki: BotAndWiki) -> list[int]:
    """The ids of the events on the bot's page."""
    rows = json.loads(pages(bot_and_wiki)[PAGE])["events"]
    return [FIRST_ID + row["id"] for row in rows]


def shown(bot_and_wiki: BotAndWiki) -> dict[int, str]:
    return registered_texts.events(bot_and_wiki, FIRST_CALENDAR_ID)


def test_event_when_it_is_gone_and_told_of_is_forgotten_and_its_number_stays_its(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    serve(server, "Tea", "Trains")
    read(bot_and_wiki, runner)
    serve(server)
    for _ in range(2):
        read(bot_and_wiki, runner, days=1)
    gone = shown(bot_and_wiki)
    assert [text.count("STATUS:CANCELLED") for text in gone.values()] == [1, 1]

    read(bot_and_wiki, runner, days=170)

    assert known(bot_and_wiki) == [FIRST + 1]
    serve(server, "Tea", "Hui", year=2028)
    read(bot_and_wiki, runner)
    assert known(bot_and_wiki) == [FIRST + 2, FIRST + 3]
    assert "SUMMARY:Tea" in shown(bot_and_wiki)[FIRST + 2]
    assert json.loads(pages(bot_and_wiki)[GIVEN])["number"] == FIRST + 3 - FIRST_ID


def test_events_when_forgotten_are_forgotten_by_a_store_made_anew_as_well(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    serve(server, "Tea", "Trains")
    read(bot_and_wiki, runner)
    read(bot_and_wiki, runner, days=98)
    assert len(shown(bot_and_wiki)) == 2
    read(bot_and_wiki, runner, days=750)
    assert known(bot_and_wiki) == list(shown(bot_and_wiki)) == [FIRST + 1]
    before = bot_and_wiki.dump(), pages(bot_and_wiki)

    report = runner.run("registry")
    bot_and_wiki.drop_store()
    runner.run("run")

    assert not [page for page in report.pages if page.did is Did.WRITTEN]
    assert (bot_and_wiki.dump(), pages(bot_and_wiki)) == before


@pytest.mark.parametrize("deleted", [[PAGE], [GIVEN], [f"{FOLDER}0.json", PAGE]])
def test_numbers_when_an_administrator_deletes_a_page_are_not_given_again(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
    deleted: list[str],
) -> None:
    registering.events[1] = registration(1, event_page_wiki="testwiki")
    serve(server, "Tea", "Trains")
    read(bot_and_wiki, runner)
    first = shown(bot_and_wiki)
    for title in deleted:
        bot_and_wiki.admin.as_user("Root", "sysop").delete(title)
    serve(server, "Hui")

    read(bot_and_wiki, runner)

    after = shown(bot_and_wiki)
    (hui,) = (number for number, text in after.items() if "SUMMARY:Hui" in text)
    assert hui not in first
    assert json.loads(pages(bot_and_wiki)[GIVEN])["number"] == hui - FIRST_ID


def test_event_when_reviewers_hide_it_stays_hidden_however_long_it_was_gone(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    serve(server, "Spam", "Tea")
    read(bot_and_wiki, runner)
    line = f"{{{{Space registration|{FIRST}|hide}}}}"
    bot_and_wiki.admin.as_user("Pavati", "patroller").write("Space/Registrations", line)
    serve(server, "Tea")
    for days in (1, 1, 300):
        read(bot_and_wiki, runner, days)
    serve(server, "Spam", "Tea", year=2028)

    read(bot_and_wiki, runner)

    assert not [text for text in shown(bot_and_wiki).values() if "Spam" in text]


def test_registrations_when_long_over_leave_an_empty_page_and_nobody_is_asked_again(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> None:
    when = {"start_time": "20270306100000", "end_time": "20270306120000"}
    for number in (1, 110):
        registering.events[number] = registration(
            number, event_page_wiki="testwiki", **when
        )
    serve(server)
    read(bot_and_wiki, runner)
    read(bot_and_wiki, runner, days=900)

    texts = pages(bot_and_wiki)
    assert json.loads(texts[f"{FOLDER}0.json"])["events"] == []
    assert [row["id"] for row in json.loads(texts[f"{FOLDER}1.json"])["events"]] == [
        110
    ]
    registering.asked.clear()
    report = runner.run("registry")
    assert not [page for page in report.pages if page.did is Did.WRITTEN]
    assert registering.asked.keys().isdisjoint({1, 110})


def read_and_deleted(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
    known: Sequence[int],
) -> dict[str, str]:
    """The bot's pages of some registrations, before the second of them is deleted."""
    for number in known:
        registering.events[number] = registration(number, event_page_wiki="testwiki")
    serve(server)
    read(bot_and_wiki, runner)
    before = pages(bot_and_wiki)
    bot_and_wiki.admin.as_user("Root", "sysop").delete(f"{FOLDER}1.json")
    return before


def test_registrations_when_an_administrator_deletes_their_page_are_read_again(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> None:
    known = 1, 110, 230, 340
    before = read_and_deleted(bot_and_wiki, runner, server, registering, known)
    ask, runner.ask_source = runner.ask_source, away

    assert runner.run("registry").exit_code is ExitCode.TRY_LATER
    assert f"{FOLDER}1.json" not in pages(bot_and_wiki)
    runner.ask_source = ask
    registering.asked.clear()
    read(bot_and_wiki, runner)

    after = pages(bot_and_wiki)
    (row,) = json.loads(after[f"{FOLDER}1.json"])["events"]
    assert (row["id"], row["title"]) == (110, "Registered event 110")
    assert after[f"{FOLDER}0.json"] == before[f"{FOLDER}0.json"]
    assert set(range(100, 200)) <= registering.asked.keys()
    registering.asked.clear()
    runner.run("registry")
    assert registering.asked.keys().isdisjoint(range(111, 200))


def test_registrations_of_a_deleted_page_when_some_cannot_be_read_are_all_read_later(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> None:
    known = 1, 110, 150, 230
    before = read_and_deleted(bot_and_wiki, runner, server, registering, known)
    ask = runner.ask_source
    runner.ask_source = lambda path: (away if path.endswith("/130") else ask)(path)

    assert runner.run("registry").exit_code is ExitCode.TRY_LATER
    runner.ask_source = ask
    read(bot_and_wiki, runner)

    rows = json.loads(pages(bot_and_wiki)[f"{FOLDER}1.json"])["events"]
    assert len(rows) == len(json.loads(before[f"{FOLDER}1.json"])["events"])


def test_registrations_when_a_hundred_are_missing_are_asked_for_once(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> None:
    for number in (90, 205):
        registering.events[number] = registration(number, event_page_wiki="testwiki")
    serve(server)
    read(bot_and_wiki, runner)
    registering.asked.clear()

    report = runner.run("registry")

    assert json.loads(pages(bot_and_wiki)[f"{FOLDER}1.json"])["events"] == []
    assert registering.asked.keys().isdisjoint(range(91, 205))
    assert not [page for page in report.pages if page.did is Did.WRITTEN]
