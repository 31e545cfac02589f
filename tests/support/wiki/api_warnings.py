"""What a wiki's API warns of while tests ask it."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warned: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        test = os.environ.get("PYTEST_CURRENT_TEST", "")
        if not test.startswith("tests/unit/"):  # which make their warnings up
            self.warned.append(record.getMessage())


@contextmanager
def warnings_of_the_wiki() -> Iterator[list[str]]:
    """A block in whose list are the warnings that clients of this process got."""
    logger, collector = logging.getLogger("space.wiki.action_api"), _Collector()
    logger.addHandler(collector)
    try:
        yield collector.warned
    finally:
        logger.removeHandler(collector)
