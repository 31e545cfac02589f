"""The end of a task before its time: by SIGTERM, or by a stop page on the wiki.

`User:<bot>/run/<task>` stops the task while it exists and says anything but "on".
Anybody can write it, so that a bot out of hand needs no administrator.
"""

import signal
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    """Stop pages that say something else than "on", all read in one request.

    The stops of a process share it, so that each page is read for all of them.
    """

    def __init__(self, wiki: WikiReader) -> None:
        self._wiki = wiki
        self._wanted: dict[str, None] = {}
        self._read: frozenset[str] = frozenset()
        self._calls_left = 0
        self._stopping: frozenset[str] = frozenset()

    def want(self, titles: Iterable[str]) -> None:
        """Have these read with all others."""
        self._wanted |= dict.fromkeys(titles)

    def stopping(self, titles: Collection[str]) -> frozenset[str]:
        """Those that stop a task; the first call for a title and every tenth reads."""
        if not (self._calls_left and self._read.issuperset(titles)):
            self._stopping = frozenset(
                title
                for title, revision in self._wiki.texts(tuple(self._wanted)).items()
                if (revision.text or "").strip().casefold() != "on"
            )
            self._read = frozenset(self._wanted)
            self._calls_left = CALLS_BETWEEN_READS
        self._calls_left -= 1
        return self._stopping

    def hear(self, changed: Collection[str]) -> None:
        """Take it that of all pages since the last reading these have changed."""
        if self._read.isdisjoint(changed):
            self._calls_left = CALLS_BETWEEN_READS
        else:
            self.doubt()

    def doubt(self) -> None:
        """Read them at the next call."""
        self._calls_left = 0


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
        self._pages = pages or _StopPages(wiki)
        self._pages.want(titles)
        self._reason = ""

    def including(self, title: str) -> "Stop":
        """A stop for these titles and one more."""
        titles = (*self._titles, title)
        return Stop(self._wiki, titles, self._terminated, self._pages)

    def parted(self, titles: Mapping[str, str]) -> dict[str, "Stop"]:
        """Stops for these titles and each one more, by its name, read together."""
        return {name: self.including(title) for name, title in titles.items()}

    def hear(self, changed: Collection[str]) -> None:
        """Take it that only these of all pages changed since stop pages were read.

        Stop pages among them are read before the next edit, and else not for ten more.
        """
        self._pages.hear(changed)

    def doubt(self) -> None:
        """Have stop pages read before the next edit, whatever was heard of them."""
        self._pages.doubt()

    @property
    def seen(self) -> str:
        """The reason known without a request, empty if there is none."""
        return "terminated" if self._terminated.is_set() else self._reason

    def wait(self, seconds: float) -> bool:
        """Wait, and say whether a signal asked to end meanwhile."""
        return self._terminated.wait(seconds)

    def reason(self) -> str:
        """The reason to stop, empty if there is none; it stays once there is one.

        The first call and every tenth read the stop pages, unless the process hears of
        what changes.
        """
        if not self.seen:
            stopping = self._pages.stopping(self._titles)
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
