"""The bots' command in a process of its own that ends at any point of its work.

The wiki is in memory, in the process of the test: what was saved before the end stays,
as on a wiki. The end comes after so many seconds of CPU as SIGPROF, which no program
sees coming that has not asked for it: that is SIGKILL at a moment that does not depend
on how busy the machine is.
"""

import os
import re
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import StringIO
from multiprocessing.connection import Connection
from time import process_time
from typing import Any

from sqlalchemy import Engine, delete, insert, select, text

from space.feeds.envelope import Envelope
from space.feeds.table import FEEDS
from space.publication.filters import Filter
from space.store import open_engine
from space.store.reader import StoreReader
from space.store.tables.tables import DERIVED, contents, metadata, page_copies
from space.wiki.values import RequestCount
from tests.fakes.memory_wiki import MemoryWiki
from tests.fakes.wiki_state import WikiState
from tests.support.bots.processes import PROCESSES
from tests.support.wiki.bot_and_wiki import ADDRESSES

BOT = "SpaceBot"
OF_BOT = 1_000_000
"""Ids of the bot's own pages and revisions begin here, so that those of people do not
depend on how often it wrote."""

_SIGNED = re.compile(r"\d\d:\d\d, \d{1,2} \w+ \d{4} \(UTC\)", re.ASCII)

TO_WRITE = timedelta(minutes=2)
"""How long a watch has after the story to write all that it asks for."""

Act = Callable[[MemoryWiki], object]
Story = Sequence[tuple[timedelta, Act]]
"""What people do, and when: since the story began, in order."""


@dataclass(slots=True)
class Place:
    """A wiki and a database on which bots can be ended, and a story that people tell.

    `environment` are the settings of the bots.
    """

    state: WikiState
    environment: Mapping[str, str]
    story: Story
    began: datetime
    own_pages: int = OF_BOT
    own_revisions: int = OF_BOT
    told: int = 0

    def rebuilt(self) -> "Place":
        """The same wiki, when bots that know nothing of it have run on a copy of it."""
        with opened(self.environment) as engine, engine.begin() as connection:
            for table in metadata.sorted_tables:
                connection.execute(delete(table))
        place = replace(self, state=deepcopy(self.state))
        ended = place.run("run")
        assert ended.code == 0, ended.said
        return place

    @property
    def is_told(self) -> bool:
        """Whether everything has happened."""
        return self.told == len(self.story)

    def go_on(self, by: timedelta) -> None:
        """Let time go by, and happen what happens meanwhile."""
        until, admin = self.state.now + by, MemoryWiki("Admin", self.state)
        while not self.is_told and self.began + self.story[self.told][0] <= until:
            after, act = self.story[self.told]
            self.state.now = self.began + after
            act(admin)
            self.told += 1
        self.state.now = until

    def tell_all(self) -> None:
        """Let everything happen that is left of the story."""
        if not self.is_told:
            self.go_on(self.over - self.state.now)

    def run(self, task: str, cpu: float | None = None) -> "Ended":
        """Run a task until it ends by itself, or after so many seconds of CPU."""
        here, there = PROCESSES.Pipe()
        process = PROCESSES.Process(
            target=_child, args=(there, task, dict(self.environment), cpu)
        )
        process.start()
        there.close()
        ended = Ended()
        bot = MemoryWiki(BOT, self.state)
        with here, suppress(EOFError, BrokenPipeError, ConnectionResetError):
            while True:
                name, args, options = here.recv()
                here.send(self._answer(bot, ended, name, args, options))
        process.join()
        ended.killed = process.exitcode == -signal.SIGPROF
        assert ended.killed or process.exitcode == 0, (process.exitcode, ended)
        return ended

    def _answer(
        self, bot: MemoryWiki, ended: "Ended", name: str, args: Any, options: Any
    ) -> object:
        match name:
            case "_now":
                return self.state.now
            case "_pause":
                self.go_on(timedelta(seconds=args[0]))
                return self.state.now > self.over + TO_WRITE
            case "_ended":
                ended.code, ended.cpu, ended.said = args
                return None
            case "save":
                with self._own_ids():
                    return bot.save(*args)
        try:
            found = getattr(bot, name)(*args, **options)
        except Exception as error:  # noqa: BLE001 - raised where it was asked for
            return error
        return list(found) if isinstance(found, Iterator) else found

    @property
    def over(self) -> datetime:
        """When the last of the story happens."""
        return self.began + self.story[-1][0]

    @contextmanager
    def _own_ids(self) -> Iterator[None]:
        state = self.state
        people = state.next_page, state.next_revision
        state.next_page, state.next_revision = self.own_pages, self.own_revisions
        try:
            yield
        finally:
            self.own_pages, self.own_revisions = state.next_page, state.next_revision
            state.next_page, state.next_revision = people


@dataclass(slots=True)
class Ended:
    """How a process ended: `killed`, or by itself with a code after seconds of CPU."""

    killed: bool = False
    code: int = -1
    cpu: float = 0.0
    said: str = ""


@dataclass(slots=True)
class Beginning:
    """A wiki and the rows of its database, from which any number of bots may begin."""

    state: WikiState
    rows: Mapping[str, list[dict[str, Any]]]
    environment: Mapping[str, str]
    story: Story
    own: tuple[int, int] = field(default=(OF_BOT, OF_BOT))

    @classmethod
    def of(cls, place: Place, story: Story) -> "Beginning":
        """What there is now, as the beginning of a story."""
        with opened(place.environment) as engine, engine.connect() as connection:
            rows = {
                table.name: [
                    dict(row) for row in connection.execute(select(table)).mappings()
                ]
                for table in metadata.sorted_tables
            }
        own = place.own_pages, place.own_revisions
        return cls(deepcopy(place.state), rows, place.environment, story, own)

    def again(self) -> Place:
        """The wiki and the database as they were."""
        with opened(self.environment) as engine, engine.begin() as connection:
            for table in metadata.sorted_tables:
                connection.execute(delete(table))
                if rows := self.rows[table.name]:
                    connection.execute(insert(table), rows)
        state = deepcopy(self.state)
        return Place(state, self.environment, self.story, state.now, *self.own)


@contextmanager
def opened(environment: Mapping[str, str]) -> Iterator[Engine]:
    """The bots' database, in which nobody's lease is good any more."""
    engine = open_engine(environment["SPACE_DATABASE_URL"])
    try:
        with engine.begin() as connection:
            connection.execute(text("UPDATE space_lease SET until = 1"))
        yield engine
    finally:
        engine.dispose()


def left_by(place: Place) -> Mapping[str, object]:
    """All that the bots made: their pages, the rows of the store, the feeds.

    Signatures are without a time: what the first process did not live to write, the
    next one signs later.
    """
    pages = {
        page.title: _SIGNED.sub("", page.latest.text)
        for page in place.state.live()
        if page.latest.user == BOT
    }
    with opened(place.environment) as engine:
        tables = [table for table in (*DERIVED, contents) if table is not page_copies]
        with engine.connect() as connection:
            rows = {
                table.name: sorted(
                    map(tuple, connection.execute(select(table))), key=repr
                )
                for table in tables
            }
        with StoreReader(engine, ADDRESSES).feeds.snapshot() as view:
            feeds = {
                feed.name: b"".join(
                    view.feed(
                        Envelope("", "", ""),
                        feed.form,
                        Filter(feed.kind),
                        place.state.now.date(),
                    )
                )
                for feed in FEEDS
                if feed.is_stored
            }
    return {**pages, **rows, **feeds}


class _FarWiki:
    """A wiki in another process, for which its port is asked there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.requests = RequestCount()

    def ask(self, name: str, *args: object, **options: object) -> Any:
        given = [list(each) if isinstance(each, Iterator) else each for each in args]
        self._connection.send((name, given, options))
        found = self._connection.recv()
        if isinstance(found, Exception):
            raise found
        return found

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **options: self.ask(
            name, *(_sent(each) for each in args), **options
        )


def _sent(value: object) -> object:
    """An argument as it can be sent."""
    is_plain = isinstance(value, str | int | float | datetime | None)
    if is_plain or not hasattr(value, "__iter__"):
        return value
    return list(value)


def _child(
    connection: Connection, task: str, environment: Mapping[str, str], cpu: float | None
) -> None:
    import bots.__main__ as command
    from bots.stop import Stop

    wiki = _FarWiki(connection)
    command.connect = lambda *_, **__: wiki  # type: ignore[assignment]
    command._now = lambda: wiki.ask("_now")
    Stop.wait = lambda _, seconds: wiki.ask("_pause", seconds)  # type: ignore[assignment]
    os.environ.update(environment)
    tempfile.tempdir = None  # that of the environment
    start = process_time()
    if cpu is not None:
        signal.setitimer(signal.ITIMER_PROF, cpu)
    with redirect_stdout(StringIO()) as said, redirect_stderr(said):
        code = int(command.main([task], environment))
    signal.setitimer(signal.ITIMER_PROF, 0)
    wiki.ask("_ended", code, process_time() - start, said.getvalue())
