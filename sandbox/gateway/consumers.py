"""The state of OAuth 1.0a consumers: disabled ones and used nonces."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

NONCE_LIFE = 300  # seconds that a request stays good, before and after its time

TABLES = (
    "create table if not exists disabled (consumer text primary key)",
    """
    create table if not exists nonce (
        consumer text not null,
        token text not null,
        value text not null,
        expires real not null,  -- unix time
        primary key (consumer, token, value)
    )
    """,
)


@dataclass(frozen=True, slots=True)
class Consumers:
    """The consumers of one gateway; processes and threads may share the file."""

    path: Path

    def use(self, consumer: str, token: str, nonce: str, timestamp: int) -> bool:
        """Use a nonce up; False if a request with this time has used it before."""
        with self._open() as database:
            database.execute("delete from nonce where expires < ?", (time.time(),))
            done = database.execute(
                "insert or ignore into nonce values (?, ?, ?, ?)",
                (consumer, token, nonce, timestamp + NONCE_LIFE),
            )
            return done.rowcount == 1

    def disable(self, consumer: str) -> None:
        """Disable a consumer, as an OAuth administrator would."""
        with self._open() as database:
            database.execute("insert or ignore into disabled values (?)", (consumer,))

    def enable(self, consumer: str) -> None:
        """Enable a disabled consumer."""
        with self._open() as database:
            database.execute("delete from disabled where consumer = ?", (consumer,))

    def is_disabled(self, consumer: str) -> bool:
        """Whether a consumer is disabled."""
        with self._open() as database:
            rows = database.execute(
                "select 1 from disabled where consumer = ?", (consumer,)
            )
            return rows.fetchone() is not None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
            database.execute("begin immediate")
            for table in TABLES:
                database.execute(table)
            yield database
