"""The task that goes on: it looks for news of the wiki and does what they ask for.

Each look is one request. When something happened to a page of ours a sync follows at
once, so that the tool shows it and what was taken back is gone; what is made of it on
the wiki follows at most once a minute. Without news everything runs once an hour, and
all pages are compared once a day, for what no log tells.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bots.job import Job, Task
from bots.report import Did, Report
from bots.tasks import run as regular
from bots.tasks import sync
from space.dates.moments import utc_day
from space.errors import WikiUnavailableError
from space.sync.lookout import Lookout

_LOG = logging.getLogger(__name__)

POLL = 10.0
"""Seconds between two looks."""
TASKS_EVERY = timedelta(minutes=1)
"""The least time between two runs of all tasks: each writes pages that many read."""
AT_LEAST_EVERY = timedelta(hours=1)
"""The most time between them: some of what is due comes without news."""
_SYNC = Task(sync.run, needs_sync=False)


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
    next_run, last_run, day = job.now, job.now - TASKS_EVERY, utc_day(job.now)
    pause = 0.0
    while not job.saver.stop.wait(pause):
        pause, now = POLL, job.clock()
        try:
            has_news = bool(lookout.look())
            if has_news:
                next_run = min(next_run, last_run + TASKS_EVERY)
            elif now < next_run:
                continue
            current = job.renewed()
        except WikiUnavailableError as error:
            next_run = min(next_run, last_run + TASKS_EVERY)
            yield Report.of_trouble(job.task, error)
            continue
        lookout.rules = current.rules
        if now < next_run:
            yield current.part("sync").perform(_SYNC)
            continue
        if utc_day(now) != day:
            current = replace(current, options=replace(current.options, full=True))
        report = regular.run(current)
        last_run, day = now, utc_day(now)
        next_run = now + (TASKS_EVERY if _is_unfinished(report) else AT_LEAST_EVERY)
        yield report


def _is_unfinished(report: Report) -> bool:
    """Whether something has to be tried again soon."""
    return report.held_up or any(page.did is Did.WAITS for page in report.pages)
