from hypothesis import given
from hypothesis import strategies as st

from space.schema.kinds import Values, load_kind
from tool.app.writing.merge import changes, merge

EVENT = load_kind("event")
VALUES = st.dictionaries(
    st.sampled_from(["title", "city", "status", "mode", "venue"]),
    st.sampled_from(["confirmed", "cancelled", "in-person", "x", "y"]),
)


def apply(values: Values, made: Values) -> Values:
    for name, value in changes(EVENT, values, made).items():
        values = {k: v for k, v in values.items() if k != name}
        values |= {name: value} if value is not None else {}
    return values


def test_changes_when_a_default_is_only_written_out_then_there_are_none() -> None:
    assert changes(EVENT, {"title": "A"}, {"title": "A", "status": "confirmed"}) == {}
    assert changes(EVENT, {"status": "confirmed"}, {}) == {}


def test_changes_when_a_field_is_emptied_then_it_is_taken_out() -> None:
    old = {"title": "A", "address": "1 Road", "status": "cancelled"}
    assert changes(EVENT, old, {"title": "B"}) == {
        "title": "B",
        "address": None,
        "status": None,
    }


def test_merge_when_different_fields_changed_then_both_changes_are_in() -> None:
    base = {"title": "A", "city": "Pune", "venue": "Library"}
    mine = base | {"title": "B"}
    theirs = {"title": "A", "city": "Mumbai"}
    merged = merge(EVENT, base, mine, theirs)
    assert merged.values == {"title": "B", "city": "Mumbai"}
    assert merged.clashes == {}


def test_merge_when_the_same_field_changed_then_mine_is_taken_and_theirs_shown() -> (
    None
):
    base = {"title": "A", "city": "Pune"}
    merged = merge(EVENT, base, base | {"city": "Goa"}, {"title": "A"})
    assert merged.values == {"title": "A", "city": "Goa"}
    assert merged.clashes == {"city": None}


def test_merge_when_both_changed_to_the_same_then_nothing_clashes() -> None:
    base = {"title": "A"}
    same = {"title": "B"}
    assert merge(EVENT, base, same, same).clashes == {}


@given(VALUES, VALUES)
def test_changes_when_applied_then_old_means_the_same_as_new(
    old: Values, new: Values
) -> None:
    assert changes(EVENT, apply(old, new), new) == {}


@given(VALUES, VALUES)
def test_merge_when_only_one_side_changed_then_that_side_is_the_result(
    base: Values, other: Values
) -> None:
    assert changes(EVENT, merge(EVENT, base, other, base).values, other) == {}
    assert changes(EVENT, merge(EVENT, base, base, other).values, other) == {}


@given(VALUES, VALUES, VALUES)
def test_merge_when_both_changed_then_mine_is_never_lost(
    base: Values, mine: Values, theirs: Values
) -> None:
    merged = merge(EVENT, base, mine, theirs)
    for name, value in changes(EVENT, base, mine).items():
        assert merged.values.get(name) == value
