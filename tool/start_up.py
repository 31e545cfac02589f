"""The tables that the tool needs: made at its start, or as soon as that is possible.

A worker starts also while the database is away or takes no writes: gunicorn ends all
workers where one does not start, and what needs no database is served meanwhile. They
are made again where they are gone, as in a database that somebody dropped.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.exc import DBAPIError, OperationalError

from space.store.tables.layouts import make_tables
from space.store.tables.outages import is_missing_table
from space.store.tables.toolsdb import open_database

log = logging.getLogger(__name__)

Step = Callable[[], object]

PAUSE = 10.0  # seconds between two attempts


def make_index(environment: Mapping[str, str]) -> None:
    """Make the tables of the index before any worker starts, if the database lets us.

    To copy those of the version before may take longer than a worker has to start.
    """
    address = environment.get("SPACE_DATABASE_URL")
    if not address:
        return  # a worker says so
    engine = open_database(address)
    try:
        _make([lambda: make_tables(engine, datetime.now(UTC))])
    finally:
        engine.dispose()


def make_now_or_later(steps: Sequence[Step], pause: float = PAUSE) -> Thread | None:
    """Make tables in steps that may be done again; the thread that goes on, if any."""
    if _make(steps):
        return None
    thread = Thread(target=_keep_trying, args=(steps, pause), daemon=True)
    thread.start()
    return thread


def make_when_missing(engine: Engine, steps: Sequence[Step]) -> None:
    """Have the steps done whenever an engine finds that a table is missing.

    What needed the table ends as it does while the database is away.
    """
    making = Lock()

    def tell(context: ExceptionContext) -> None:
        if not is_missing_table(context.original_exception):
            return
        if making.acquire(blocking=False):
            try:
                _make(steps)
            finally:
                making.release()
        raise OperationalError(None, None, RuntimeError("a table was missing"))

    event.listen(engine, "handle_error", tell)


def _keep_trying(steps: Sequence[Step], pause: float) -> None:
    never = Event()
    while not _make(steps):
        never.wait(pause)
    log.info("the database has all tables now")


def _make(steps: Sequence[Step]) -> bool:
    try:
        for step in steps:
            step()
    except (DBAPIError, TimeoutError) as error:
        log.warning("tables cannot be made now error=%s", error)
        return False
    return True
