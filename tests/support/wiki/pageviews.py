"""Wikimedia's pageviews in memory, of the sandbox, that counts what it is asked."""

from collections.abc import Callable
from datetime import date

from sandbox.gateway.pageviews import ROOT, answer
from space.sources.source import SourceAnswer


class CountedViews:
    """The API as it is on the UTC day that `today` gives.

    `failure` answers in place of it, where it gives an answer.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self.today = today
        self.asked: list[str] = []
        self.failure: Callable[[str], SourceAnswer | None] = lambda _: None

    def ask(self, path: str) -> SourceAnswer:
        self.asked.append(path)
        failed = self.failure(path)
        if failed:
            return failed
        told = answer(f"{ROOT}/{path}", self.today())
        assert told is not None, path
        return SourceAnswer(told.status_code, told.get_data())
