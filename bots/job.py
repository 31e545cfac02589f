"""What a task works with."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event

from bots.data_writer import DataPages, DataWriter
from bots.report import ExitCode, Report
from bots.stop import Stop, stop_page
from space.errors import WikiUnavailableError
from space.settings.environment import Config
from space.settings.onwiki import Settings
from space.store import Store
from space.store.heartbeat import Heartbeat, RunResult, beat
from space.sync import Sources
from space.text.messages import Translator
from space.wiki.port import Wiki

RUN = "run"
Task = Callable[["Job"], Report]

NOT_SYNCED = "the store was never filled completely: run sync first"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    dry_run: bool = False
    full: bool = False
    adopt: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One start of a task: the wiki as the bot sees it, the store, the options.

    `account` is the bot's name on the wiki, `now` the time of the start, aware;
    `of_run` says that the task runs as a part of `run`. `commons` signs the account in
    on Commons, for what is kept there.
    """

    task: str
    wiki: Wiki
    account: str
    config: Config
    store: Store
    sources: Sources
    settings: Settings
    translator: Translator
    now: datetime
    terminated: Event
    options: Options = Options()
    of_run: bool = False
    commons: Callable[[], Wiki] | None = None

    @property
    def folder(self) -> str:
        """The title above the bot's JSON pages."""
        return f"User:{self.account}/Space"

    @property
    def today(self) -> date:
        """The UTC day of the start, of which everything derived is."""
        return self.now.astimezone(UTC).date()

    def stop(self) -> Stop:
        """When to stop: by signal, or by a stop page of this task or of `run`."""
        names = (self.task, RUN) if self.of_run else (self.task,)
        titles = [stop_page(self.account, name) for name in names]
        return Stop(self.wiki, titles, self.terminated)

    def perform(self, task: Task) -> Report:
        """Do a task, and let `/status` know how it ended.

        A wiki that is away or refuses the bot ends the task, not the program.
        """
        try:
            report = task(self)
        except WikiUnavailableError as error:
            report = Report.of_trouble(self.task, error)
        if not self.options.dry_run:
            beat(self.store, Heartbeat(self.task, self.now, _ending(report)))
        return report

    def write(self, wanted: Callable[[], DataPages]) -> Report:
        """Write data pages made from the store, unless the store is not filled."""
        if not self.store.ready():
            return Report(problems=(NOT_SYNCED,))
        writer = DataWriter(
            wiki=self.wiki,
            sources=self.sources,
            translator=self.translator,
            interval=timedelta(seconds=self.settings.write_interval),
            now=self.now,
            dry_run=self.options.dry_run,
        )
        return writer.write(wanted(), self.stop())


def _ending(report: Report) -> RunResult:
    """How a task ended; its stop page comes last, as it may end only a part."""
    match report.exit_code:
        case ExitCode.TRY_LATER:
            return RunResult.LATER
        case ExitCode.FINE:
            return RunResult.STOPPED if report.stopped else RunResult.FINE
        case _:
            return RunResult.PROBLEM
