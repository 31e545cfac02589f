"""The lock that lets one run of the bots at a time work for a wiki and its root.

It ends with the process: `flock` on a file, or MariaDB's GET_LOCK where the store is in
MariaDB, since jobs of a cluster share no file system on which `flock` can be trusted.
"""

import fcntl
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from space.errors import SpaceError
from space.settings.environment import Config
from space.store.tables.toolsdb import open_database

_RETRY = 5.0  # seconds
_KEEP_ALIVE = 60.0
"""Seconds between queries that keep the connection; ToolsDB ends idle ones."""


class AlreadyRunningError(SpaceError):
    """Another run of the bots holds the lock; try later."""


def hold_lock(
    stack: ExitStack, config: Config, lost: Event, *, waiting: bool = False
) -> None:
    """Hold the lock of `single_run` as long as the stack.

    `waiting` tries again until the other run gives it back, or `lost` is set, as it is
    by a signal to end, too. Raises `AlreadyRunningError` else.
    """
    while True:
        try:
            return stack.enter_context(single_run(config, lost))
        except AlreadyRunningError:
            if not waiting or lost.wait(_RETRY):
                raise


@contextmanager
def single_run(config: Config, lost: Event) -> Iterator[None]:
    """Hold the lock while the context lasts; `lost` is set if the server takes it away.

    Raises `AlreadyRunningError` when another run holds it.
    """
    url = make_url(config.database_url)
    name = _name(config)
    if url.get_backend_name() == "sqlite":
        locked = _in_file(url, name)
    else:
        locked = _in_database(config.database_url, name, lost)
    with locked:
        yield


def _name(config: Config) -> str:
    """A name for the lock; MariaDB allows 64 characters and one name space for all."""
    wiki = f"{config.wiki_url}\n{config.root}"
    return f"space-{hashlib.sha256(wiki.encode()).hexdigest()[:32]}"


@contextmanager
def _in_file(url: URL, name: str) -> Iterator[None]:
    file = url.database
    folder = Path(file).parent if file and file != ":memory:" else None
    path = (folder or Path(tempfile.gettempdir())) / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError("another run is going on") from None
        yield  # Closing the file gives the lock back, at the latest when we die.


@contextmanager
def _in_database(address: str, name: str, lost: Event) -> Iterator[None]:
    engine = open_database(address).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.scalar(text("SELECT GET_LOCK(:name, 0)"), {"name": name}) != 1:
            raise AlreadyRunningError("another run is going on")
        # The server gives the lock back when the connection ends.
        with _kept_alive(connection, lost):
            yield


@contextmanager
def _kept_alive(connection: Connection, lost: Event) -> Iterator[None]:
    over = Event()

    def keep_alive() -> None:
        try:
            while not over.wait(_KEEP_ALIVE):
                connection.scalar(text("SELECT 1"))
        except SQLAlchemyError:
            lost.set()

    thread = Thread(target=keep_alive, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
