"""Events of public calendars: from a server to what readers see."""

import gzip
import json
from collections.abc import Iterator

import pytest

from bots.report import Did, ExitCode
from sandbox.gateway.registrations import registration
from space.publication.registered import FIRST_CALENDAR_ID, FIRST_ID
from space.settings.onwiki import Settings
from space.sources import ics_calendar
from space.sources.ics_calendar import CalendarAnswer, CalendarState
from space.store.keys import CALENDARS
from tests.support.bots import registered_texts
from tests.support.bots.calendar_server import (
    CALENDAR,
    FEED,
    HOST,
    Answer,
    CalendarServer,
    serving_calendars,
)
from tests.support.bots.registered_texts import pages
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki
from tests.support.wiki.registrations import RegisteringWiki

PAGE = "User:SpaceBot/Space/Registry/2000000.json"
REGISTERED = "User:SpaceBot/Space/Registry/0.json"
WHEN = {"start_time": "20270306100000", "end_time": "20270306120000"}
TEA, TRAINS = FIRST_CALENDAR_ID + 1, FIRST_CALENDAR_ID + 2
SETTINGS = (
    "{{{{Space settings|registry={registry}|write interval=0}}}}\n"
    f"{{{{{{{{Space calendar source|{FEED}|Wikimedia Aotearoa|country=NZ}}}}}}}}"
)


def vevent(name: str, *lines: str, day: int = 6) -> str:
    start = f"DTSTART;TZID=Europe/Berlin:202703{day:02}T100000"
    own = [f"UID:{name}@example.org", f"SUMMARY:{name}", start, *lines]
    return "\r\n".join(["BEGIN:VEVENT", *own, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return "".join(["BEGIN:VCALENDAR\r\n", *events, "END:VCALENDAR\r\n"]).encode()


BOTH = calendar(vevent("Tea"), vevent("Trains", day=7))


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with serving_calendars() as server:
        server.put(BOTH)
        yield server


@pytest.fixture
def registering() -> RegisteringWiki:
    return RegisteringWiki({1: registration(1, event_page_wiki="testwiki", **WHEN)})


@pytest.fixture
def runner(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> BotRunner:
    """A bot of a wiki whose settings name a calendar."""
    runner.ask_source = registering.ask
    runner.fetch_calendar = server.reader().fetch
    decide(bot_and_wiki, runner, "marked")
    return runner


def decide(
    bot_and_wiki: BotAndWiki, runner: BotRunner, registry: str, more: str = ""
) -> None:
    """What administrators set."""
    text = SETTINGS.format(registry=registry) + more
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", text)
    runner.settings = Settings.of(text)


def read(runner: BotRunner) -> None:
    assert runner.run("registry").exit_code is ExitCode.FINE
    runner.run("run")


def events(bot_and_wiki: BotAndWiki) -> dict[int, str]:
    """Id → text of what calendars get of events from calendars."""
    return registered_texts.events(bot_and_wiki, FIRST_CALENDAR_ID)


def sequence(text: str) -> int:
    return int(text.partition("SEQUENCE:")[2].partition("\r\n")[0])


def test_events_of_a_calendar_when_marked_stand_beside_all_others_and_say_so(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.publish("Space/Events/Hui")
    read(runner)

    shown = events(bot_and_wiki)
    assert set(shown) == {TEA, TRAINS}
    assert f"UID:{TEA}@wiki.test" in shown[TEA]
    said = "DESCRIPTION:From the calendar of Wikimedia Aotearoa\\, not reviewed here."
    assert said in shown[TEA]
    assert f"https://space.example.org/events/{TEA}" in shown[TEA]
    months = json.loads(pages(bot_and_wiki)["User:SpaceBot/Space/Events/2027-03.json"])
    told = {each["id"]: each.get("source") for each in months["events"]}
    assert told == {FIRST_ID + 1: "registered", TEA: "calendar", TRAINS: "calendar"}
    assert all("page" not in e for e in months["events"] if e["id"] >= TEA)


def test_calendar_when_nothing_is_new_is_neither_sent_nor_written(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    server.put(BOTH, ETag='"1"')
    read(runner)
    before = bot_and_wiki.dump(), pages(bot_and_wiki)
    server.answers["/feed.ics"] = Answer(304)

    report = runner.run("registry")
    runner.run("run")

    assert not [page for page in report.pages if page.did is Did.WRITTEN]
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
    assert (bot_and_wiki.dump(), pages(bot_and_wiki)) == before

    bot_and_wiki.store.set_value(CALENDARS, None)
    server.put(BOTH)
    report = runner.run("registry")
    assert not [page for page in report.pages if page.did is Did.WRITTEN]


def test_events_of_a_calendar_when_made_anew_from_the_bots_pages_are_the_same(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    read(runner)
    weekly = vevent("Weekly", "RRULE:FREQ=WEEKLY;COUNT=3", day=8)
    off = vevent("Tea", "STATUS:CANCELLED")
    server.put(calendar(off, vevent("Trains", "DESCRIPTION:Now.", day=7), weekly))
    first = events(bot_and_wiki)
    read(runner)
    before = bot_and_wiki.dump(), pages(bot_and_wiki)
    server.answers.clear()
    asked = len(server.asked)

    bot_and_wiki.drop_store()
    runner.run("run")

    assert (bot_and_wiki.dump(), pages(bot_and_wiki)) == before
    assert len(server.asked) == asked
    shown = events(bot_and_wiki)
    assert "STATUS:CANCELLED" in shown[TEA]
    assert "RRULE:FREQ=WEEKLY;COUNT=3" in shown[TRAINS + 1]
    assert all(sequence(shown[n]) > sequence(first[n]) for n in (TEA, TRAINS))


def test_event_when_it_is_missing_twice_is_withdrawn_and_may_come_back(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    read(runner)
    first = events(bot_and_wiki)
    server.put(calendar())
    read(runner)
    read(runner)
    assert events(bot_and_wiki) == first

    server.put(calendar(vevent("Tea")))
    bot_and_wiki.admin.advance(hours=13)
    read(runner)
    shown = events(bot_and_wiki)
    assert shown[TEA] == first[TEA]
    assert "STATUS:CANCELLED" in shown[TRAINS]
    assert "Trains" not in shown[TRAINS] + pages(bot_and_wiki)[PAGE]

    server.put(BOTH)
    read(runner)
    assert "SUMMARY:Trains" in events(bot_and_wiki)[TRAINS]
    assert sequence(events(bot_and_wiki)[TRAINS]) > sequence(shown[TRAINS])


def test_events_when_their_calendar_gives_them_other_uids_stay_what_they_are(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    read(runner)
    first = events(bot_and_wiki)
    other = BOTH.replace(b"UID:", b"UID:other")
    more = vevent("Third", day=9).encode()
    server.put(other.replace(b"END:VCALENDAR", more + b"END:VCALENDAR"))
    bot_and_wiki.admin.advance(hours=13)

    read(runner)

    shown = events(bot_and_wiki)
    assert {n: shown[n] for n in first} == first
    assert shown.keys() - first.keys() == {TRAINS + 1}


def test_events_of_one_title_and_time_when_their_uids_change_stay_what_they_are(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    both = [vevent("Tea", "RRULE:FREQ=DAILY;COUNT=2"), vevent("Tea", "CLASS:PUBLIC")]
    uids = iter(range(9))

    def named_anew() -> bytes:
        both.reverse()
        return calendar(*(each.replace("Tea@", f"{next(uids)}@") for each in both))

    server.put(named_anew())
    read(runner)
    first = events(bot_and_wiki)
    for _ in range(2):
        server.put(named_anew())
        bot_and_wiki.admin.advance(hours=13)
        read(runner)

    assert first.keys() == {TEA, TRAINS}
    assert events(bot_and_wiki) == first


def test_event_when_it_is_no_longer_public_is_withdrawn_at_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    read(runner)
    server.put(calendar(vevent("Tea", "CLASS:PRIVATE"), vevent("Trains", day=7)))

    read(runner)

    assert "STATUS:CANCELLED" in events(bot_and_wiki)[TEA]
    assert "Tea" not in pages(bot_and_wiki)[PAGE]


def test_event_when_it_is_over_may_leave_its_calendar(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    read(runner)
    bot_and_wiki.admin.advance(days=200)
    server.put(calendar())
    for _ in range(2):
        read(runner)
        bot_and_wiki.admin.advance(days=1)

    assert "SUMMARY:Tea" in events(bot_and_wiki)[TEA]


def test_events_of_a_calendar_when_to_be_reviewed_wait_for_a_line_of_a_reviewer(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    decide(bot_and_wiki, runner, "reviewed")
    read(runner)
    assert events(bot_and_wiki) == {}

    lines = f"{{{{Space registration|{TEA}|approve}}}}"
    pavati = bot_and_wiki.admin.as_user("Pavati", "patroller")
    pavati.write("Space/Registrations", lines)
    runner.run("run")
    shown = events(bot_and_wiki)
    assert set(shown) == {TEA}
    assert "From the calendar of Wikimedia Aotearoa." in shown[TEA]

    decide(bot_and_wiki, runner, "marked")
    pavati.write("Space/Registrations", f"{{{{Space registration|{TEA}|hide}}}}")
    runner.run("run")
    assert set(events(bot_and_wiki)) == {TRAINS}

    decide(bot_and_wiki, runner, "off")
    runner.run("run")
    assert events(bot_and_wiki) == {}


def test_events_of_two_sources_when_they_look_alike_are_in_the_queue_until_decided(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    registering: RegisteringWiki,
) -> None:
    there: dict[str, object] = {
        "online_meeting": False,
        "inperson_meeting": True,
        "meeting_country_code": "NZ",
        "event_page_wiki": "testwiki",
    }
    name = "Librarians meet Tea"
    registering.events[1] = registration(1, name=name, **there, **WHEN)
    server.put(calendar(vevent("Tea").replace("SUMMARY:", "SUMMARY:Librarians meet ")))
    read(runner)

    def told() -> list[list[int]] | None:
        pairs: list[list[int]] | None = json.loads(
            pages(bot_and_wiki)["User:SpaceBot/Space/Queue.json"]
        ).get("pairs")
        return pairs

    assert told() == [[FIRST_ID + 1, TEA]]
    assert name not in pages(bot_and_wiki)["User:SpaceBot/Space/Queue.json"]
    line = f"{{{{Space registration|{TEA}|same as={FIRST_ID + 1}}}}}"
    pavati = bot_and_wiki.admin.as_user("Pavati", "patroller")
    pavati.write("Space/Registrations", line)
    runner.run("run")

    assert told() is None
    assert events(bot_and_wiki) == {}


def test_calendar_when_the_settings_name_it_no_longer_is_out_of_every_list(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    read(runner)
    text = "{{Space settings|registry=marked|write interval=0}}"
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", text)
    runner.settings = Settings.of(text)

    runner.run("run")
    assert events(bot_and_wiki) == {}
    read(runner)

    assert events(bot_and_wiki) == {}
    assert "Tea" not in pages(bot_and_wiki)[PAGE]


HOSTILE = {
    "not found": Answer(404),
    "later": Answer(429, {"Retry-After": "9999"}),
    "broken": Answer(500),
    "page": Answer(200, {"Content-Type": "text/html"}, (b"<html></html>",)),
    "page as calendar": Answer(200, CALENDAR, (b"<html>BEGIN</html>",)),
    "cut off": Answer(200, CALENDAR, (BOTH[:-20],)),
    "inside": Answer(302, {"Location": "https://127.0.0.1/"}),
    "too large": Answer(200, CALENDAR, (BOTH + b" " * 600_000,)),
    "bomb": Answer(
        200,
        CALENDAR | {"Content-Encoding": "gzip"},
        (gzip.compress(bytes(2_000_000)),),
    ),
    "too many": Answer(200, CALENDAR, (calendar(*map(vevent, "abc")),)),
}


def test_calendar_when_its_line_becomes_wrong_keeps_its_events_and_says_so(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    read(runner)
    before = events(bot_and_wiki)
    text = SETTINGS.format(registry="marked").replace("country=NZ", "country=Kiwiland")
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", text)
    runner.settings = Settings.of(text)
    asked = len(server.asked)

    report = runner.run("registry")
    synced = runner.run("sync")

    assert len(server.asked) == asked
    assert events(bot_and_wiki) == before
    remarks = "\n".join(report.remarks)
    assert "Wikimedia Aotearoa: its line on the settings page has to be" in remarks
    [told] = [line for line in synced.problems if "Kiwiland" in line]
    assert told.startswith("Space/Settings, line 2: country: “Kiwiland” is not a coun")


def test_calendar_when_it_cannot_be_read_changes_nothing_and_keeps_no_other(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    server: CalendarServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ics_calendar, "MOST_EVENTS", 2)
    read(runner)
    texts, shown = pages(bot_and_wiki), events(bot_and_wiki)
    for name, answer in HOSTILE.items():
        server.answers["/feed.ics"] = answer
        report = runner.run("registry")
        assert not [page for page in report.pages if page.did is Did.WRITTEN], name
        assert "not read: Wikimedia Aotearoa: " in "\n".join(report.remarks), name
        stored = bot_and_wiki.store.value(CALENDARS) or {}
        assert stored["Wikimedia Aotearoa"]["trouble"], name
        bot_and_wiki.admin.advance(hours=13)

    server.put(calendar(vevent("Other", day=9)), path="/other.ics")
    other = f"{{{{Space calendar source|https://{HOST}/other.ics|Other}}}}"
    decide(bot_and_wiki, runner, "marked", other)
    read(runner)
    after = events(bot_and_wiki)
    assert {n: after[n] for n in shown} == shown
    assert set(after) == {TEA, TRAINS, TRAINS + 1}
    assert pages(bot_and_wiki)[REGISTERED] == texts[REGISTERED]


def test_registry_when_killed_between_calendars_is_made_good_by_the_next_run(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    other = f"{{{{Space calendar source|https://{HOST}/other.ics|Other}}}}"
    decide(bot_and_wiki, runner, "marked", other)
    server.put(calendar(vevent("Other", day=9)), path="/other.ics")
    fetch = runner.fetch_calendar

    def killed(address: str, state: CalendarState) -> CalendarAnswer:
        if address.endswith("/other.ics"):
            raise SystemExit
        return fetch(address, state)

    runner.fetch_calendar = killed
    with pytest.raises(SystemExit):
        runner.run("registry")
    runner.fetch_calendar = fetch
    read(runner)

    assert set(events(bot_and_wiki)) == {TEA, TRAINS, TRAINS + 1}


def test_calendar_when_its_host_is_not_allowed_is_not_asked(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    runner.fetch_calendar = server.reader("elsewhere.example").fetch

    report = runner.run("registry")

    assert not server.asked
    assert "its host is not in SPACE_CALENDAR_HOSTS" in "\n".join(report.remarks)
    assert pages(bot_and_wiki).keys() >= {REGISTERED}
    assert PAGE not in pages(bot_and_wiki)
