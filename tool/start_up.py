"""The tables that the tool needs: made at its start, or as soon as that is possible.

A worker starts also while the database is away or takes no writes: gunicorn ends all
workers where one does not start, and what needs no database is served meanwhile.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Event, Thread

from sqlalchemy.exc import DBAPIError

from space.store.tables.layouts import make_tables
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
