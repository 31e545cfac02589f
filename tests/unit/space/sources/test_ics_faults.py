"""Faulty calendars: what is taken of each is what the corpus says, and nothing else."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from space.settings.calendars import CalendarSource
from space.settings.topics import Topics
from space.sources.entry import Entry
from space.sources.ics_calendar import CalendarAnswer, CalendarState, IcsCalendar
from space.sources.source import Remark, SourceUnreadableError
from tests.support.corpus.calendars import FaultyCalendar, faulty_calendars, taken

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
SOURCE = CalendarSource("https://calendar.example.org/feed.ics", "Tea", country="NZ")
TOPICS = Topics({"libraries": "glam"}, {"glam": "GLAM", "women": "Women"})
CASES = faulty_calendars()
NAMES = [case.name for case in CASES]


class Memory:
    """Remembers the states of calendars."""

    def __init__(self) -> None:
        self.states: dict[str, CalendarState] = {}

    def state(self, name: str) -> CalendarState:
        return self.states.get(name, CalendarState())

    def remember(self, name: str, state: CalendarState) -> None:
        self.states[name] = state


def read(
    data: bytes,
    known: Mapping[int, Entry] | None = None,
    now: datetime = NOW,
    memory: Memory | None = None,
) -> tuple[list[Entry], str]:
    """What is new of a calendar with these octets, and what is said of it."""
    source = IcsCalendar(
        SOURCE,
        lambda *_: CalendarAnswer(data),
        memory or Memory(),
        TOPICS,
        "wiki.test",
    )
    entries: list[Entry] = []
    remarks: list[str] = []
    try:
        for news in source.news(known or {}, now):
            if isinstance(news, Remark):
                remarks.append(news.text)
            else:
                entries.append(news)
    except SourceUnreadableError as error:
        remarks.append(str(error))
    return entries, "".join(remarks).removeprefix("Tea: ")


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
