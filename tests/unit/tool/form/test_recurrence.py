import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.schedule import Schedule
from space.schema.kinds import load_kind
from tests.support.tool.app import ToolApp, csrf_of, fields_of
from tests.support.tool.event_form import EVENT as SENT
from tool.app.form.fields import Form, blank_form, read_form
from tool.app.form.recurrence import RecurrenceInput, rule_typed, typed_rule

EVENT = load_kind("event")
GOOD = {
    "title": ("Tea",),
    "start-date": ("2026-11-28",),
    "start-time": ("10:00",),
    "timezone": ("Asia/Kolkata",),
    "country": ("IN",),
}


def form(**typed: str | tuple[str, ...]) -> Form:
    more = {
        f"recurrence-{name.replace('_', '-')}": (
            value if isinstance(value, tuple) else (value,)
        )
        for name, value in typed.items()
    }
    return read_form(EVENT, {**GOOD, **more}, "")


RULES = st.sampled_from(
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=6",
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231",
        "FREQ=MONTHLY;BYMONTHDAY=13",
        "FREQ=DAILY",
        "FREQ=YEARLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=WE,MO",
        "FREQ=WEEKLY;UNTIL=20261231T180000Z",
    ]
)


@given(st.one_of(RULES, st.text(max_size=40)))
def test_rule_when_shown_and_sent_as_it_is_then_is_the_same_to_the_letter(
    rule: str,
) -> None:
    assert rule_typed(typed_rule(rule)) == rule


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({"repeats": "never", "interval": "2"}, None),
        ({"repeats": "daily", "interval": "3"}, "FREQ=DAILY;INTERVAL=3"),
        ({"repeats": "daily", "interval": "১০"}, "FREQ=DAILY;INTERVAL=10"),
        ({"repeats": "weekly", "days": ("WE", "MO")}, "FREQ=WEEKLY;BYDAY=MO,WE"),
        ({"repeats": "weekly", "month_day": "3"}, "FREQ=WEEKLY"),
        (
            {"repeats": "month-weekday", "place": "-1", "weekday": "FR"},
            "FREQ=MONTHLY;BYDAY=-1FR",
        ),
        ({"repeats": "month-day", "month_day": "13"}, "FREQ=MONTHLY;BYMONTHDAY=13"),
        (
            {"repeats": "yearly", "end": "count", "count": "5", "until": "2027-01-01"},
            "FREQ=YEARLY;COUNT=5",
        ),
        (
            {"repeats": "daily", "end": "until", "until": "31 December 2026"},
            "FREQ=DAILY;UNTIL=20261231",
        ),
    ],
)
def test_read_form_when_repetition_is_chosen_then_is_a_rule(
    typed: dict[str, Any], rule: str | None
) -> None:
    read = form(**typed)
    assert read.errors == []
    assert read.values.get("recurrence") == rule


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"repeats": "daily", "interval": "often"}, "recurrence"),
        ({"repeats": "daily", "interval": "0"}, "recurrence"),
        ({"repeats": "daily", "end": "count"}, "series-end-missing"),
        ({"repeats": "daily", "end": "until"}, "series-end-missing"),
        ({"repeats": "daily", "end": "until", "until": "Christmas"}, "recurrence"),
        ({"repeats": "month-day", "month_day": "32"}, "recurrence"),
        ({"repeats": "weekly", "days": ("XX",)}, "recurrence"),
    ],
)
def test_read_form_when_a_number_or_day_is_none_then_is_told_and_kept(
    typed: dict[str, str], code: str
) -> None:
    read = form(**typed)
    assert [problem.code for _, problem in read.errors] == [code]
    (control,) = (
        control for control in read.controls if control.field.name == "recurrence"
    )
    for name, value in typed.items():
        kept = control.typed[f"recurrence-{name.replace('_', '-')}"]
        assert kept == (value if isinstance(value, tuple) else (value,))


def test_read_form_when_only_a_rule_is_sent_then_it_counts() -> None:
    read = read_form(EVENT, {**GOOD, "recurrence": ("freq=weekly",)}, "")
    assert read.values["recurrence"] == "FREQ=WEEKLY"


def test_blank_form_when_the_rule_is_another_then_it_is_typed_as_it_is() -> None:
    rule = "FREQ=WEEKLY;BYDAY=WE,MO"
    shown = blank_form(EVENT, {"recurrence": rule})
    (control,) = (
        control for control in shown.controls if control.field.name == "recurrence"
    )
    assert (control.recurrence.pattern, control.recurrence.rule) == ("other", rule)


def test_recurrence_input_when_nothing_is_chosen_then_it_never_repeats() -> None:
    assert (RecurrenceInput({}).pattern, RecurrenceInput({}).end) == ("never", "never")


WORDS = re.compile(r"data-rule(?:-words)?>([^<]*)<")


def test_form_when_an_event_repeats_then_its_rule_is_a_sentence_and_told_in_words(
    tool: ToolApp,
) -> None:
    weekly = SENT | {
        "recurrence-repeats": "weekly",
        "recurrence-end": "count",
        "recurrence-count": "3",
    }
    page = tool.post("/write/event", **weekly | {"action": "preview"}).text
    told = "Every Saturday, 3 times, until 12 December 2026"
    assert WORDS.findall(page) == [told]
    assert fields_of(page)["recurrence-interval"] == "1"
    assert re.search(r">Every <[^>]*><input [^>]*></span> <", page)
    csrf = fields_of(page)["csrf"]
    piece = tool.post_raw("/preview", **weekly | {"csrf": csrf}).text
    assert WORDS.findall(piece) == [told]
    half = {"recurrence-repeats": "weekly", "action": "preview"}
    assert WORDS.findall(tool.post("/write/event", **half).text) == [""]


def test_form_when_its_event_is_a_series_then_its_dates_are_not_made_for_each_field(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daily event that lasts for centuries has a hundred thousand of them."""
    made, times = [], Schedule.times

    def counted(schedule: Schedule, *today: Any) -> Any:
        made.append(schedule)
        return times(schedule, *today)

    monkeypatch.setattr(Schedule, "times", counted)
    tool.sign_in()
    series = {"recurrence-repeats": "daily", "recurrence-end": "until"}
    sent = SENT | series | {"recurrence-until": "2027-12-31", "action": "preview"}
    token = csrf_of(tool.get("/write/event"))
    page = tool.post_raw("/write/event", **sent, csrf=token)
    assert page.status_code == 200
    assert "31 December 2027" in page.text
    assert len(made) <= 8  # for list and words, similar events, preview and questions
