import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.schema.kinds import load_kind
from tool.app.form.fields import (
    Typed,
    blank_form,
    inputs,
    read_form,
    typed_from,
    typed_in,
    widget,
)

EVENT, POST = load_kind("event"), load_kind("post")
GOOD: Typed = {
    "title": ("Tea",),
    "start-date": ("2026-11-28",),
    "start-time": ("10:00",),
    "timezone": ("Asia/Kolkata",),
    "mode": ("in-person",),
    "country": ("IN",),
    "status": ("confirmed",),
}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("title", "text"),
        ("summary", "textarea"),
        ("start", "moment"),
        ("country", "names"),
        ("mode", "buttons"),
        ("audience", "checkboxes"),
        ("website", "url"),
        ("except", "skipped-dates"),
        ("languages", "names"),
    ],
)
def test_widget_when_asked_then_fits_the_field(field: str, expected: str) -> None:
    assert widget(EVENT.fields[field]) == expected


def test_read_form_when_good_then_has_canonical_values_without_defaults() -> None:
    form = read_form(EVENT, GOOD, "Body")
    assert form.errors == []
    assert form.values == {
        "title": "Tea",
        "start": "2026-11-28 10:00",
        "timezone": "Asia/Kolkata",
        "country": "IN",
    }


def test_read_form_when_the_time_is_empty_then_it_takes_the_whole_day() -> None:
    form = read_form(EVENT, {**GOOD, "start-time": ("",)}, "")
    assert form.values["start"] == "2026-11-28"


@pytest.mark.parametrize("day", ["", "  "])
def test_read_form_when_the_end_has_no_date_then_it_is_the_day_of_the_start(
    day: str,
) -> None:
    typed = {**GOOD, "end-date": (day,), "end-time": ("17:00",)}
    form = read_form(EVENT, typed, "")
    assert form.errors == []
    assert form.values["end"] == "2026-11-28 17:00"


def test_read_form_when_a_moment_has_a_time_alone_then_says_so_where_it_is() -> None:
    typed = {**GOOD, "start-date": ("",), "end-time": ("17:00",)}
    errors = read_form(EVENT, typed, "").errors
    problems = [(problem.code, problem.field) for _, problem in errors]
    assert problems == [("date-alone-missing", "start"), ("date-alone-missing", "end")]


def test_read_form_when_the_time_alone_ends_before_the_start_then_says_so() -> None:
    form = read_form(EVENT, {**GOOD, "end-time": ("09:00",)}, "")
    assert [problem.field for _, problem in form.errors] == ["end"]


def test_read_form_when_lists_are_typed_then_separators_split_them() -> None:
    typed = {**GOOD, "topics": ("tea ; cake",), "audience": ("newcomers", "students")}
    form = read_form(EVENT, typed, "")
    assert form.values["topics"] == ("tea", "cake")
    assert form.values["audience"] == ("newcomers", "students")


@pytest.mark.parametrize(
    "text",
    ["{{delete}}", "a|b", "''quoted''", "~~~~", "&amp;", "<b>x</b>", "[[x", "a;b"],
)
def test_read_form_when_the_title_looks_like_markup_then_it_is_text(text: str) -> None:
    assert read_form(EVENT, {**GOOD, "title": (text,)}, "").values["title"] == text


def test_read_form_when_online_then_needs_no_country() -> None:
    form = read_form(EVENT, {**GOOD, "mode": ("online",), "country": ("",)}, "")
    assert form.errors == []
    assert form.values["mode"] == "online"


def test_read_form_when_under_more_something_is_wrong_then_more_is_open() -> None:
    assert not read_form(EVENT, GOOD, "").more_is_open
    assert read_form(EVENT, {**GOOD, "wikidata": ("tea",)}, "").more_is_open


def test_read_form_when_a_contact_is_private_then_only_warns() -> None:
    form = read_form(EVENT, {**GOOD, "contact": ("me@example.org",)}, "")
    assert form.errors == []
    assert form.more_is_open


def test_control_when_its_choice_is_unknown_then_it_stays_to_be_seen() -> None:
    form = read_form(EVENT, {**GOOD, "country": ("XX",)}, "")
    country = next(
        control for control in form.controls if control.field.name == "country"
    )
    assert country.failed
    assert country.strays([("IN", "India")]) == ("XX",)


def test_parts_when_listed_then_every_field_and_the_text_are_there_once() -> None:
    for of in (EVENT, POST):
        form = blank_form(of, {})
        names = [
            control.field.name if control else "body"
            for _, controls in (*form.parts, *form.more_parts)
            for control in controls
        ]
        assert sorted(names) == sorted((*of.fields, "body"))


def test_parts_when_of_an_event_then_only_experts_need_what_is_under_more() -> None:
    names = [part.name for part, _ in blank_form(EVENT, {}).parts]
    assert names == [
        *("title", "when", "where", "description", "picture"),
        *("registration", "about", "people"),
    ]


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(
            [name for control in EVENT.fields.values() for name in inputs(control)]
        ),
        st.lists(st.text(max_size=30), max_size=2).map(tuple),
        max_size=8,
    )
)
def test_read_form_when_given_anything_then_keeps_it_and_never_breaks(
    typed: Typed,
) -> None:
    sent = typed_in(EVENT, lambda name: list(typed.get(name, ())))
    form = read_form(EVENT, sent, "")
    shown = {
        name: value
        for control in form.controls
        for name, value in control.typed.items()
    }
    for name, texts in typed.items():
        assert shown[name] == texts


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "title": st.text(
                st.characters(codec="utf-8", exclude_categories=("C", "Z")),
                min_size=1,
                max_size=50,
            )
        },
        optional={
            "summary": st.just("With [[w:Tea|tea]]"),
            "start": st.sampled_from(["2026-11-28", "2026-11-28 10:00"]),
            "timezone": st.just("UTC"),
            "topics": st.just(("tea", "cake")),
            "audience": st.just(("students",)),
            "mode": st.just("online"),
        },
    )
)
def test_typed_from_when_read_again_then_gives_the_same_values(
    values: dict[str, str],
) -> None:
    from unicodedata import normalize

    values["title"] = normalize("NFC", values["title"])
    assert read_form(EVENT, typed_from(EVENT, values), "").values == values
