"""A thread for requests to wikis that no visitor waits for."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)

Work = Callable[[], object]
Later = Callable[[Work], object]
"""Does some work soon, in another thread; its result is not used."""


def background() -> Later:
    """One thread that does one piece of work after the other."""
    threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
    return lambda work: threads.submit(_logged, work)


def _logged(work: Work) -> None:
    try:
        work()
    except Exception:
        log.exception("work in the background failed")
