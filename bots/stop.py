"""When a task has to end: SIGTERM, or a stop page on the wiki.

`User:<bot>/run/<task>` stops that task while it exists and says anything but "on".
Anybody can write it, so that a bot out of hand needs no administrator.
"""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType

from space.wiki.port import WikiReader

PAGES_BETWEEN_LOOKS = 10


def stop_page(bot: str, task: str) -> str:
    """The title of a task's stop page."""
    return f"User:{bot}/run/{task}"


class Stop:
    """Says before every page whether to go on; looks at the wiki now and then."""

    def __init__(
        self, wiki: WikiReader, titles: Sequence[str], terminated: Event
    ) -> None:
        self._wiki = wiki
        self._titles = tuple(titles)
        self._terminated = terminated
        self._asked = 0
        self._found = ""

    def reason(self) -> str:
        """Why to stop, or an empty text. Once there is a reason it stays."""
        if self._terminated.is_set():
            return "terminated"
        if not self._found and self._asked % PAGES_BETWEEN_LOOKS == 0:
            self._found = self._look()
        self._asked += 1
        return self._found

    def _look(self) -> str:
        for title, revision in self._wiki.texts(self._titles).items():
            if (revision.text or "").strip().casefold() != "on":
                return f"{title} does not say “on”"
        return ""


@contextmanager
def termination() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set, so that the current page is finished.

    A second SIGINT ends the program as usual. Only for the main thread.
    """
    event = Event()
    interrupted = signal.getsignal(signal.SIGINT)

    def terminate(number: int, _frame: FrameType | None) -> None:
        event.set()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, interrupted)

    before = {
        number: signal.signal(number, terminate)
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
