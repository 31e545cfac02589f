from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from space.store.heartbeat import Heartbeat, RunResult, beat, begin
from space.store.keys import SYNCED
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
