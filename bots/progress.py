"""Progress of a task that reads for long, in the log."""

import logging
from contextlib import AbstractContextManager

from bots.meanwhile import meanwhile
from space.wiki.values import RequestCount

_LOG = logging.getLogger(__name__)
_EVERY = 5.0  # seconds


def progress(task: str, requests: RequestCount) -> AbstractContextManager[None]:
    """Log every few seconds how much was asked of the wiki."""

    def tell() -> bool:
        _LOG.info(
            "%s: %d texts and %d other requests so far",
            task,
            requests.content,
            requests.other,
        )
        return True

    return meanwhile(_EVERY, tell)
