"""The bots' command, `python -m bots TASK`, with its settings from the environment."""

import argparse
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from threading import Event
from urllib.parse import urlsplit

import requests
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bots.calendar_reader import CalendarReader
from bots.claim import Claim, OtherDatabaseError
from bots.doctor import check_up
from bots.job import Job, Options, Start
from bots.lease import AlreadyRunningError, Lease
from bots.liveness import signs_of_life
from bots.process_folder import process_folder
from bots.progress import progress
from bots.report import ExitCode, Report
from bots.rest import RestReader
from bots.saving import Saver
from bots.stop import Stop, stop_page, termination
from bots.tasks import TASKS
from bots.wiki import connect
from space.errors import ConfigurationError, SignedOutError, WikiUnavailableError
from space.logs import log_to
from space.settings.environment import BotConfig, is_loopback
from space.store import Store
from space.store.failures import count_failure, is_news
from space.store.heartbeat import Heartbeat, RunResult, beat
from space.store.tables.damage import DamagedDatabaseError, put_aside
from space.store.tables.toolsdb import open_database
from space.text.messages import SOURCE, Translator, read_catalogue
from space.wiki.action_api import ApiWiki
from space.wiki.urls import Urls

_LOG = logging.getLogger(__name__)

_ADOPTING = ("deploy_templates",)
_FINDING = ("find_words",)
"""Tasks that write nothing and leave no sign of having run, as `--dry-run` does not."""
_LASTING = ("watch",)
"""Tasks that go on until they are told to end, and hold the lease only for a round."""
_LOOSE = ("registry", "readers")
"""Tasks that mostly read elsewhere, and hold the lease only while they write."""
_PATIENT = (*_LASTING, *_LOOSE, *_ADOPTING)
"""Tasks that wait for the end of another run: nothing begins them again by itself."""
_DOCTOR = "doctor"
"""No task: it looks whether these could run."""
_FULL = ("sync", "ics_feed", "talk_index", "run")


def main(
    arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ
) -> ExitCode:
    """Run one task and print its report; the codes are in `docs/bots.md`."""
    options = command_line(arguments)
    log_to(sys.stderr)
    if options.task == _DOCTOR:
        return check_up(environment)
    try:
        config = BotConfig.from_environment(environment)
    except ConfigurationError as problem:
        return _failed(problem, ExitCode.USAGE)
    return _exit_code(options, config, *_ended(options, config))


def _ended(
    options: argparse.Namespace, config: BotConfig
) -> tuple[ExitCode, RunResult | None]:
    """The code of a task that is over, and its result if it ended before it began."""
    try:
        report = _run(options, config)
    except (ConfigurationError, SignedOutError) as problem:
        return _failed(problem, ExitCode.USAGE), RunResult.PROBLEM
    except WikiUnavailableError as problem:
        return _failed(problem, ExitCode.TRY_LATER), RunResult.LATER
    except OtherDatabaseError as problem:
        return _failed(problem, ExitCode.PROBLEM), RunResult.PROBLEM
    except AlreadyRunningError as problem:
        return _failed(problem, ExitCode.TRY_LATER), None
    except OperationalError as problem:
        return _failed(_in_words(problem, config), ExitCode.TRY_LATER), None
    for line in report.lines():
        print(line)
    return report.exit_code, None


def _run(options: argparse.Namespace, config: BotConfig) -> Report:
    is_loose = options.task in _LOOSE
    with ExitStack() as stack:
        terminated = stack.enter_context(termination())
        is_lasting = options.task in _LASTING
        home = stack.enter_context(process_folder())
        own = is_loopback(urlsplit(config.wiki_url).hostname)
        delay = 0.0 if own else None
        wiki = connect(config, home, write_delay=delay)
        if is_lasting:
            stack.enter_context(signs_of_life(home, wiki.requests))
        else:
            stack.enter_context(progress(options.task, wiki.requests))
        engine = stack.enter_context(_database(config))
        account = _account(wiki)
        leased = f"{wiki.site().database} {account}"
        own_engine = stack.enter_context(_database(config))
        lease = Lease(own_engine, leased)
        lease.guard(engine)
        of_commons = replace(config, wiki_url=config.commons_url)

        def commons() -> ApiWiki:
            return connect(of_commons, home, write_delay=delay)

        delivery_wikis = {
            urlsplit(url).netloc: partial(
                connect, replace(config, wiki_url=url), home, write_delay=delay
            )
            for url in config.delivery_urls
        }
        held = stack.enter_context(ExitStack())
        waits = options.task in _PATIENT
        held.enter_context(lease.held(terminated if waits else None))
        job = _job(options, config, wiki, account, engine, terminated)
        claim = Claim(own_engine, wiki, account, leased, job.translator)

        def may_go_on() -> None:
            lease.renew()
            if options.task not in _ADOPTING:  # It edits by what the wiki says alone.
                claim.hold()

        saver = replace(job.saver, may_go_on=may_go_on)
        source = RestReader.of(config.wiki_url, config.public_url, delay)
        views = RestReader(config.pageviews_url, _agent(config), source.pause)
        calendars = CalendarReader(config.calendar_hosts, _agent(config))
        job = replace(
            job,
            commons=commons,
            delivery_wikis=delivery_wikis,
            ask_source=source.ask,
            ask_views=views.ask,
            fetch_calendar=calendars.fetch,
            lease=partial(lease.held, terminated if is_loose else None),
            saver=saver,
        )
        if is_lasting or is_loose:
            held.close()
        return job.perform(TASKS[options.task])


@contextmanager
def _database(config: BotConfig) -> Iterator[Engine]:
    engine = open_database(config.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _agent(config: BotConfig) -> str:
    """Who asks for views, in the form of Wikimedia's User-Agent policy."""
    return f"Space/1.0 ({config.public_url}) python-requests/{requests.__version__}"


def _account(wiki: ApiWiki) -> str:
    """The name of the bot's account.

    Raises `SignedOutError` when the wiki has none.
    """
    account = wiki.whoami()
    if not account.exists:
        raise SignedOutError("the wiki does not know the bot as signed in")
    return account.name


def _job(  # noqa: PLR0913, PLR0917 - what was made of the arguments and the environment
    options: argparse.Namespace,
    config: BotConfig,
    wiki: ApiWiki,
    account: str,
    engine: Engine,
    terminated: Event,
) -> Job:
    """The job of a task on a signed-in wiki.

    Raises `ConfigurationError` when the settings page names another bot.
    """
    site = wiki.site()
    addresses = Urls.of(
        site, public_url=config.public_url, commons_url=config.commons_url
    )
    stop = Stop(wiki, [stop_page(account, options.task)], terminated)
    store = Store(engine, addresses)
    start = Start.of(wiki, store, config, account, now=_now())
    return Job(
        task=options.task,
        wiki=wiki,
        account=account,
        config=config,
        store=store,
        sources=start.sources,
        ruling=start.ruling,
        settings=start.settings,
        translator=Translator(read_catalogue(), site.language),
        now=start.now,
        saver=Saver(wiki, stop, options.dry_run),
        clock=_now,
        options=Options(
            full=options.full,
            adopt=frozenset(options.adopt),
            words=_words(options),
            since=options.since,
        ),
    )


def command_line(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What a command asks for; ends the program where it asks for nothing known."""
    parser = argparse.ArgumentParser(
        prog="python -m bots",
        description="Run one task of the bots; docs/bots.md describes them.",
    )
    parser.add_argument("task", choices=(*TASKS, _DOCTOR))
    parser.add_argument(
        "--dry-run", action="store_true", help="write nothing; show what would be"
    )
    parser.add_argument(
        "--unattended",
        action="store_true",
        help="for schedulers: end with 0 unless a person is needed, once a day",
    )
    parser.add_argument(
        "--full", action="store_true", help=f"everything anew ({', '.join(_FULL)})"
    )
    parser.add_argument(
        "--adopt",
        action="append",
        default=[],
        metavar="TITLE",
        help="write a page that others made or changed (deploy_templates)",
    )
    parser.add_argument(
        "--since",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="look at revisions from this UTC day on (find_words)",
    )
    options = parser.parse_args(arguments)
    if options.full and options.task not in _FULL:
        parser.error(f"--full is not for {options.task}")
    if options.adopt and options.task not in _ADOPTING:
        parser.error(f"--adopt is not for {options.task}")
    if options.dry_run and options.task in _LASTING:
        parser.error(f"--dry-run is not for {options.task}")
    if options.since and options.task not in _FINDING:
        parser.error(f"--since is not for {options.task}")
    options.dry_run = options.dry_run or options.task in _FINDING
    return options


def _now() -> datetime:
    return datetime.now(UTC)


def _words(options: argparse.Namespace) -> tuple[str, ...]:
    """Lines of the standard input: arguments could be read by others on the machine."""
    return tuple(sys.stdin) if options.task in _FINDING else ()


def _exit_code(
    options: argparse.Namespace,
    config: BotConfig,
    code: ExitCode,
    ending: RunResult | None,
) -> ExitCode:
    """The code to end with; unattended, 0 unless somebody should hear of it now.

    `ending` is the result of a run that ended before its task began: `/status` is told.
    Where there are no tables yet, or no database, nothing can be told or known.
    """
    if options.dry_run or (code is ExitCode.FINE and not ending):
        return code
    addresses = Urls.guessed(
        config.wiki_url, public_url=config.public_url, commons_url=config.commons_url
    )
    with _database(config) as engine:
        store = Store(engine, addresses)
        try:
            if ending:
                run = Heartbeat(options.task, _now(), ending)
                beat(store, run)
                count_failure(store, run)
            if options.unattended and not is_news(store, options.task, _now()):
                return ExitCode.FINE
        except SQLAlchemyError as error:
            _LOG.info("nothing is known of earlier runs: %s", type(error).__name__)
    return code


def _in_words(problem: OperationalError, config: BotConfig) -> str:
    """What is wrong with the database; a damaged file is out of the way afterwards."""
    say = Translator(read_catalogue(), SOURCE).text
    if isinstance(problem, DamagedDatabaseError):
        with suppress(OSError, sqlite3.Error):  # such as a full disk
            if aside := put_aside(config.database_url):
                return say("bots-database-damaged", str(aside))
    # The error's own text quotes the query and its values.
    return say("bots-database-away", str(problem.orig))


def _failed(problem: object, code: ExitCode) -> ExitCode:
    print(problem, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
