"""pytest plugin: every test begins with empty `functools` caches.

mutmut forks its workers from the process that has run all tests. A function whose
result is cached there would never be called again, so no mutant of it could be noticed.
"""

import sys
from functools import cache

ROOMS = ("space.", "tool.")
CACHED = type(cache(int))


def pytest_runtest_setup() -> None:
    """Clear the caches of the project's modules."""
    for name, module in list(sys.modules.items()):
        if name.startswith(ROOMS):
            for value in vars(module).values():
                if type(value) is CACHED:  # not isinstance: Flask's proxies refuse
                    value.cache_clear()
