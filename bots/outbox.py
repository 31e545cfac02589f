"""The outbox: pages of the bot that wait to be written, and how they are worked off."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bots.report import Did, PageReport, Report
from space.sync.write_queue import Turn, WriteQueue
from space.wiki.values import Edit

REFUSED_FOR = timedelta(minutes=10)
"""How long a page waits that the wiki refused, as where it is protected."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An edit, and the task that wants it, whose stop page it heeds."""

    task: str
    edit: Edit


@dataclass(slots=True)
class Outbox:
    """The one queue of writes of a process.

    `written` has when a page was last written, as far as that is known (aware).
    """

    queue: WriteQueue[Draft] = field(default_factory=WriteQueue)
    written: dict[str, datetime] = field(default_factory=dict)

    def put(
        self, draft: Draft, turn: Turn, now: datetime, not_before: datetime | None
    ) -> None:
        """Have a page written, in place of what waits for it."""
        title = draft.edit.title
        self.queue = self.queue.put(title, draft, turn, now, not_before)

    def drop(self, title: str) -> None:
        """Write nothing on a page: it is as it should be."""
        if title in self.queue.waiting:
            self.queue = self.queue.without([title])

    def work_off(
        self,
        write: Callable[[Draft], PageReport],
        tasks: Collection[str],
        clock: Callable[[], datetime],
        up_to: Turn = Turn.ORDINARY,
        most: int | None = None,
    ) -> Mapping[str, Report]:
        """Write what is due, one page after the other; the reports by task.

        At most so many ordinary ones, if `most` is given. Pages of other tasks than
        `tasks`, and of a task that is to stop or for which the bot is blocked, stay in
        the queue, and so does one that the wiki refuses, for a while. A page that the
        wiki takes only later ends the work: the wiki would take no other either.
        """
        reports: dict[str, Report] = {}
        left = most
        stopped: set[str] = set()
        for each in self.queue.due(clock(), up_to):
            task = each.work.task
            if task in stopped or task not in tasks:
                continue
            if left is not None and each.turn is Turn.ORDINARY:
                if not left:
                    break
                left -= 1
            page = write(each.work)
            if page.did is Did.HALTED:
                stopped.add(task)
                continue
            if page.did is Did.REFUSED:
                self.queue = self.queue.held(each.title, clock() + REFUSED_FOR)
            else:
                self.drop(each.title)
            if page.did is Did.WRITTEN:
                self.written[each.title] = clock()
            reason = page.detail.partition("\n")[0] if page.did is Did.LATER else ""
            reports[task] = reports.get(task, Report()) + Report(
                (page,), stopped=reason
            )
            if page.did is Did.LATER:
                break
            if page.did is Did.BLOCKED:
                stopped.add(task)
        return reports
