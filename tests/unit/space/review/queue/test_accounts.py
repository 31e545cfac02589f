import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.review.queue.accounts import AccountExperience, at_least
from space.wiki.values import Account


@given(st.integers(0, 10**9))
def test_at_least_when_counted_is_a_power_of_ten_below(count: int) -> None:
    bound = at_least(count)
    assert bound <= count
    assert count == 0 or count < 10 * bound
    assert set(str(bound)) <= {"0", "1"}


def test_person_when_the_account_is_unknown_has_no_edits() -> None:
    assert AccountExperience.of(Account("192.0.2.7", exists=False)).edits is None
    known = Account("Ann", exists=True, blocked=True, edit_count=4321)
    assert AccountExperience.of(known) == AccountExperience("Ann", 1000, blocked=True)


@pytest.mark.parametrize(
    ("count", "bound"), [(0, 0), (1, 1), (9, 1), (10, 10), (999, 100), (1000, 1000)]
)
def test_at_least_when_counted_is_the_largest_such_bound(
    count: int, bound: int
) -> None:
    assert at_least(count) == bound
