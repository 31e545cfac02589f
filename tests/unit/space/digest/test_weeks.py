from datetime import UTC, date, datetime

import pytest

from space.digest.weeks import Week


def test_week_when_the_year_turns_is_that_of_its_thursday() -> None:
    assert Week.of(date(2027, 1, 3)).name == "2026-W53"
    week = Week.of(date(2024, 12, 30))
    assert week.name == "2025-W01"
    assert (week.first, week.last) == (date(2024, 12, 30), date(2025, 1, 5))
    assert week.start == datetime(2024, 12, 30, tzinfo=UTC)
    assert week.end == datetime(2025, 1, 6, tzinfo=UTC)
    assert week.previous.name == "2024-W52"


@pytest.mark.parametrize("name", ["2026-W54", "2025-W53", "0000-W01", "2026-48", ""])
def test_week_when_there_is_none_of_a_name_is_none(name: str) -> None:
    assert Week.named(name) is None


def test_week_when_named_is_read_back() -> None:
    assert Week.named("2026-W48") == Week(2026, 48)
