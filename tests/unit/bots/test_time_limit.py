from threading import Event

import pytest

from bots.time_limit import within
from space.errors import WikiUnavailableError


def test_within_when_work_ends_then_is_its_result_or_what_it_raises() -> None:
    def fail() -> str:
        raise WikiUnavailableError("no")

    assert within(60, lambda: "done") == "done"
    with pytest.raises(WikiUnavailableError):
        within(60, fail)


def test_within_when_work_does_not_end_then_is_not_waited_for() -> None:
    never = Event()
    with pytest.raises(TimeoutError, match="within 0 s"):
        within(0.01, never.wait)
    never.set()
