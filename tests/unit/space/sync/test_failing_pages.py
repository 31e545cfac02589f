"""A page on which the software fails, wherever it does, stops none of the others."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy.exc import DataError

from space.review.record import Record
from space.store.writing import overrides
from tests.support.wiki.bot_and_wiki import BotAndWiki

BAD, GOOD, OLD = (f"Space/Events/{name}" for name in ("Bad", "Good", "Old"))
PLACES = (
    "space.sync.reading.revisions.read_page",
    "space.sync.reading.verdicts.read_verdicts",
    "space.sync.decisions.people",
    "space.sync.decisions.decide",
    "space.sync.decisions.with_times",
    "space.sync.changes.record_of",
    "space.store.writing.indexing.index_record",
)


@pytest.fixture
def bot_and_wiki() -> BotAndWiki:
    return BotAndWiki()


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


def reported(bot_and_wiki: BotAndWiki) -> list[tuple[str, list[str]]]:
    return [
        (record.page_title, [problem.code for problem in record.problems])
        for record in bot_and_wiki.store.records.with_problems()
    ]


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_sync_when_a_page_fails_anywhere_then_others_go_on_and_it_is_reported(
    bot_and_wiki: BotAndWiki,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    place: str,
    *,
    known: bool,
) -> None:
    bot_and_wiki.publish(OLD)
    first = bot_and_wiki.event(BAD) if known else None
    if first:
        bot_and_wiki.approve(BAD, first)
        bot_and_wiki.sync()
    bad = bot_and_wiki.event(BAD, venue="Library")
    bot_and_wiki.approve(BAD, bad)
    good = bot_and_wiki.event(GOOD)
    bot_and_wiki.approve(GOOD, good)
    page_id = bot_and_wiki.admin.pages_by_title([BAD])[BAD].id
    fail_on(monkeypatch, place, page_id)
    report = bot_and_wiki.sync()
    assert report.failed == (page_id,)
    assert "date value out of range" in caplog.text
    assert bot_and_wiki.published[GOOD] == good
    assert bot_and_wiki.published.get(BAD) == first
    assert reported(bot_and_wiki) == [(BAD, ["failed"])]

    token = bot_and_wiki.store.versions.feeds()
    for full in (False, True):
        assert bot_and_wiki.sync(full=full).failed == (page_id,)
        assert reported(bot_and_wiki) == [(BAD, ["failed"])]
    assert (
        bot_and_wiki.store.versions.feeds() == token
    )  # nothing changes while it goes on failing

    monkeypatch.undo()
    assert bot_and_wiki.sync().failed == ()
    assert bot_and_wiki.published[BAD] == bad
    assert reported(bot_and_wiki) == []


def test_sync_when_the_database_refuses_what_a_page_holds_then_others_are_stored(
    bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in (BAD, GOOD):
        bot_and_wiki.approve(title, bot_and_wiki.event(title))
    page_id = bot_and_wiki.admin.pages_by_title([BAD])[BAD].id
    refused = DataError("INSERT", {}, Exception("Data too long for column"))
    fail_on(monkeypatch, PLACES[-1], page_id, refused)
    assert bot_and_wiki.sync().failed == (page_id,)
    assert set(bot_and_wiki.published) == {GOOD}


def test_sync_when_a_series_cannot_be_expanded_on_another_day_then_others_are(
    bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in (BAD, GOOD):
        revid = bot_and_wiki.event(title, recurrence="FREQ=MONTHLY")
        bot_and_wiki.approve(title, revid)
    bot_and_wiki.sync()

    def last_months() -> dict[str, str]:
        rows = bot_and_wiki.store.events.between(None, None)
        return {row.publication.page_title: row.start[:7] for row in rows}

    before = last_months()
    real = overrides.event_columns

    def failing(publication: Any, *rest: Any) -> Any:
        if publication.page_title == BAD:
            raise OverflowError("date value out of range")
        return real(publication, *rest)

    monkeypatch.setattr(overrides, "event_columns", failing)
    bot_and_wiki.admin.state.now = datetime(2027, 11, 28, tzinfo=UTC)
    bot_and_wiki.sync()
    after = last_months()
    assert after[BAD] == before[BAD]
    assert after[GOOD] > before[GOOD]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC-12:00", "UTC"])
def test_sync_when_pages_are_at_the_ends_of_the_calendar_then_each_is_taken_or_refused(
    bot_and_wiki: BotAndWiki, zone: str
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
        bot_and_wiki.approve(title, bot_and_wiki.event(title, **values, also=days[1]))
    assert bot_and_wiki.sync().failed == ()
    taken = {
        f"Space/Events/{number}"
        for number, (start, rule) in enumerate(shapes)
        if start in days[:2] and "UNTIL=9999" not in rule and "UNTIL=0001" not in rule
    }
    assert set(bot_and_wiki.published) == taken
    bot_and_wiki.admin.advance(days=1)
    assert bot_and_wiki.sync().failed == ()
