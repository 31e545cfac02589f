"""Tasks, and the job in which one runs: guarded by stop page and dry run."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from time import process_time
from typing import Any, Self, TypeVar

from sqlalchemy.exc import OperationalError

from bots.data_writer import DataPages, DataWriter
from bots.faults import fault_of
from bots.lease import AlreadyRunningError, alone
from bots.outbox import Draft, Outbox
from bots.process_state import ProcessState
from bots.report import Did, ExitCode, PageReport, Report
from bots.saving import Saver, page_report
from bots.stop import stop_page
from space.dates.moments import utc_day
from space.errors import ConfigurationError, WikiUnavailableError
from space.settings.environment import BotConfig
from space.settings.onwiki import Settings, settings_title
from space.settings.ruling_pages import REGISTRATIONS, SETTINGS
from space.sources.ics_calendar import FetchCalendar, no_calendar
from space.sources.registrations import RegistrationDecisions
from space.sources.source import Ask, no_source
from space.store import Store
from space.store.build_key import build_key
from space.store.failures import count_failure
from space.store.heartbeat import Heartbeat, RunResult, beat, begin, heartbeats
from space.store.keys import REDACTED
from space.store.tables.damage import DamagedDatabaseError
from space.sync import Rules, Ruling, Sources, read_ruling
from space.sync.write_queue import Turn
from space.text.json_object import read_own_object
from space.text.messages import Translator
from space.wiki.outcomes import Outcome, Saved
from space.wiki.port import Wiki, WikiReader
from space.wiki.values import Edit, PageCopy

_LOG = logging.getLogger(__name__)

NOT_SYNCED = "the store was never filled completely: run sync first"

Item = TypeVar("Item")
Change = TypeVar("Change")


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its function, and whether it reads what an earlier sync stored."""

    run: Callable[["Job"], Report]
    needs_sync: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line that only some tasks have."""

    full: bool = False
    adopt: Collection[str] = ()
    words: Collection[str] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since data pages were made the last time, by this process.

    `titles` are those of pages that were read, `pages` the ids of pages whose rows in
    the store are new. `retracts` where readers may still see what was taken away.
    """

    titles: frozenset[str]
    pages: frozenset[int]
    retracts: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """What a job begins with: when, pages that it has read, and what rules."""

    now: datetime
    sources: Sources
    ruling: Ruling
    settings: Settings

    @classmethod
    def of(
        cls,
        wiki: WikiReader,
        store: Store,
        config: BotConfig,
        account: str,
        *,
        now: datetime,
    ) -> Self:
        """Make the store ready for an aware time, and read the pages that rule.

        Raises `WikiUnavailableError`, and `ConfigurationError` when the settings page
        names another bot.
        """
        store.prepare(build_key(store.addresses), utc_day(now))
        sources, bots = Sources(wiki, store), (account, *config.former_bots)
        ruling = read_ruling(wiki, sources, config.root, bots, config.protection)
        return cls(now, sources, ruling, _settings(ruling, config.root, account))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One start of a task: the wiki as the bot sees it, the store, the options.

    A task edits through `save`, `write` and `write_on_commons` and changes the store
    through `update`, so that it cannot go on after a stop, nor write in a dry run.

    `account` is the bot's name on the wiki, `now` the time of the start, aware, by
    `clock`;
    `ruling` is what the pages that rule say, `settings` those of them;
    `commons` signs the account in on Commons, None where nothing is kept there;
    `delivery_wikis` does so where the bot may write to talk pages, by host. `lease`
    keeps all other runs away, for a task that the command does not hold it for; it says
    whether there was none since.

    `ask_source` asks the wiki's REST interface as a stranger, `ask_views` the one that
    counts views; `fetch_calendar` fetches a public calendar.

    `state` is what the process has of earlier rounds; a job that `collects` leaves it
    to others to write what waits there. `taken_away` is called when a sync took away
    what readers saw. `changed` is None where anything may be new.
    """

    task: str
    wiki: WikiReader
    account: str
    config: BotConfig
    store: Store
    sources: Sources
    ruling: Ruling
    settings: Settings
    translator: Translator
    now: datetime
    saver: Saver
    clock: Callable[[], datetime]
    lease: Callable[[], AbstractContextManager[bool]] = alone
    options: Options = Options()
    commons: Callable[[], Wiki] | None = None
    delivery_wikis: Mapping[str, Callable[[], Wiki]] = field(default_factory=dict)
    ask_source: Ask = no_source
    ask_views: Ask = no_source
    fetch_calendar: FetchCalendar = no_calendar
    state: ProcessState = field(default_factory=ProcessState)
    collects: bool = False
    taken_away: Callable[[], None] | None = None
    changed: Changed | None = None

    @property
    def rules(self) -> Rules:
        """What a sync has to know of the settings."""
        site = self.wiki.site()
        decisions = RegistrationDecisions.of(self.ruling.text(REGISTRATIONS))
        return Rules.of(self.settings, self.bots, site, self.config.root, decisions)

    @property
    def folder(self) -> str:
        """The title above the bot's JSON pages."""
        return f"User:{self.account}/Space"

    @property
    def bots(self) -> tuple[str, ...]:
        """The bot's account, and its predecessors as the deployment names them."""
        return (self.account, *self.config.former_bots)

    @property
    def today(self) -> date:
        """The UTC day of the start, of which everything derived is."""
        return utc_day(self.now)

    @property
    def dry_run(self) -> bool:
        """Whether edits and changes of the store are only shown."""
        return self.saver.dry_run

    def perform(self, task: Task) -> Report:
        """Do a task, and let `/status` know how it ended.

        A stop page, a store that was never filled, a wiki or database that is away or
        refuses the bot, and a fault in the program end the task, and no other. Raises
        `ConfigurationError` when the settings page names another bot meanwhile.
        """
        if not (self.collects or self.dry_run):
            begin(self.store, self.task, self.now)
        try:
            report = self._performed(task)
        except (AlreadyRunningError, ConfigurationError, DamagedDatabaseError):
            raise  # They end more than this task.
        except (WikiUnavailableError, OperationalError) as error:
            report = Report.of_trouble(self.task, error)
        except Exception as error:  # noqa: BLE001 - one task must not stop all others
            _LOG.exception("task failed: task=%s", self.task)
            failed = self.translator.text(
                "bots-task-failed", self.task, *fault_of(error)
            )
            report = Report(problems=(failed,))
        report += Report(stopped=self.saver.stop.seen)
        self.beat(report)
        return report

    def beat(self, report: Report, lag: timedelta | None = None) -> None:
        """Let `/status` know how the task, or a round of it, ended."""
        if not self.dry_run:
            run = Heartbeat(self.task, self.now, _ending(report), lag)
            beat(self.store, run)
            if run.ending is not RunResult.FINE or not self.has_drafts:
                count_failure(self.store, run)

    def end_failures(self) -> None:
        """Take it that the task works, if its last run and all it wrote went well."""
        runs = {run.task: run for run in heartbeats(self.store)}
        run = runs.get(self.task)
        if run and run.ending is RunResult.FINE and not self.has_drafts:
            count_failure(self.store, run)

    @property
    def has_drafts(self) -> bool:
        """Whether pages of this task wait to be written, on which it may still fail."""
        waiting = self.state.outbox.queue.waiting.values()
        return any(each.work.task == self.task for each in waiting)

    def _performed(self, task: Task) -> Report:
        if self.saver.stop.reason():
            return Report()
        if task.needs_sync and not self.store.ready():
            return Report(problems=(NOT_SYNCED,))
        report = task.run(self)
        return report if self.collects else report + self.work_off({self.task: self})

    def renewed(self) -> "Job":
        """The same job as it would start now, with what now rules.

        Raises `WikiUnavailableError`, and `ConfigurationError` when the settings page
        names another bot.
        """
        start = Start.of(
            self.wiki, self.store, self.config, self.account, now=self.clock()
        )
        return replace(
            self,
            now=start.now,
            sources=start.sources,
            ruling=start.ruling,
            settings=start.settings,
        )

    def again(self) -> "Job":
        """The same job as it would start now, with what ruled before."""
        return replace(self, now=self.clock(), sources=Sources(self.wiki, self.store))

    def part(self, task: str) -> "Job":
        """The job of a task within this one, which both stop pages end."""
        stop = self.saver.stop.including(stop_page(self.account, task))
        return replace(self, task=task, saver=replace(self.saver, stop=stop))

    def parts(self, tasks: Iterable[str]) -> dict[str, "Job"]:
        """The jobs of tasks within this one, by name, which leave pages to others."""
        stops = self.saver.stop.parted({t: stop_page(self.account, t) for t in tasks})
        return {
            task: replace(
                self, task=task, saver=replace(self.saver, stop=stop), collects=True
            )
            for task, stop in stops.items()
        }

    def save(self, edit: Edit) -> Outcome:
        """Save an edit: `Halted` after a stop, `DryRun` in a dry run."""
        return self.saver.save(edit)

    def seldom(self, name: str, work: Callable[[], Report]) -> Report:
        """Do work that is about all pages, after news not too often.

        In a process that goes on it takes one hundredth of the CPU's time: what costs
        20 ms is done every two seconds. What costs more than `DEAR` is done when all
        tasks run. A retraction does not wait.
        """
        times = self.state.postponed
        if self.changed and not self.changed.retracts and times.next(name) > self.now:
            times.waiting.add(name)
            return Report()
        start = process_time()
        report = work()
        times.done(name, self.now, process_time() - start)
        return report

    def update(self, change: Callable[[], Change]) -> Change | None:
        """Make a change of the store; None, and no change, in a dry run."""
        return None if self.dry_run else change()

    def until_stopped(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items up to a reason to stop, for a task that only reads the wiki."""
        for item in items:
            if self.saver.stop.reason():
                return
            yield item

    def write(self, pages: DataPages, interval: timedelta | None = None) -> Report:
        """Have data pages of the wiki brought to their values, by the outbox.

        `interval` is the least time between two edits of a page, None for that of the
        settings.
        """
        if interval is None:
            interval = timedelta(seconds=self.settings.write_interval)
        writer = DataWriter(
            wiki=self.wiki,
            account=self.account,
            sources=self.sources,
            outbox=self.state.outbox,
            translator=self.translator,
            interval=interval,
            now=self.now,
            redacted=self.store.value(REDACTED),
        )
        return Report(tuple(writer.offer(self.task, pages)))

    def written(self, titles: Collection[str]) -> dict[str, Any]:
        """Values of data pages by title: those that are to be written, else the wiki's.

        As this process knows them; other pages are absent.
        """
        waiting = self.state.outbox.queue.waiting
        texts = {t: waiting[t].work.edit.text for t in titles if t in waiting}
        copies = self.sources.stored(t for t in titles if t not in texts)
        texts |= {title: copy.text for title, copy in copies.items()}
        values = {title: read_own_object(text) for title, text in texts.items()}
        return {title: value for title, value in values.items() if value}

    def work_off(
        self,
        parts: Mapping[str, "Job"],
        up_to: Turn = Turn.ORDINARY,
        most: int | None = None,
    ) -> Report:
        """Write what is due of the outbox; `parts` are the jobs of tasks by name.

        Pages that wait for their interval are in the report. `most` is the greatest
        number of ordinary pages, None for all of them.
        """
        done = self.state.outbox.work_off(
            lambda draft: parts[draft.task].send(draft),
            parts,
            self.clock,
            up_to,
            most,
        )
        for task, report in done.items():
            part = parts[task]
            if report.exit_code is not ExitCode.FINE:
                part.beat(report)
            else:
                part.end_failures()
        stopped = (part.saver.stop.seen for part in parts.values())
        tried = {page.title for report in done.values() for page in report.pages}
        waiting = tuple(
            PageReport(title, Did.WAITS)
            for title, each in self.state.outbox.queue.waiting.items()
            if each.work.task in parts and each.due > self.now and title not in tried
        )
        reason = next(filter(None, stopped), "")
        return sum(done.values(), Report(waiting, stopped=reason))

    def send(self, draft: Draft) -> PageReport:
        """Save a draft of this task; the report on its page."""
        outcome = self.save(draft.edit)
        if isinstance(outcome, Saved):
            edit = draft.edit
            copy = PageCopy(edit.title, outcome.revid, self.account, edit.text)
            self.sources.remember(copy)
        return page_report(draft.edit.title, outcome, self.translator)

    def write_on_commons(
        self,
        pages: DataPages,
        interval: timedelta | None = None,
        outbox: Outbox | None = None,
    ) -> Report:
        """Bring data pages of Commons to their values; `interval` as for `write`.

        `outbox` knows when pages were written and is told so; None asks Commons. Raises
        `WikiUnavailableError` when Commons gives no answer or refuses the bot.
        """
        if self.commons is None:
            return Report(problems=("there is no way to Commons",))
        commons = self.commons()
        there = replace(
            self,
            wiki=commons,
            sources=Sources(commons, self.store),
            saver=self.saver.on(commons),
            state=ProcessState(outbox or Outbox()),
        )
        return there.write(pages, interval) + there.work_off({self.task: there})


def _settings(ruling: Ruling, root: str, account: str) -> Settings:
    settings = Settings.of(ruling.text(SETTINGS))
    if settings.bot not in (None, account):
        title = settings_title(root)
        raise ConfigurationError(
            f"SPACE_BOT_USER is {account}, and {title} names {settings.bot}"
        )
    return settings


def _ending(report: Report) -> RunResult:
    """How a task ended; its stop page comes last, as it may end only a part."""
    match report.exit_code:
        case ExitCode.TRY_LATER:
            return RunResult.LATER
        case ExitCode.FINE:
            return RunResult.STOPPED if report.stopped else RunResult.FINE
        case _:
            return RunResult.PROBLEM
