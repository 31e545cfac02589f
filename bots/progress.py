"""Progress of a task that reads for long, in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from space.wiki.values import RequestCount

_LOG = logging.getLogger(__name__)
_EVERY = 5.0  # seconds


@contextmanager
def progress(task: str, requests: RequestCount) -> Iterator[None]:
    """Log every few seconds how much was asked of the wiki."""
    over = Event()

    def tell() -> None:
        while not over.wait(_EVERY):
            _LOG.info(
                "%s: %d texts and %d other requests so far",
                task,
                requests.content,
                requests.other,
            )

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
