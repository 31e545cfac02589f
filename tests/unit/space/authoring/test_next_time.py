import pytest

from space.authoring.next_time import for_next_time


def test_for_next_time_when_an_event_is_over_then_keeps_what_is_not_of_its_date() -> (
    None
):
    values = {
        "title": "Tea",
        "start": "2026-11-28 10:00",
        "end": "2026-11-28 12:00",
        "status": "cancelled",
        "registration_link": "https://example.org/1",
        "except": ("2026-12-05",),
        "also": ("2026-12-06",),
        "city": "Pune",
        "confirmed": "2026-11-01",
        "series": "Space/Events/Teas",
    }
    expected = {"title": "Tea", "city": "Pune", "series": "Space/Events/Teas"}
    assert for_next_time(values) == expected


def test_for_next_time_when_it_replaced_one_date_then_is_of_no_series() -> None:
    values = {"title": "Tea", "series": "Teas", "occurrence": "2026-11-28"}
    assert for_next_time(values) == {"title": "Tea"}


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("FREQ=WEEKLY;BYDAY=FR;COUNT=6", "FREQ=WEEKLY;BYDAY=FR;COUNT=6"),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231", "FREQ=WEEKLY;BYDAY=FR"),
        ("FREQ=WEEKLY;WKST=SU;UNTIL=20261231", ""),
    ],
)
def test_for_next_time_when_the_rule_has_a_last_day_then_it_goes(
    rule: str, kept: str
) -> None:
    assert for_next_time({"recurrence": rule}).get("recurrence", "") == kept
