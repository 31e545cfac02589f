"""The task that goes on: it looks for news of the wiki and does what they ask for.

Each look is one request. When something happened to a page of ours a sync follows at
once, so that the tool shows it and what was taken back is gone; what is made of it on
the wiki follows at most once a minute. Without news everything runs once an hour, and
all pages are compared once a day, for what no log tells.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bots.job import Job
from bots.lock import AlreadyRunningError
from bots.report import Did, Report
from bots.tasks import run as regular
from space.dates.moments import utc_day
from space.errors import WikiUnavailableError
from space.sync.lookout import Lookout

_LOG = logging.getLogger(__name__)

QUIET, BUSY = 15.0, 5.0
"""Seconds between two looks: while nothing happens, and after news."""
BUSY_FOR = timedelta(minutes=2)
"""How long after news more of them are likely."""
TASKS_EVERY = timedelta(minutes=1)
"""The least time between two runs of all tasks: each writes pages that many read."""
AT_LEAST_EVERY = timedelta(hours=1)
"""The most time between them: some of what is due comes without news."""


def run(job: Job) -> Report:
    """Watch until a signal asks to end; the report is of the last round."""
    report = Report()
    for round_report in _rounds(job):
        report = round_report
        for line in report.lines():
            _LOG.info(line)
    return report


def _rounds(job: Job) -> Iterator[Report]:
    """The reports of what each look asked for; the first run waits for no news."""
    lookout = Lookout(job.wiki, job.store, job.rules, job.now)
    plan = _Plan(next_run=job.now, last_run=job.now - TASKS_EVERY)
    pause, quiet_from = 0.0, job.now
    while not job.saver.stop.wait(pause):
        now = job.clock()
        pause = BUSY if now < quiet_from else QUIET
        try:
            if lookout.look():
                pause, quiet_from = BUSY, now + BUSY_FOR
                plan.hurry()
            elif now < plan.next_run:
                continue
            with job.lock():
                current = job.renewed()
                lookout.rules = current.rules
                report = _round(current, plan)
            yield report
        except AlreadyRunningError:
            plan.hurry()
        except WikiUnavailableError as error:
            plan.hurry()
            yield Report.of_trouble(job.task, error)


@dataclass(slots=True)
class _Plan:
    """When all tasks were run last, and when they are to run next."""

    next_run: datetime
    last_run: datetime

    def hurry(self) -> None:
        """Run all tasks as soon as they may."""
        self.next_run = min(self.next_run, self.last_run + TASKS_EVERY)


def _round(job: Job, plan: _Plan) -> Report:
    """All tasks if it is time for them, else only a sync, for which it always is."""
    if job.now < plan.next_run:
        return job.part("sync").perform(regular.TASKS["sync"])
    if utc_day(plan.last_run) != job.today:
        job = replace(job, options=replace(job.options, full=True))
    report = regular.run(job)
    is_done = not (report.held_up or any(p.did is Did.WAITS for p in report.pages))
    plan.last_run = job.now
    plan.next_run = job.now + (AT_LEAST_EVERY if is_done else TASKS_EVERY)
    return report
