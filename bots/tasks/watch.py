"""The task that goes on: it looks for news of the wiki and does what they ask for.

Each look is one request. When something happened to pages of ours, these are read at
once, so that the tool shows them and what was taken back is gone; data pages follow at
most once a minute. Without news everything runs once an hour, and all pages are
compared once a day, for what no log tells.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bots.claim import OtherDatabaseError
from bots.job import Job
from bots.lease import AlreadyRunningError
from bots.process_state import ProcessState
from bots.report import Did, Report
from bots.tasks import run as regular
from space.dates.moments import utc_day
from space.errors import SpaceError, WikiUnavailableError
from space.sync.lookout import Lookout, Seen, concern_everything

_LOG = logging.getLogger(__name__)

QUIET, BUSY = 15.0, 5.0
"""Seconds between two looks: while nothing happens, and after news."""
AWAY = 60.0
"""The same at most after looks in vain, each of which doubles it: while the wiki gives
no answer, or bots with another database edit."""
SET_BACK = timedelta(minutes=1)
"""By how much a clock is set back after which no time can be relied on that is known:
the process ends, and the platform starts another one."""
BEAT_EVERY = timedelta(minutes=1)
"""How often `/status` is told that it goes on, without a round or trouble."""
BUSY_FOR = timedelta(minutes=2)
"""How long after news more of them are likely."""
TASKS_EVERY = timedelta(minutes=1)
"""The least time between two runs of all tasks: each writes pages that many read."""
WRITING = 1.0
"""Seconds between two looks while pages wait to be written."""
AT_ONCE = 2
"""How many data pages are written between two looks, but one after news: more would
keep news waiting, and none would keep pages waiting where much happens."""
AT_LEAST_EVERY = timedelta(hours=1)
"""The most time between them: some of what is due comes without news."""
BLOCKED_FOR = timedelta(minutes=10)
"""The least time between them, and so between two edits, while the bot is blocked."""


def run(job: Job) -> Report:
    """Watch until a signal asks to end, or the clock is set back.

    The report is of the last round.
    """
    report, again = Report(), 0
    told: tuple[str, ...] = ()
    for report in _rounds(job):
        lines = tuple(report.lines())
        if lines == told:
            again += 1
            continue
        if again:
            _LOG.info("the same %d times more", again)
        told, again = lines, 0
        for line in lines:
            _LOG.info(line)
    return replace(report, is_logged=True)


def _rounds(job: Job) -> Iterator[Report]:
    """The reports of what each look asked for; the first run waits for no news."""
    lookout = Lookout(job.wiki, job.store, job.rules, job.now)
    plan = _Plan(job.now, job.now - TASKS_EVERY, job.state, job.store.checkpoint)
    pause, quiet_from, in_vain = 0.0, job.now, 0
    beaten = job.now - BEAT_EVERY
    while not (job.saver.stop.wait(pause) or plan.is_set_back(job.clock())):
        now = job.clock()
        pause = BUSY if now < quiet_from else QUIET
        report = None
        try:
            news = lookout.look()
            job.saver.stop.hear(news.titles)
            everything = concern_everything(job.rules, news.titles)
            plan.take(news, now, everything=everything)
            if news.titles:
                pause, quiet_from = BUSY, now + BUSY_FOR
            if news.titles or plan.is_due(now):
                with job.lease() as is_alone:
                    if not is_alone:
                        plan.doubt()
                    job = _started(job, plan)
                    lookout.rules = job.rules
                    report = _round(job, plan)
                plan.took(report)
                if plan.writes(now):
                    pause = WRITING
            in_vain = 0
        except (AlreadyRunningError, WikiUnavailableError) as error:
            plan.doubt()
            report = _trouble(job, error)
            if report:
                pause = min(QUIET * 2**in_vain, AWAY)
                in_vain += 1
        if report or now >= beaten + BEAT_EVERY:
            beaten = now
            ending = report or Report()
            replace(job, now=now).beat(ending, plan.lag(now))
        if report:
            yield report


def _trouble(job: Job, error: SpaceError) -> Report | None:
    """The report of a look in vain; None where another process has the lease."""
    if isinstance(error, WikiUnavailableError):
        return Report.of_trouble(job.task, error)
    if isinstance(error, OtherDatabaseError):
        return Report(problems=(str(error),))
    return None


@dataclass(slots=True)
class _Plan:
    """What is to be done, and when.

    `news` are titles of pages to be read; with `everything` only a sync of all pages
    will do. `read` are titles that were read, and `touched` ids of pages that changed
    in the store, since data pages were made the last time. `state` has what waits to
    be made or written. `compared` is the UTC day of the last comparison of all pages,
    or on which the watch began; `writers` are the jobs of tasks that write.
    `unread_since` is when the oldest change came that was not read, None where
    everything was; `looked_at` is when the wiki last said what is new, `latest` the
    latest time that it was. `not_before` is when all tasks may run again of a bot that
    is blocked.
    """

    next_run: datetime
    last_run: datetime
    state: ProcessState
    unread_since: datetime | None
    looked_at: datetime = field(init=False)
    latest: datetime = field(init=False)
    last_pages: datetime = field(init=False)
    next_write: datetime = field(init=False)
    writers: Mapping[str, Job] | None = None
    compared: date = field(init=False)
    is_first: bool = True
    everything: bool = True
    not_before: datetime | None = None
    news: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.last_pages = self.next_write = self.last_run
        self.compared = utc_day(self.next_run)
        self.looked_at = self.latest = self.next_run

    def is_set_back(self, now: datetime) -> bool:
        """Whether the clock has gone so far back that no known time holds."""
        self.latest = max(now, self.latest)
        is_back = now < self.latest - SET_BACK
        if is_back:
            _LOG.warning("ends, as the clock was set back: it was %s", self.latest)
        return is_back

    def take(self, news: Seen, now: datetime, *, everything: bool) -> None:
        """Take in the titles of pages to which something happened, seen at a time."""
        self.looked_at = now
        times = filter(None, (self.unread_since, news.since))
        self.unread_since = min(times, default=None)
        self.news |= news.titles
        if everything:
            self.doubt()

    def doubt(self) -> None:
        """Sync everything, and run all tasks as soon as they may."""
        self.everything = True
        self.next_run = min(self.next_run, self.last_run + TASKS_EVERY)

    def took(self, report: Report) -> None:
        """Take it that a round ended with a report: with none in the way, it read all.

        What was not written meanwhile waits for its turn, and is no news any more.
        """
        if not (report.held_up or report.stopped):
            self.unread_since = None

    def lag(self, now: datetime) -> timedelta:
        """How old the oldest change is that was not read.

        While the wiki does not say what is new, that counts from when it last did.
        """
        return now - (self.unread_since or self.looked_at)

    def is_due(self, now: datetime) -> bool:
        """Whether something is to be done without news."""
        return self.runs(now) or self.makes_pages(now) or self.writes(now)

    def runs(self, now: datetime) -> bool:
        """Whether it is time for all tasks: also when a UTC day has begun."""
        if self.not_before and now < self.not_before:
            return False
        return now >= self.next_run or utc_day(now) != utc_day(self.last_run)

    def writes(self, now: datetime) -> bool:
        """Whether pages that wait are to be written."""
        return now >= self.next_write and self.state.has_due(now)

    def makes_pages(self, now: datetime) -> bool:
        """Whether it is time to make data pages of what was read."""
        is_time = now >= self.last_pages + TASKS_EVERY
        return is_time and (bool(self.read) or self.state.postponed.is_due(now))


def _started(job: Job, plan: _Plan) -> Job:
    """The job as it starts now; what rules is read again where that may be new."""
    if plan.everything or plan.runs(job.clock()):
        return job.renewed()
    return job.again()


def _round(job: Job, plan: _Plan) -> Report:
    """All tasks if it is time for them, else a sync, and data pages when they may."""
    if plan.runs(job.now):
        return _run(job, plan)
    if plan.everything:
        plan.doubt()
        return regular.parts_of(job)["sync"].perform(regular.TASKS["sync"])
    report, most = Report(), AT_ONCE
    if plan.news:
        most = 1
        report += regular.read_news(job, plan.news)
        plan.everything |= bool(report.stopped)
        plan.touched |= job.store.take_touched()
        plan.read |= plan.news
        plan.news.clear()
    if plan.makes_pages(job.now) and not report.held_up:
        report += regular.make_pages(job, plan.read, plan.touched)
        plan.last_pages = job.now
        plan.read.clear()
        plan.touched.clear()
        plan.writers = None
    if plan.writes(job.now) and not report.held_up:
        report += _write(job, plan, most)
    if not _is_sound(job, report):
        plan.doubt()
    return report


def _is_sound(job: Job, report: Report) -> bool:
    """Whether ledger, store and data pages are as they were meant to be, or wait.

    Nothing here follows from other pages, such as a talk page that is protected.
    """
    waiting, own = job.state.outbox.queue.waiting, f"{job.folder}/"
    return not report.held_up and all(
        page.did in _MEANT or page.title in waiting or not page.title.startswith(own)
        for page in report.pages
    )


_MEANT = frozenset({Did.WRITTEN, Did.UNCHANGED, Did.WAITS})


def _write(job: Job, plan: _Plan, most: int) -> Report:
    """Some of the pages that are due; if none can be written they wait for a minute."""
    plan.writers = plan.writers or job.parts(regular.DATA_TASKS)
    report = job.work_off(plan.writers, most=most)
    if not any(page.did is Did.WRITTEN for page in report.pages):
        plan.next_write = job.now + TASKS_EVERY
        plan.writers = None
    return report


def _run(job: Job, plan: _Plan) -> Report:
    """All tasks; on a new UTC day a second time, with all pages compared."""
    job.state.session.templates = None
    job.saver.blocks.clear()
    job.saver.stop.doubt()
    report = regular.run(job, None if plan.is_first else AT_ONCE)
    plan.is_first = False
    if plan.compared != job.today and _is_sound(job, report):
        report += _heal(job)
        plan.compared = job.today
    was_read = job.state.session.templates is not None
    plan.everything = not (was_read and _is_sound(job, report))
    plan.last_run = plan.last_pages = job.now
    plan.next_run = job.now + (TASKS_EVERY if report.held_up else AT_LEAST_EVERY)
    plan.not_before = job.now + BLOCKED_FOR if job.saver.blocks else None
    if plan.not_before:
        plan.next_run = plan.not_before
    plan.news.clear()
    plan.read.clear()
    plan.touched.clear()
    job.store.take_touched()
    return report


def _heal(job: Job) -> Report:
    """Compare all pages after a run, and say what that had not seen."""
    current = job.renewed()
    options = replace(job.options, full=True)
    report = regular.run(replace(current, options=options))
    healed = [p.title for p in report.pages if p.did in (Did.WRITTEN, Did.WAITS)]
    return report + Report(remarks=tuple(f"healed: {title}" for title in healed))
