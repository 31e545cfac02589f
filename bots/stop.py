"""The end of a task before its time: by SIGTERM, or by a stop page on the wiki.

`User:<bot>/run/<task>` stops the task while it exists and says anything but "on".
Anybody can write it, so that a bot out of hand needs no administrator.
"""

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType

from space.wiki.port import WikiReader

CALLS_BETWEEN_READS = 10
"""How many edits, or items of a task that only reads, share one reading of the page."""


def stop_page(bot: str, task: str) -> str:
    """The title of a task's stop page."""
    return f"User:{bot}/run/{task}"


class _StopPages:
    """Stop pages that say something else than "on", all read in one request."""

    def __init__(self, wiki: WikiReader, titles: Iterable[str]) -> None:
        self._wiki = wiki
        self._titles = tuple(dict.fromkeys(titles))
        self._calls = 0
        self._stopping: frozenset[str] = frozenset()

    def stopping(self) -> frozenset[str]:
        """Their titles; the first call and every tenth read the pages."""
        if self._calls % CALLS_BETWEEN_READS == 0:
            self._stopping = frozenset(
                title
                for title, revision in self._wiki.texts(self._titles).items()
                if (revision.text or "").strip().casefold() != "on"
            )
        self._calls += 1
        return self._stopping


class Stop:
    """Whether a task has to end: by a signal, or by a stop page of `titles`.

    `terminated` is set by the signal. `pages` may be read for several tasks together.
    """

    def __init__(
        self,
        wiki: WikiReader,
        titles: Sequence[str],
        terminated: Event,
        pages: _StopPages | None = None,
    ) -> None:
        self._wiki = wiki
        self._titles = tuple(titles)
        self._terminated = terminated
        self._pages = pages or _StopPages(wiki, titles)
        self._reason = ""

    def including(self, title: str) -> "Stop":
        """A stop for these titles and one more."""
        return Stop(self._wiki, (*self._titles, title), self._terminated)

    def parted(self, titles: Mapping[str, str]) -> dict[str, "Stop"]:
        """Stops for these titles and each one more, by its name, read together."""
        pages = _StopPages(self._wiki, (*self._titles, *titles.values()))
        return {
            name: Stop(self._wiki, (*self._titles, title), self._terminated, pages)
            for name, title in titles.items()
        }

    @property
    def seen(self) -> str:
        """The reason known without a request, empty if there is none."""
        return "terminated" if self._terminated.is_set() else self._reason

    def wait(self, seconds: float) -> bool:
        """Wait, and say whether a signal asked to end meanwhile."""
        return self._terminated.wait(seconds)

    def reason(self) -> str:
        """The reason to stop, empty if there is none; it stays once there is one.

        The first call and every tenth read the stop pages.
        """
        if not self.seen:
            stopping = self._pages.stopping()
            title = next((title for title in self._titles if title in stopping), None)
            self._reason = f"{title} does not say “on”" if title else ""
        return self.seen


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
