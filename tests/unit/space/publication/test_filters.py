from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.filters import Filter, FilterProblem, keys, parse
from space.text.folding import fold
from space.text.messages import read_messages

TEXTS = st.text(max_size=12)
ITEMS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["topic", "organizer", "series", "q"]), TEXTS),
        st.tuples(st.just("country"), st.sampled_from(["NZ", "nz", "PG"])),
        st.tuples(st.just("mode"), st.sampled_from(["online", "In-Person"])),
        st.tuples(st.sampled_from(["from", "to"]), st.dates().map(str)),
    ),
    max_size=8,
    unique_by=lambda item: item[0] if item[0] in {"from", "to", "q"} else item,
)


def test_keys_when_asked_then_are_those_of_the_design() -> None:
    assert set(keys("event")) == {
        "language",
        "country",
        "topic",
        "type",
        "wiki",
        "mode",
        "audience",
        "reach",
        "series",
        "organizer",
        "status",
    }
    assert set(keys("post")) == {"language", "topic", "author", "series"}


def test_parse_when_key_is_repeated_then_its_values_are_alternatives() -> None:
    found = parse("event", [("topic", "GLAM"), ("country", "NZ"), ("topic", "women")])
    assert found == Filter(
        "event", terms=(("country", ("NZ",)), ("topics", ("glam", "women")))
    )


def test_parse_when_values_are_empty_then_they_are_absent() -> None:
    items = [("topic", ""), ("from", " "), ("q", "\t"), ("country", "")]
    assert parse("event", items) == Filter("event")


def test_parse_when_days_and_words_are_given_then_they_are_read() -> None:
    items = [("to", "2026-12-31"), ("from", "2026-11-01"), ("q", " Photo  walk photo")]
    assert parse("post", items) == Filter(
        "post",
        since=date(2026, 11, 1),
        until=date(2026, 12, 31),
        words=("photo", "walk"),
    )


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("country", ["nz", "NZ", "Deutschland"], ("DE", "NZ")),
        ("wiki", ["bn.wikipedia", "bnwiki"], ("bnwiki",)),
        ("language", ["EN", "zh-hant"], ("en", "zh-Hant")),
        ("topic", ["Edit a thon; GLAM, x"], ("edit-a-thon", "glam", "x")),
        ("mode", ["In Person"], ("in-person",)),
        ("type", ["edit-a-thon", "Editathons"], ("editing-event",)),
        ("type", ["office hours"], ("office-hour",)),
        ("country", ["XK", "Kosovo"], ("XK",)),
        ("organizer", ["User:Ana", "[[User:Ana]]", "ana"], ("Ana",)),
        ("organizer", ["Club, the"], ("Club, the",)),
        ("series", ["Space/Events/Wiki_Wednesday"], ("Space/Events/Wiki Wednesday",)),
        ("audience", ["newcomers", "", "students"], ("newcomers", "students")),
    ],
)
def test_parse_when_values_are_spelt_freely_then_they_are_read_as_on_pages(
    key: str, values: list[str], expected: tuple[str, ...]
) -> None:
    found = parse("event", [(key, value) for value in values])
    assert isinstance(found, Filter)
    assert [terms for _, terms in found.terms] == [expected]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("colour", "red", "filter-key"),
        ("author", "X", "filter-key"),
        ("city", "Auckland", "filter-key"),
        ("Country", "NZ", "filter-key"),
        ("mode", "by-boat", "filter-value"),
        ("status", "1", "filter-value"),
        ("country", "XX", "filter-value"),
        ("country", "NZ; PG", "filter-value"),
        ("language", "Nonsense", "filter-value"),
        ("wiki", "nowhere", "filter-value"),
        ("from", "20261128", "filter-value"),
        ("from", "2026-W48-6", "filter-value"),
        ("to", "2026-02-30", "filter-value"),
        ("to", "today", "filter-value"),
        ("q", "x" * 201, "filter-value"),
        ("topic", "x" * 201, "filter-value"),
    ],
)
def test_parse_when_key_or_value_is_bad_then_the_problem_names_it(
    key: str, value: str, code: str
) -> None:
    found = parse("event", [("country", "NZ"), (key, value)])
    assert isinstance(found, FilterProblem)
    assert (found.code, found.field, found.params[0]) == (code, key, key)


def test_parse_when_range_ends_before_it_begins_then_says_so() -> None:
    found = parse("event", [("from", "2026-12-01"), ("to", "2026-11-30")])
    assert isinstance(found, FilterProblem)
    assert (found.code, found.field) == ("filter-range", "to")


@pytest.mark.parametrize(
    "items",
    [
        [("topic", str(number)) for number in range(51)],
        [("q", "a"), ("q", "b")],
        [("from", "2026-11-01"), ("from", "2026-11-01")],
    ],
)
def test_parse_when_there_are_too_many_values_then_refuses(
    items: list[tuple[str, str]],
) -> None:
    found = parse("event", items)
    assert isinstance(found, FilterProblem)
    assert found.code == "filter-many"


@given(ITEMS)
def test_query_when_read_again_then_means_the_same(
    items: list[tuple[str, str]],
) -> None:
    found = parse("event", items)
    if isinstance(found, Filter):
        assert parse("event", found.items()) == found
        assert parse("event", reversed(found.items())) == found
        backwards = parse("event", items[::-1])
        assert isinstance(backwards, Filter)
        assert backwards.query() == found.query()


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_parse_when_given_anything_then_answers_with_a_value(
    items: list[tuple[str, str]],
) -> None:
    assert isinstance(parse("post", items), Filter | FilterProblem)


@given(st.text())
def test_fold_when_applied_twice_then_nothing_changes(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("GLAM", "glam"), ("User_talk", " user  TALK"), ("ＮＺ", "nz"), ("é", "é")],
)
def test_fold_when_only_case_width_or_spacing_differ_then_they_are_one(
    one: str, other: str
) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("code", ["key", "value", "many", "range"])
def test_message_when_a_filter_is_refused_then_it_exists(code: str) -> None:
    assert f"problem-filter-{code}" in read_messages("en")
