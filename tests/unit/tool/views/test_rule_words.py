"""How an event repeats, in words."""

import pytest

from tests.support.tool.app import ToolApp
from tool.app.views.rule_words import series_in_words

START = {"start": "2026-12-03 18:00", "timezone": "Africa/Lagos"}  # a Thursday


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"recurrence": "FREQ=DAILY;INTERVAL=3"}, "Every 3 days"),
        (
            {"recurrence": "FREQ=WEEKLY;COUNT=8"},
            "Every Thursday, 8 times, until 21 January 2027",
        ),
        (
            {"recurrence": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270115"},
            "Every 2 weeks on Monday and Thursday, until 14 January 2027",
        ),
        (
            {"recurrence": "FREQ=WEEKLY;COUNT=3", "except": ("2026-12-17",)},
            "Every Thursday, 2 times, until 10 December 2026",
        ),
        (
            {"recurrence": "FREQ=MONTHLY;BYDAY=-1TH"},
            "Every month on the last Thursday",
        ),
        ({"recurrence": "FREQ=MONTHLY"}, "Every month on day 3"),
        ({"recurrence": "FREQ=YEARLY"}, "Every year on 3 December"),
        (
            {"recurrence": "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;UNTIL=20270201"},
            "On a custom schedule, until 1 February 2027",
        ),
        (
            {
                "recurrence": "FREQ=WEEKLY;COUNT=3",
                "except": ("2026-12-10",),
                "also": ("2026-12-24", "2026-12-30"),
            },
            "Every Thursday, 2 times, until 17 December 2026, plus 2 extra dates",
        ),
        ({"also": ("2026-12-24", "2027-01-07")}, "On 3 dates"),
        ({"also": ("2026-12-24",), "except": ("2026-12-03",)}, "On one date"),
        ({}, ""),
    ],
)
def test_rule_when_published_then_words_tell_its_weekday_and_its_last_day(
    tool: ToolApp, values: dict[str, object], words: str
) -> None:
    with tool.app.test_request_context("/?uselang=en"):
        assert series_in_words({**START, **values}) == words


@pytest.mark.parametrize(
    ("language", "rule", "words"),
    [
        ("ru", "FREQ=MONTHLY;BYDAY=-1FR", "Каждый месяц в последнюю пятницу"),
        ("ru", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", "Раз в 2 месяца во второй вторник"),
        ("pt", "FREQ=MONTHLY;BYDAY=1SA", "Todos os meses, no primeiro sábado"),
        ("pt", "FREQ=MONTHLY;BYDAY=1FR", "Todos os meses, na primeira sexta-feira"),
    ],
)
def test_rule_when_weekdays_have_a_gender_then_the_other_words_agree(
    tool: ToolApp, language: str, rule: str, words: str
) -> None:
    with tool.app.test_request_context(f"/?uselang={language}"):
        assert series_in_words({**START, "recurrence": rule}) == words
