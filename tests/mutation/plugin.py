"""pytest plugin for runs on mutants: empty caches for every test, few examples.

mutmut forks its workers from the process that has run all tests. A function whose
result is cached there would never be called again, so no mutant of it could be noticed.
"""

import sys
from functools import cache

import pytest
from hypothesis import settings

EXAMPLES = 20
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
    """Clear the caches of the project's modules, and of what tests made by them."""
    for name, module in list(sys.modules.items()):
        if name.startswith(ROOMS):
            for value in vars(module).values():
                if type(value) is CACHED:  # not isinstance: Flask's proxies refuse
                    value.cache_clear()
