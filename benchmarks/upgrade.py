"""Whether readers are answered all the time while another version takes over.

Two versions whose tables have different layouts, at one database: the bots go first or
the web service does, and then all goes back. Readers ask meanwhile, of the newest
server that listens, as behind Toolforge's proxy.

`python -m benchmarks.upgrade --bots ADDRESS` is what the bots of a version do.
"""

import argparse
import http.client
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from threading import Event, Thread

from benchmarks.addresses import ADDRESSES
from benchmarks.feeds import publications, record
from benchmarks.serving import (
    FEEDS,
    PAGES,
    ROOT,
    Client,
    ending_at_sigterm,
    server,
)
from space.store import Store, open_engine
from space.store.build_key import build_key
from space.store.tables.tables import LAYOUT_NAME
from tests.support.store.mariadb import mariadb

EVENTS = 300
READERS = 2
PATHS = (*PAGES, *FEEDS, "/status")
ANSWERS = 30  # after each step
PROGRAM = (
    *("space", "tool", "benchmarks", "tests/fakes", "tests/support"),
    *("i18n", "schemas"),
)
NOBODY = "nobody there"
OTHER_NAME = "0dd1a407"
AFTER = '    Column("tzid", String(64)),\n'
A_COLUMN = '    Column("mood", String(8), nullable=False, default="calm"),\n'

Step = Callable[[], object]


class Crowd:
    """Readers that ask one path after the other, and what they were answered."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.statuses: Counter[str] = Counter()
        self._over = Event()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask as long as the context lasts."""
        readers = [Thread(target=self._ask, args=(n,)) for n in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            yield
        finally:
            self._over.set()
            for reader in readers:
                reader.join()

    def wait(self, answers: int = ANSWERS) -> None:
        """Wait for so many more answers."""
        wanted = self.statuses.total() + answers
        while self.statuses.total() < wanted:
            self._over.wait(0.05)

    def _ask(self, number: int) -> None:
        while not self._over.is_set():
            for path in PATHS[number:] + PATHS[:number]:
                self.statuses[self._answer(path)] += 1

    def _answer(self, path: str) -> str:
        for port in reversed(self.ports):
            client = Client(port)
            try:
                return str(client.get(path)[0])
            except (OSError, http.client.HTTPException):
                continue  # it ends just now
            finally:
                client.close()
        self._over.wait(0.1)
        return NOBODY


class Versions:
    """Two versions of the program at one database."""

    def __init__(self, folder: Path, database: str, crowd: Crowd) -> None:
        self._folder = folder
        self._database = database
        self._crowd = crowd
        self.old, self.new = ROOT, _other_version(folder / "newer")
        self._running: dict[Path, ExitStack] = {}

    @contextmanager
    def all_stopped(self) -> Iterator[None]:
        """A block after which no web service runs."""
        try:
            yield
        finally:
            for program in tuple(self._running):
                self.stop(program)

    def start(self, program: Path) -> None:
        """Start a web service, and send readers to it once it listens."""
        stack = ExitStack()
        port, _ = stack.enter_context(
            server(self._folder, database=self._database, program=program)
        )
        self._running[program] = stack
        self._crowd.ports.append(port)

    def stop(self, program: Path) -> None:
        """Send no more readers to a web service, and end it."""
        self._crowd.ports.pop(0)
        self._running.pop(program).close()

    def swap(self, old: Path, new: Path) -> None:
        """Let one web service take over from another one."""
        self.start(new)
        self._crowd.wait()
        self.stop(old)
        self._crowd.wait()

    def bots(self, program: Path) -> None:
        """Let the bots of a version read everything."""
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "benchmarks.upgrade", "--bots", self._database],
            cwd=program,
            check=True,
        )
        self._crowd.wait()


def bots(address: str) -> None:
    """Read everything into the tables of this version."""
    engine = open_engine(address)
    store, now = Store(engine, ADDRESSES), datetime.now(UTC)
    store.prepare(build_key(ADDRESSES), now.date())
    store.put(*map(record, islice(publications(), EVENTS)))
    store.set_checkpoint(now)
    engine.dispose()


def takes_over(address: str, *, bots_first: bool) -> Counter[str]:
    """What readers were answered while a newer version came, and went again."""
    crowd = Crowd()
    with tempfile.TemporaryDirectory() as name:
        versions = Versions(Path(name), address, crowd)
        old, new = versions.old, versions.new
        bots(address)
        with versions.all_stopped():
            versions.start(old)
            with crowd.asking():
                if bots_first:
                    versions.bots(new)
                    versions.swap(old, new)
                else:
                    versions.swap(old, new)
                    versions.bots(new)
                versions.swap(new, old)
                versions.bots(old)
    return crowd.statuses


def _other_version(folder: Path) -> Path:
    """A copy of the program whose records have one more column."""
    for name in PROGRAM:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "gunicorn.conf.py", folder)
    tables = folder / "space" / "store" / "tables" / "tables.py"
    text = tables.read_text("utf-8").replace(LAYOUT_NAME, OTHER_NAME)
    tables.write_text(text.replace(AFTER, AFTER + A_COLUMN), "utf-8")
    return folder


def _told(database: str, statuses: Counter[str]) -> bool:
    """Print what readers got; whether all were answered."""
    others = {s: n for s, n in statuses.items() if s != str(HTTPStatus.OK.value)}
    print(f"upgrade, {database:24} {statuses.total():6} answers, others {others}")
    return not others


def main() -> int:
    """Take over in both orders on both databases; 1 if a reader was sent away."""
    with ending_at_sigterm():
        return 0 if all(list(_take_overs())) else 1


def _take_overs() -> Iterator[bool]:
    """Whether nobody was sent away, in each order on each database."""
    for bots_first in (True, False):
        order = "bots first" if bots_first else "tool first"
        with tempfile.TemporaryDirectory() as name:
            file = f"sqlite:///{name}/space.sqlite"
            statuses = takes_over(file, bots_first=bots_first)
            yield _told(f"SQLite, {order}", statuses)
        with mariadb() as url:
            address = url.render_as_string(hide_password=False)
            statuses = takes_over(address, bots_first=bots_first)
            yield _told(f"MariaDB, {order}", statuses)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bots", metavar="ADDRESS")
    asked = parser.parse_args()
    sys.exit(bots(asked.bots) if asked.bots else main())
