"""How much work a calendar of many series makes, whatever its rules: counted."""

from collections.abc import Iterator

import pytest

from space.dates import schedule
from space.dates.moments import Span
from space.dates.recurrence import Recurrence
from space.sources.ics_calendar import MOST_DATES, MOST_SERIES
from space.sources.ics_events import MOST_REPEATING
from tests.support.feeds.calendar_source import read

RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;COUNT=900",
    "FREQ=DAILY;UNTIL=21991231",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
    "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=25",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
    "FREQ=DAILY;BYMONTHDAY=31;BYDAY=MO",
)
SOME = 40
FEW_YEARS = 6 * 366
"""Days that are looked at for a rule's next date, at most."""


class Work:
    """How many days rules looked at, and how many dates of events were made."""

    def __init__(self) -> None:
        self.days = self.dates = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    counted = Work()
    matches, moved = Recurrence._matches, schedule._moved

    def counted_matches(self: Recurrence, *days: object) -> bool:
        counted.days += 1
        return matches(self, *days)  # type: ignore[arg-type]

    def counted_moved(*told: object) -> Span:
        counted.dates += 1
        return moved(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(Recurrence, "_matches", counted_matches)
    monkeypatch.setattr(schedule, "_moved", counted_moved)
    schedule._series.cache_clear()
    return counted


def series(number: int, rule: str) -> str:
    """A series that began some years ago, unlike all others."""
    day = f"20{18 + number % 9:02}{1 + number % 12:02}{1 + number % 28:02}"
    start = f"DTSTART:{day}T{number % 24:02}{number % 60:02}00Z"
    lines = (f"UID:{number}", "SUMMARY:A", start, f"RRULE:{rule}")
    return "".join(f"{line}\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(count: int, rule: str) -> bytes:
    events = "".join(series(number, rule) for number in range(count))
    return f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()


@pytest.mark.parametrize("rule", RULES)
def test_series_when_read_make_bounded_work_whatever_their_rule(
    rule: str, work: Work
) -> None:
    read(calendar(SOME, rule))

    assert work.days <= SOME * FEW_YEARS
    assert work.dates <= MOST_DATES + 10 * SOME


def test_series_when_more_than_are_looked_at_make_no_work(work: Work) -> None:
    made = read(calendar(MOST_REPEATING + 1, "FREQ=DAILY"))

    assert made == ([], "more than 1000 series")
    assert (work.days, work.dates) == (0, 0)


def test_series_when_they_have_too_many_dates_are_not_listed_to_the_last(
    work: Work,
) -> None:
    made = read(calendar(2 * SOME, "FREQ=DAILY"))

    assert made == ([], "more than 10000 dates of series to come")
    assert work.dates <= MOST_DATES + 10 * SOME


@pytest.mark.parametrize(
    ("count", "rule"), [(24, "FREQ=DAILY"), (90, "FREQ=WEEKLY"), (400, "FREQ=YEARLY")]
)
def test_calendar_when_of_as_many_series_as_people_have_is_read(
    count: int, rule: str
) -> None:
    entries, remark = read(calendar(count, rule))

    assert len(entries) == count
    assert remark == ""


def test_calendar_when_it_has_more_series_to_come_than_are_taken_is_not_read() -> None:
    made = read(calendar(MOST_SERIES + 1, "FREQ=YEARLY"))

    assert made == ([], "more than 500 series to come")
