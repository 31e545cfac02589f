"""What all parts of a feed are together, after a change of some."""

from hypothesis import given
from hypothesis import strategies as st

from space.store.tables.feed_parts import FeedFacts, together

moments = st.tuples(st.integers(0, 3), st.integers(4, 7))
facts = st.builds(
    FeedFacts,
    st.integers(1, 9),
    st.integers(1, 99),
    st.integers(0, 5),
    st.integers(0, 99),
    st.dictionaries(st.sampled_from(("UTC", "Asia/Kolkata")), moments),
)
some = st.one_of(facts, st.just(FeedFacts()))


@given(st.lists(facts, max_size=3), some, some)
def test_change_whatever_changes_gives_what_all_are_together_or_nothing(
    others: list[FeedFacts], before: FeedFacts, now: FeedFacts
) -> None:
    found = together([*others, before]).with_change(before, now)
    assert found is None or found == together([*others, now])


@given(st.lists(facts, max_size=3), facts)
def test_change_when_moments_stay_and_it_is_the_newest_then_others_are_not_asked(
    others: list[FeedFacts], before: FeedFacts
) -> None:
    now = FeedFacts(1, 7, 6, 5, before.zones)
    found = together([*others, before]).with_change(before, now)
    assert found == together([*others, now])


def test_change_when_the_last_of_all_goes_then_only_others_can_tell() -> None:
    before = FeedFacts(1, 7, 6, 5, {"UTC": (1, 2)})
    other = FeedFacts(1, 7, 3, 5, {"UTC": (1, 1)})
    assert together([other, before]).with_change(before, FeedFacts()) is None
