import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.reading_time import reading_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 0),
        ("… — 🎉", 0),
        ("word", 1),
        ("word " * 200, 1),
        ("word " * 201, 2),
        ("अनुच्छेद " * 400, 2),
        ("كلمة " * 600, 3),
        ("می‌خواهم " * 200, 1),
        ("字" * 510, 2),
        ("ひらがなカタカナ" * 100, 4),
        ("ภาษาไทย" * 400, 3),
        ("don't " * 200, 1),
        ("한국어 " * 200, 1),
        ("字" * 255 + " word" * 200, 2),
    ],
)
def test_reading_minutes_when_in_any_script_then_is_about_right(
    text: str, minutes: int
) -> None:
    assert reading_minutes(text) == minutes


@given(st.text(), st.text())
def test_reading_minutes_when_there_is_more_then_takes_no_less(a: str, b: str) -> None:
    both = reading_minutes(f"{a} {b}")
    assert max(reading_minutes(a), reading_minutes(b)) <= both
