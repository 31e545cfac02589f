"""The last day of a whole-day event that is missing, or one too many.

DTEND is exclusive (RFC 5545 §3.6.1) and pages say the last day (The Events Calendar
PR #1612, codeandtalk #403, TimeTree-Exporter #173). An event that ends at 00:00 does
not take place on the day that begins then (Gancio #352).
"""

from datetime import date

from space.dates.schedule import span_of
from tests.support.feeds.calendars import only
from tests.support.feeds.publications import event
from tool.app.views.items import EventView


def test_vevent_when_days_are_whole_then_the_end_is_the_day_after() -> None:
    found = only(start="2026-05-01", end="2026-05-03")
    assert (found.start, found.end) == (date(2026, 5, 1), date(2026, 5, 4))
    assert found["DTEND"].params["VALUE"] == "DATE"
    assert found["TRANSP"] == "TRANSPARENT"


def test_vevent_when_a_day_has_no_end_then_it_lasts_that_day() -> None:
    found = only(start="2026-05-01", end="")
    assert (found.start, found.end) == (date(2026, 5, 1), date(2026, 5, 2))


def test_days_when_an_event_ends_at_midnight_then_the_next_one_is_none_of_them() -> (
    None
):
    late = event(12, start="2026-11-28 20:00", end="2026-11-29 00:00")
    view = EventView.at(late, "en", span_of(late.values))
    assert view.first_day == view.last_day == date(2026, 11, 28)
