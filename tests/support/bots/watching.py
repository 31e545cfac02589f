"""Watches an in-memory wiki while something happens on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from threading import Event

from bots.tasks import TASKS
from tests.support.bots.runner import BotRunner

Step = Callable[[], object]


class Steps(Event):
    """The pauses of a watch: in each some time goes by and something happens."""

    def __init__(self, runner: BotRunner, *steps: Step) -> None:
        super().__init__()
        self._runner, self._steps = runner, iter(steps)

    def wait(self, timeout: float | None = None) -> bool:
        if not timeout:  # the first look
            return self.is_set()
        self._runner.bot_and_wiki.admin.advance(seconds=timeout)
        step = next(self._steps, self.set)
        step()
        return self.is_set()


def watch(
    runner: BotRunner,
    *steps: Step,
    lock: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Watch until the steps are over."""
    runner.terminated = Steps(runner, *steps)
    replace(runner.job("watch"), lock=lock).perform(TASKS["watch"])


def nothing() -> None:
    """Nobody does anything."""
