"""When events from elsewhere are forgotten, and that their numbers never return."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from space.sources.campaign_events import RETURNING_AMONG
from space.sources.entry import Entry, EntryState
from space.sources.forgetting import GONE_FOR, OVER_FOR, remembered
from space.sources.ics_calendar import NUMBERS

BEGAN = datetime(2027, 3, 6, 10, tzinfo=UTC)
READ = datetime(2027, 1, 1, 3, tzinfo=UTC)
ONE = NUMBERS.start + 1
LAST = Entry(id=ONE + 100, state=EntryState.FAILED)
DAY = timedelta(days=1)
TEA = Entry(
    id=ONE,
    title="Tea",
    start="2027-03-06 10:00",
    zone="UTC",
    calendar="Aotearoa",
    key="k",
    seen=READ,
    changed=READ,
)


def stays(entry: Entry, now: datetime, *decided: int, last: Entry = LAST) -> bool:
    """Whether an entry is remembered beside a later one."""
    return entry.id in remembered({e.id: e for e in (entry, last)}, now, decided)


@pytest.mark.parametrize(
    ("entry", "end"),
    [
        (TEA, BEGAN + OVER_FOR),
        (replace(TEA, recurrence="FREQ=DAILY;COUNT=3"), BEGAN + 2 * DAY + OVER_FOR),
        (replace(TEA, withheld=READ), BEGAN + OVER_FOR),
        (TEA.gone(READ), BEGAN + GONE_FOR),
        (TEA.gone(BEGAN + 9 * DAY), BEGAN + 9 * DAY + GONE_FOR),
    ],
)
def test_entry_when_nothing_needs_it_any_more_is_forgotten(
    entry: Entry, end: datetime
) -> None:
    assert stays(entry, end - DAY)
    assert not stays(entry, end + 3 * DAY)


def test_entry_when_it_goes_on_or_cannot_be_read_is_never_forgotten() -> None:
    late = BEGAN + 9000 * DAY
    assert stays(replace(TEA, recurrence="FREQ=WEEKLY"), late)
    assert stays(Entry(id=ONE, state=EntryState.FAILED), late)


def test_entry_when_reviewers_decided_on_it_stays_while_their_line_does() -> None:
    late = BEGAN + 9000 * DAY
    for entry in (TEA, TEA.gone(READ)):
        assert stays(entry, late, ONE)
        assert not stays(entry, late, ONE + 1)


def test_entry_when_it_has_the_highest_number_of_its_kind_stays() -> None:
    registration = replace(TEA, id=7, calendar="", key="")
    both = {entry.id: entry for entry in (registration.gone(READ), TEA.gone(READ))}
    assert remembered(both, BEGAN + 9000 * DAY, ()) == both


@pytest.mark.parametrize(
    "entry",
    [
        Entry(id=7, state=EntryState.TEST),
        replace(TEA, id=7, calendar="", key="").gone(READ),
    ],
)
def test_registration_when_its_wiki_may_have_it_back_stays(entry: Entry) -> None:
    late = BEGAN + 9000 * DAY
    near = replace(LAST, id=7 + RETURNING_AMONG - 1)
    far = replace(LAST, id=7 + RETURNING_AMONG)
    assert stays(entry, late, last=near)
    assert not stays(entry, late, last=far)
