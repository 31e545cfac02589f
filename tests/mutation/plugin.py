"""pytest plugin for runs on mutants: empty caches for every test, few examples.

mutmut forks its workers from the process that has run all tests. A function whose
result is cached there would never be called again, so no mutant of it could be noticed.

A mutant may loop without end. mutmut's own limit goes by the clock and by all tests of
a function; the one here stops a single test by the time that it really ran.
"""

import os
import signal
import sys
from collections.abc import Iterator
from functools import cache
from types import FrameType

import pytest
from hypothesis import settings

EXAMPLES = 20
LONGEST_TEST = 10.0
"""Seconds of computing after which a test never ends; the longest need about two."""
TIMED_OUT = 36  # the exit code by which mutmut knows it
ROOMS = ("space.", "tool.", "tests.support.")
CACHED = type(cache(int))


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Try the same few examples each time; `tests/conftest.py` has had its say."""
    settings.register_profile(
        "mutants", deadline=None, max_examples=EXAMPLES, derandomize=True, database=None
    )
    settings.load_profile("mutants")


def pytest_runtest_setup() -> None:
    """Clear the caches of the project's modules and of their classes."""
    for name, module in list(sys.modules.items()):
        if name.startswith(ROOMS):
            for value in list(vars(module).values()):
                _clear(value)
                if type(value) is type:  # not isinstance: Flask's proxies refuse
                    for member in list(vars(value).values()):
                        _clear(getattr(member, "__func__", member))


def _clear(value: object) -> None:
    if type(value) is CACHED:
        value.cache_clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """End the process, and so the run on this mutant, where a test never ends."""
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_TEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    """At once: Hypothesis would try what fails again and again."""
    os._exit(TIMED_OUT)
