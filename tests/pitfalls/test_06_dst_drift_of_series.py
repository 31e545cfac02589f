"""A weekly meeting stays at its hour when the clocks change (RFC 5545 §3.3.10).

stephenharris/Event-Organiser 293, symfony/ux 3818: recurring by UTC.
"""

from datetime import UTC, date, datetime

from icalendar import Calendar

from tests.support.feeds.calendars import expanded, expanded_by_thunderbird, stored
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import event

WEEKLY = event(
    7,
    start="2026-10-18 14:10",
    end="2026-10-18 15:10",
    timezone="America/New_York",
    recurrence="FREQ=WEEKLY;UNTIL=20261115",
)
HOURS = [f"2026-{day} 14:10" for day in ("10-18", "10-25", "11-01", "11-08", "11-15")]


def test_series_when_clocks_change_then_every_wall_time_is_the_same() -> None:
    text = stored(WEEKLY)
    assert lint(text.encode()) == []
    for seen in (
        expanded(text, date(2026, 10, 1), date(2026, 12, 1)),
        expanded_by_thunderbird(text),
    ):
        assert [start for start, *_ in seen] == HOURS


def test_until_when_the_series_has_a_zone_then_is_an_instant_in_utc() -> None:
    (found,) = Calendar.from_ical(stored(WEEKLY)).walk("VEVENT")
    assert found["DTSTART"].params["TZID"] == "America/New_York"
    # the end of the last day in New York
    assert found["RRULE"]["UNTIL"] == [datetime(2026, 11, 16, 4, 59, 59, tzinfo=UTC)]
