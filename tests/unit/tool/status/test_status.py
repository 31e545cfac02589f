from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from space.schema.problems import Problem
from space.settings.ruling_pages import PageProblems
from space.sources.ics_calendar import REFUSED
from space.store.heartbeat import Heartbeat, RunResult, beat, begin
from space.store.keys import (
    CALENDARS,
    DECISION_PROBLEMS,
    RULING_LINES,
    SETTINGS_TEXT,
    SYNCED,
)
from space.store.queries.records import Records
from tests.support.feeds.publications import NOW
from tests.support.tool.app import ToolApp

NINE_DAYS_AGO = NOW - timedelta(days=9)


def test_status_when_the_bots_are_dead_says_for_how_long(tool: ToolApp) -> None:
    tool.store.set_checkpoint(NINE_DAYS_AGO)
    beat(tool.store, Heartbeat("sync", NINE_DAYS_AGO, RunResult.FINE))
    page = tool.get("/status").text
    assert "The bots last read the wiki 9 days ago" in page
    assert "Overdue" in page
    answer = tool.get("/status.json")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["status"] == "stale"
    assert answer.json["age"] == timedelta(days=9).total_seconds()
    assert answer.json["tasks"][0]["overdue"] is True


def test_status_when_the_bots_work_says_so(tool: ToolApp) -> None:
    tool.store.set_checkpoint(NOW - timedelta(minutes=4))
    begin(tool.store, "run", NOW)
    page = tool.get("/status").text
    assert "Up to date: the bots last read the wiki 4 minutes ago." in page
    assert "Started, no result yet" in page
    answer = tool.get("/status.json")
    assert (answer.status_code, answer.json["status"]) == (200, "fresh")


def test_status_for_monitors_when_records_cannot_be_read_is_503(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What else a damaged database has may be fine."""

    def fail(*_: object) -> None:
        raise OperationalError("", {}, Exception("database disk image is malformed"))

    tool.store.set_checkpoint(NOW)
    assert tool.get("/status.json").json["events"] == 0
    monkeypatch.setattr(Records, "count", fail)
    assert tool.get("/status.json").status_code == 503


def test_status_for_monitors_when_nothing_was_read_yet_is_503(tool: ToolApp) -> None:
    tool.store.set_value(SYNCED, None)
    answer = tool.get("/status.json")
    assert (answer.status_code, answer.json["status"]) == (503, "never")


def test_status_when_a_calendar_is_not_read_says_why(tool: ToolApp) -> None:
    lines = [
        f"{{{{Space calendar source|https://calendar.example.org/{name}.ics|{name}}}}}"
        for name in ("Aotearoa", "Berlin", "Pune")
    ]
    text = "{{Space settings|registry=marked}}" + "".join(lines)
    tool.store.set_value(SETTINGS_TEXT, text)
    troubles = {"Aotearoa": REFUSED, "Berlin": "status 404", "Gone": "status 500"}
    states = {name: {"trouble": trouble} for name, trouble in troubles.items()}
    states["Pune"] = {"lost": "2 events without a title"}
    tool.store.set_value(CALENDARS, states)

    page = tool.get("/status").text

    assert "Calendars that are not read as a whole" in page
    assert "have not allowed the host calendar.example.org" in page
    assert "The calendar of Berlin could not be read last time" in page
    assert "status 404" in page
    assert "Some events of the calendar of Pune could not be taken" in page
    assert "2 events without a title" in page
    assert "status 500" not in page
    off = text.replace("marked", "off")
    tool.store.set_value(SETTINGS_TEXT, off)
    assert "Calendars that are not read as a whole" not in tool.get("/status").text


def test_status_when_settings_or_decisions_are_wrong_names_their_lines(
    tool: ToolApp,
) -> None:
    settings = Problem("choice", "registry", 3, ("markd", "off, marked, reviewed"))
    tool.store.set_value(RULING_LINES, (PageProblems("Space/Settings", (settings,)),))
    decision = Problem("decision-unknown", params=("99",), severity="warning")
    decided = PageProblems("Space/Registrations", (decision,))
    tool.store.set_value(DECISION_PROBLEMS, (decided,))

    page = tool.get("/status").text

    assert "Settings and lists to correct" in page
    assert "“markd” is not one of the choices" in page
    assert "line 3" in page
    assert "No event with the number 99 is known." in page
