"""Decisions that reviewers saved with the tool and the bot may not have read yet.

So that nobody is asked to review a page that was reviewed a minute ago, the queue goes
without it until the bot tells what became of it. If the table is lost, such pages are
in the queue until then.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError

from space.store.tables.transactions import changing_tables, in_transaction
from tool.signin.sessions import Clock

log = logging.getLogger(__name__)

KEPT = timedelta(days=1)
"""How long a decision is remembered at most, should no bot run."""

metadata = MetaData()
_table = Table(
    "tool_decision",
    metadata,
    Column("page_id", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    mysql_charset="utf8mb4",
    mysql_collate="utf8mb4_bin",
)


@dataclass(frozen=True, slots=True)
class RecentDecision:
    """That somebody decided on a revision of a page, and when, aware."""

    page_id: int
    revision: int
    at: datetime


class Decisions:
    """The table of decisions: of each page the newest, nothing of who made it."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def create_tables(self) -> None:
        """Create the table if it is missing."""
        with changing_tables(self._engine) as connection:  # workers start at once
            metadata.create_all(connection)

    def add(self, page_id: int, revision: int) -> None:
        """Remember that somebody decided on a revision of a page.

        Database errors are logged, not raised: the decision is on the wiki already.
        """
        # Up to a full second, so that it is not before a sync that began meanwhile.
        now = ceil(self._clock().timestamp())
        row = {"page_id": page_id, "revision": revision, "at": now}

        def replace(connection: Connection) -> None:
            gone = (_table.c.at < self._oldest()) | (_table.c.page_id == page_id)
            connection.execute(delete(_table).where(gone))
            connection.execute(insert(_table).values(**row))

        try:
            in_transaction(self._engine, replace)
        except DBAPIError as error:
            log.warning("decision not kept page=%d error=%s", page_id, error.orig)

    def recent(self) -> tuple[RecentDecision, ...]:
        """The decisions that are not older than `KEPT`."""
        query = select(_table).where(_table.c.at >= self._oldest())
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            RecentDecision(
                row.page_id, row.revision, datetime.fromtimestamp(row.at, UTC)
            )
            for row in rows
        )

    def _oldest(self) -> int:
        return int((self._clock() - KEPT).timestamp())
