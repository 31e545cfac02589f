"""A page on which the software fails, wherever it does, stops none of the others."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.exc import DataError

from space.review.record import Record
from space.store.writing import series
from tests.support.wiki.bot_and_wiki import Newsroom

BAD, GOOD, OLD = (f"Space/Events/{name}" for name in ("Bad", "Good", "Old"))
PLACES = (
    "space.sync.reading.revisions.read_page",
    "space.sync.reading.verdicts.read_verdicts",
    "space.sync.decisions.people",
    "space.sync.decisions.decide",
    "space.sync.decisions.with_start",
    "space.sync.changes.record_of",
    "space.store.writing.indexing.index_record",
)


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


FAULT = OverflowError("date value out of range")


def fail_on(
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    page_id: int,
    error: Exception = FAULT,
) -> None:
    """Have a function raise where it is about the bad page, but for an empty record."""
    module, _, name = place.rpartition(".")
    real: Any = getattr(import_module(module), name)

    def is_bad(first: Any, title: str = "") -> bool:
        if isinstance(first, Record):
            return first.page_id == page_id and first.publication is not None
        if isinstance(first, list):
            return any(revision.title == f"Talk:{BAD}" for revision in first)
        return title == BAD or getattr(first, "page", None) == page_id

    def failing(first: Any, *rest: Any, **options: Any) -> Any:
        if is_bad(first, options.get("title", "")):
            raise error
        return real(first, *rest, **options)

    monkeypatch.setattr(place, failing)


def reported(room: Newsroom) -> list[tuple[str, list[str]]]:
    return [
        (record.page_title, [problem.code for problem in record.problems])
        for record in room.store.records.with_problems()
    ]


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_sync_when_a_page_fails_anywhere_then_others_go_on_and_it_is_reported(
    room: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    place: str,
    *,
    known: bool,
) -> None:
    room.publish(OLD)
    first = room.event(BAD) if known else None
    if first:
        room.approve(BAD, first)
        room.sync()
    bad = room.event(BAD, venue="Library")
    room.approve(BAD, bad)
    good = room.event(GOOD)
    room.approve(GOOD, good)
    page_id = room.admin.pages_by_title([BAD])[BAD].id
    fail_on(monkeypatch, place, page_id)
    report = room.sync()
    assert report.failed == (page_id,)
    assert "date value out of range" in caplog.text
    assert room.published[GOOD] == good
    assert room.published.get(BAD) == first
    assert reported(room) == [(BAD, ["failed"])]

    token = room.store.feeds.token()
    for full in (False, True):
        assert room.sync(full=full).failed == (page_id,)
        assert reported(room) == [(BAD, ["failed"])]
    assert room.store.feeds.token() == token  # nothing changes while it goes on failing

    monkeypatch.undo()
    assert room.sync().failed == ()
    assert room.published[BAD] == bad
    assert reported(room) == []


def test_sync_when_the_database_refuses_what_a_page_holds_then_others_are_stored(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in (BAD, GOOD):
        room.approve(title, room.event(title))
    page_id = room.admin.pages_by_title([BAD])[BAD].id
    refused = DataError("INSERT", {}, Exception("Data too long for column"))
    fail_on(monkeypatch, PLACES[-1], page_id, refused)
    assert room.sync().failed == (page_id,)
    assert set(room.published) == {GOOD}


def test_sync_when_a_series_cannot_be_expanded_on_another_day_then_others_are(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in (BAD, GOOD):
        revid = room.event(title, recurrence="FREQ=MONTHLY")
        room.approve(title, revid)
    room.sync()

    def last_months() -> dict[str, str]:
        rows = room.store.events.between(None, None)
        return {row.publication.page_title: row.start[:7] for row in rows}

    before = last_months()
    real = series.event_columns

    def failing(publication: Any, *rest: Any) -> Any:
        if publication.page_title == BAD:
            raise OverflowError("date value out of range")
        return real(publication, *rest)

    monkeypatch.setattr(series, "event_columns", failing)
    room.admin.state.now = datetime(2027, 11, 28, tzinfo=UTC)
    room.sync()
    after = last_months()
    assert after[BAD] == before[BAD]
    assert after[GOOD] > before[GOOD]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC-12:00", "UTC"])
def test_sync_when_pages_are_at_the_ends_of_the_calendar_then_each_is_taken_or_refused(
    room: Newsroom, zone: str
) -> None:
    days = ("1900-01-01", "2199-12-31", "9999-12-31", "0001-01-01")
    until = "FREQ=WEEKLY;UNTIL={}".format
    rules = (
        *("", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=999;COUNT=999"),
        *(
            until(f"{day.replace('-', '')}{clock}")
            for day in days
            for clock in ("", "T235959Z")
        ),
    )
    shapes = [(start, rule) for start in days for rule in rules]
    for number, (start, rule) in enumerate(shapes):
        title = f"Space/Events/{number}"
        values = {"start": start, "timezone": zone, "recurrence": rule}
        room.approve(title, room.event(title, **values, also=days[1]))
    assert room.sync().failed == ()
    taken = {
        f"Space/Events/{number}"
        for number, (start, rule) in enumerate(shapes)
        if start in days[:2] and "UNTIL=9999" not in rule and "UNTIL=0001" not in rule
    }
    assert set(room.published) == taken
    room.admin.advance(days=1)
    assert room.sync().failed == ()
