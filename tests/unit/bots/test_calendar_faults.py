"""All faulty calendars in one run of the bot: none of them touches anything else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bots.report import ExitCode
from sandbox.gateway.registrations import registration
from space.settings.onwiki import Settings
from space.sources.entry_pages import read_entries
from space.store.keys import CALENDARS
from tests.support.bots import registered_texts
from tests.support.bots.calendar_server import (
    HOST,
    CalendarServer,
    serving_calendars,
)
from tests.support.bots.runner import BotRunner
from tests.support.corpus.calendars import faulty_calendars, taken
from tests.support.wiki.bot_and_wiki import BotAndWiki
from tests.support.wiki.registrations import RegisteringWiki

FOLDER = "User:SpaceBot/Space/Registry/"
CASES = faulty_calendars()
LINE = "{{{{Space calendar source|https://{host}/{path}.ics|{name}|country=NZ}}}}\n"
SOUND = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:hui@example.org
SUMMARY:Hui
DTSTART:20270306T090000Z
END:VEVENT
END:VCALENDAR
"""
OTHERS = ("First", "Last")


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with serving_calendars() as server:
        for name in OTHERS:
            server.put(SOUND, path=f"/{name}.ics")
        for case in CASES:
            server.put(case.data, path=f"/{case.name}.ics")
        yield server


def name_calendars(
    bot_and_wiki: BotAndWiki, runner: BotRunner, names: dict[str, str]
) -> None:
    """Have the settings page name calendars, path → name."""
    lines = "".join(LINE.format(host=HOST, path=p, name=names[p]) for p in names)
    text = f"{{{{Space settings|registry=marked|write interval=0}}}}\n{lines}"
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Settings", text)
    runner.settings = Settings.of(text)


def rows(bot_and_wiki: BotAndWiki) -> dict[str, Any]:
    """The bot's pages of entries."""
    texts = registered_texts.pages(bot_and_wiki)
    return {title: texts[title] for title in texts if title.startswith(FOLDER)}


def test_calendars_when_each_has_a_fault_change_nothing_but_their_own_events(
    bot_and_wiki: BotAndWiki, runner: BotRunner, server: CalendarServer
) -> None:
    registered = {1: registration(1, event_page_wiki="testwiki")}
    runner.ask_source = RegisteringWiki(registered).ask
    runner.fetch_calendar = server.reader().fetch
    topics = (
        "{{Space topic|slug=glam|label=GLAM|aliases=libraries}}\n"
        "{{Space topic|slug=women|label=Women}}"
    )
    bot_and_wiki.admin.as_user("Root", "sysop").write("Space/Topics", topics)
    name_calendars(bot_and_wiki, runner, {name: name for name in OTHERS})
    bot_and_wiki.publish("Space/Events/Hui")
    runner.run("registry")
    runner.run("run")
    before, shown = rows(bot_and_wiki), registered_texts.events(bot_and_wiki)

    names = {case.name: f"Calendar {case.name}" for case in CASES}
    all_names = {"First": "First", **names, "Last": "Last"}
    name_calendars(bot_and_wiki, runner, all_names)
    report = runner.run("registry")
    runner.run("run")

    assert report.exit_code is ExitCode.FINE
    after = rows(bot_and_wiki)
    assert after[f"{FOLDER}0.json"] == before[f"{FOLDER}0.json"]
    entries = [e for text in after.values() for e in read_entries(text).values()]
    made = {name: [e for e in entries if e.calendar == name] for name in names.values()}
    assert {name: taken(made[name]) for name in made} == {
        names[case.name]: case.entries for case in CASES
    }
    told = registered_texts.events(bot_and_wiki)
    assert {number: told[number] for number in shown} == shown
    states = bot_and_wiki.store.value(CALENDARS) or {}
    for case in CASES:
        state = states[names[case.name]]
        said = state["trouble"] if "trouble" in state else state.get("lost", "")
        assert said == case.remark.removeprefix("not taken: "), case.name
        if case.remark:
            lines = [line for line in report.remarks if f"{names[case.name]}: " in line]
            assert lines, case.name
            assert lines[0].endswith(case.remark)
    assert json.loads(after[f"{FOLDER}2000000.json"])["events"][0]["title"] == "Hui"
