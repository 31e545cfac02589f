from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

import pytest

from space.errors import WikiBusyError, WikiUnavailableError
from tool.upstream.call_limits import WAITERS, CallLimits
from tool.upstream.reader_pool import MOST, PAUSE, ReaderPool


class Coming(Future[Any]):
    """An answer that comes when somebody waits for it long enough, or is let come."""

    def __init__(self, wiki: "Wiki", work: Any) -> None:
        super().__init__()
        self.wiki, self.come = wiki, lambda: self.set_result(work())

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            self.wiki.waited += 1
            if self.wiki.takes > (timeout or 0):
                self.wiki.now += timeout or 0
                raise TimeoutError
            self.come()
        return super().result()


class Wiki(Executor):
    """A wiki that `takes` seconds for an answer, and a pool before it."""

    def __init__(self) -> None:
        self.now = self.takes = 0.0
        self.waited = 0
        self.asked: list[Coming] = []
        self.limits = CallLimits()
        self.pool = ReaderPool(self.limits, executor=self, clock=lambda: self.now)

    def submit(self, work: Any, /, *args: Any, **_: Any) -> Coming:
        self.asked.append(Coming(self, partial(work, *args)))
        return self.asked[-1]

    def answer(self) -> str:
        self.now += self.takes
        return "text"

    def get(self, key: str, seconds: float = 3) -> str:
        return self.pool.get(key, self.answer, seconds)


def proven() -> Wiki:
    """A wiki that has answered."""
    wiki = Wiki()
    with pytest.raises(WikiBusyError):
        wiki.get("first")
    wiki.asked[0].come()
    return wiki


def test_get_when_the_process_has_just_started_then_nobody_waits() -> None:
    wiki = Wiki()
    for _ in range(3):
        with pytest.raises(WikiBusyError):
            wiki.get("a")
    assert wiki.waited == 0
    assert len(wiki.asked) == 1  # once for all


def test_get_when_the_wiki_is_known_to_answer_then_waits_for_it() -> None:
    wiki = proven()
    wiki.takes = 1
    assert wiki.get("a") == "text"


def test_get_when_an_answer_was_late_then_nobody_waits_until_one_is_prompt() -> None:
    wiki = proven()
    wiki.takes = 5
    with pytest.raises(WikiUnavailableError):
        wiki.get("a")
    wiki.asked[-1].come()  # for the next reader, but no wiki to wait for
    with pytest.raises(WikiBusyError):
        wiki.get("b")
    wiki.takes = 1
    wiki.asked[-1].come()
    assert wiki.get("c") == "text"


def test_get_when_the_pause_is_over_then_one_tries_to_wait() -> None:
    wiki = proven()
    wiki.takes = 5
    for waits in (True, False, True):
        waited = wiki.waited
        with pytest.raises(WikiUnavailableError):
            wiki.get("a")
        assert wiki.waited - waited == waits
        wiki.now += 0 if waits and wiki.waited == 1 else PAUSE


def test_get_when_others_wait_for_wikis_then_does_not_wait_as_well() -> None:
    wiki = proven()
    for _ in range(WAITERS):
        assert wiki.limits._slots.acquire(blocking=False)
    with pytest.raises(WikiBusyError):
        wiki.get("a")
    wiki.asked[-1].come()  # in a thread of its own, which takes none of their slots


def test_get_when_too_much_is_asked_then_nothing_more_is() -> None:
    wiki = Wiki()
    for number in range(MOST + 3):
        with pytest.raises(WikiBusyError):
            wiki.get(str(number))
    assert len(wiki.asked) == MOST
    for asked in wiki.asked:
        asked.come()
    assert wiki.get("next") == "text"
