"""The filter of discussions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.discussion_filters import KEYS, TalkFilter, parse_talk
from space.publication.filters import FilterProblem


@pytest.mark.parametrize(
    ("items", "code", "field"),
    [
        ([("colour", "red")], "filter-key", "colour"),
        ([("kind", "party")], "filter-value", "kind"),
        ([("state", "loud")], "filter-value", "state"),
        ([("state", "active"), ("state", "newest")], "filter-many", "state"),
        ([("about", "X")], "filter-value", "about"),
        ([("about", "٣")], "filter-value", "about"),
        ([("q", "x" * 201)], "filter-value", "q"),
    ],
)
def test_parse_talk_when_not_understood_then_names_the_key(
    items: list[tuple[str, str]], code: str, field: str
) -> None:
    found = parse_talk(items)
    assert isinstance(found, FilterProblem)
    assert (found.code, found.field) == (code, field)


def test_parse_talk_when_spelt_otherwise_then_is_the_same_filter() -> None:
    one = parse_talk(
        [("topic", "GLAM"), ("q", "b  A"), ("topic", "Women"), ("kind", "")]
    )
    other = parse_talk([("q", "a b"), ("topic", "women"), ("topic", "glam")])
    assert one == other == TalkFilter(topics=("glam", "women"), words=("a", "b"))


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=8)), max_size=6))
def test_parse_talk_when_written_back_then_is_the_same(
    items: list[tuple[str, str]],
) -> None:
    found = parse_talk(items)
    if isinstance(found, TalkFilter):
        assert parse_talk(found.items()) == found
