"""Faulty calendars: what is taken of each is what the corpus says, and nothing else."""

from datetime import timedelta

import pytest

from tests.support.corpus.calendars import FaultyCalendar, faulty_calendars, taken
from tests.support.feeds.calendar_source import NOW, Memory, read

CASES = faulty_calendars()
NAMES = [case.name for case in CASES]


def test_faults_when_counted_are_at_least_those_that_validators_were_tried_with() -> (
    None
):
    assert len(CASES) >= 35


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_calendar_when_it_has_a_fault_gives_what_is_right(case: FaultyCalendar) -> None:
    entries, remark = read(case.data)

    assert taken(entries) == case.entries
    assert remark == case.remark


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_calendar_when_read_again_with_its_fault_has_nothing_new(
    case: FaultyCalendar,
) -> None:
    memory = Memory()
    entries, remark = read(case.data, memory=memory)
    known = {entry.id: entry for entry in entries}

    again = read(case.data, known, NOW + timedelta(days=1), memory)

    assert again == ([], remark)
    assert len(known) == len(entries)
    assert len({entry.key for entry in entries}) == len(entries)


def test_events_of_one_uid_when_one_is_left_stay_what_they_are() -> None:
    both = next(case.data for case in CASES if case.name == "uid-of-two-events")
    entries, _ = read(both)
    known = {entry.id: entry for entry in entries}
    first, _, rest = both.partition(b"BEGIN:VEVENT")
    parts = rest.split(b"BEGIN:VEVENT")
    one = b"BEGIN:VEVENT".join([first, parts[0], parts[-1]])

    less, _ = read(one, known, NOW + timedelta(days=1))
    more, _ = read(both, known, NOW + timedelta(days=1))

    assert {entry.title for entry in less if entry.missed} == {"Tea", "Coffee"}
    assert [entry.start for entry in less if not entry.missed] == []
    assert more == []
