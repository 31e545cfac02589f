"""Occurrences of events."""

import pytest

from space.publication.occurrence import representative


@pytest.mark.parametrize(
    ("times", "shown"),
    [([1, 2, 3, 4], 3), ([1, 2], 2), ([3, 1], 3), ([5], 5)],
)
def test_representative_when_asked_is_the_first_not_over_or_else_the_last(
    times: list[int], shown: int
) -> None:
    assert representative(times, lambda time: time <= 2) == shown
