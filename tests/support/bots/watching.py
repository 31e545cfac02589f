"""Watches an in-memory wiki while something happens on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from threading import Event

from bots.lease import alone
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
    lease: Callable[[], AbstractContextManager[bool]] = alone,
    may_go_on: Callable[[], None] = lambda: None,
    clock: Callable[[], datetime] | None = None,
) -> None:
    """Watch until the steps are over; `clock` is the wiki's without another one."""
    runner.terminated = Steps(runner, *steps)
    job = runner.job("watch")
    saver = replace(job.saver, may_go_on=may_go_on)
    job = replace(job, lease=lease, saver=saver, clock=clock or job.clock)
    job.perform(TASKS["watch"])


def nothing() -> None:
    """Nobody does anything."""
