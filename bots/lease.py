"""The lease that lets one process at a time edit as the bot's account on a wiki.

It is a row of the database, good until a time by the database's clock. Its holder puts
that off while it works; a process that died does not, and another one takes over. So
does one that overtakes a process that hung; that one learns of it before it writes to
the wiki or the store again.
"""

import logging
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Event

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    cast,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from bots.meanwhile import meanwhile
from space.errors import SpaceError
from space.store.tables.engine import is_writing
from space.store.tables.transactions import changing_tables, in_transaction

_LOG = logging.getLogger(__name__)

SECONDS = 30
"""How long a lease is good when nobody puts off its end."""
_RENEWAL = 5.0  # seconds between two renewals, and between attempts to get a lease

_metadata = MetaData()
_table = Table(
    "space_lease",
    _metadata,
    Column("name", String(320), primary_key=True),
    Column("holder", String(320), nullable=False),
    Column("until", BigInteger, nullable=False),  # Unix time
    mysql_engine="InnoDB",
    mysql_charset="utf8mb4",
    mysql_collate="utf8mb4_bin",
)


class AlreadyRunningError(SpaceError):
    """Another process holds the lease, or took it over; try later."""


def alone() -> AbstractContextManager[bool]:
    """In place of `Lease.held` for a process that nobody else can be in the way of."""
    return nullcontext(True)


class Lease:
    """The lease of one account on one wiki, as this process sees it.

    `name` is that of the account with its wiki; `engine` is for the lease alone.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._own = _table.c.name == name
        self._name = name
        # Two processes of two machines may have one number, and one process two leases.
        number, token = os.getpid(), secrets.token_hex(4)
        self._holder = f"{socket.gethostname()} {number} {token}"
        self._held = False
        with changing_tables(engine) as connection:
            _metadata.create_all(connection)

    def guard(self, engine: Engine) -> None:
        """Have transactions of `engine` that write end at once after the lease is lost.

        While one of them lasts nobody takes the lease over.
        """

        def check(connection: Connection) -> None:
            if self._held and is_writing(connection):
                query = select(_table.c.holder).where(self._own)
                if connection.scalar(query.with_for_update(read=True)) != self._holder:
                    raise AlreadyRunningError(_LOST)

        event.listen(engine, "begin", check)

    @contextmanager
    def held(self, ended: Event | None = None) -> Iterator[bool]:
        """Hold the lease while the context lasts; then it is free at once.

        The value is whether nobody else has had it since this process did. Raises
        `AlreadyRunningError` when another process holds it; with `ended` it is waited
        for until that is set.
        """
        last = self._taken(ended)
        self._held = True
        try:
            with meanwhile(_RENEWAL, self._keep):
                yield last == self._holder
        finally:
            self._held = False
            self._release()

    def renew(self) -> None:
        """Put off the end of the lease, which this process holds.

        Raises `AlreadyRunningError` when another process has taken it over.
        """
        if not in_transaction(self._engine, self._extend):
            raise AlreadyRunningError(_LOST)

    def _taken(self, ended: Event | None) -> str:
        while True:
            try:
                return in_transaction(self._engine, self._take)
            except AlreadyRunningError:
                if ended is None or ended.wait(_RENEWAL):
                    raise

    def _take(self, connection: Connection) -> str:
        """Make it ours; the name of who had it before, empty for nobody."""
        query = select(_table.c.holder, _table.c.until).where(self._own)
        row = connection.execute(query.with_for_update()).first()
        now = _now(connection)
        seconds: int = connection.scalar(select(now)) or 0
        if row is None:
            connection.execute(
                insert(_table).values(
                    name=self._name, holder=self._holder, until=now + SECONDS
                )
            )
            return ""
        # One that ends later than any can is of a clock that was set back meanwhile.
        is_good = seconds < row.until <= seconds + SECONDS
        if row.holder != self._holder and is_good:
            raise AlreadyRunningError(f"another run is going on: {row.holder}")
        connection.execute(
            update(_table)
            .where(self._own)
            .values(holder=self._holder, until=now + SECONDS)
        )
        return str(row.holder)

    def _extend(self, connection: Connection) -> bool:
        query = update(_table).where(self._own, _table.c.holder == self._holder)
        later = query.values(until=_now(connection) + SECONDS)
        return connection.execute(later).rowcount == 1

    def _release(self) -> None:
        query = update(_table).where(self._own, _table.c.holder == self._holder)
        try:
            in_transaction(self._engine, lambda c: c.execute(query.values(until=0)))
        except SQLAlchemyError:
            _LOG.warning("the lease was not given back; it ends by itself")

    def _keep(self) -> bool:
        """Renew it, as reading a wiki may take long; whether there is more to renew."""
        try:
            self.renew()
        except AlreadyRunningError:
            return False
        except SQLAlchemyError:  # It may be back before the lease ends.
            _LOG.warning("the lease could not be renewed")
        return True


_LOST = "another run has taken over"


def _now(connection: Connection) -> ColumnElement[int]:
    """Unix time by the database's clock."""
    if connection.dialect.name == "mysql":
        return cast(func.unix_timestamp(), BigInteger)
    return cast(func.strftime("%s", "now"), BigInteger)
