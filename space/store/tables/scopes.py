"""A pool whose connections last for a scope, such as one request of the web tool.

To connect costs more than to ask, so whoever asks several times wants to keep the
connection; but ToolsDB wants none that idles (phabricator.wikimedia.org/T320657). A
pool of SQLAlchemy's own is emptied as a whole, with the connections of other threads.
"""

from threading import Lock, local
from typing import Any

from sqlalchemy import Engine, Pool
from sqlalchemy.pool import ConnectionPoolEntry

_SCOPE = "space scope"


class Scope:
    """Connections that one thread uses again and again until it closes the scope."""

    def __init__(self) -> None:
        """Open, and without a connection."""
        self._lock = Lock()  # The garbage collector returns them from any thread.
        self._idle: list[ConnectionPoolEntry] = []
        self.is_open = True

    def take(self) -> ConnectionPoolEntry | None:
        """An idle connection; None where there is none."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def put_back(self, entry: ConnectionPoolEntry) -> None:
        """Let a connection idle; it is closed at once if the scope is closed."""
        with self._lock:
            if self.is_open:
                self._idle.append(entry)
                return
        entry.close()

    def close(self) -> None:
        """Close the idle connections, and each one in use as soon as it is returned."""
        with self._lock:
            self.is_open = False
            idle, self._idle = self._idle, []
        for entry in idle:
            entry.close()


class ScopedPool(Pool):
    """Keeps connections within a thread's scope, and none outside of scopes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See `sqlalchemy.Pool`."""
        super().__init__(*args, **kwargs)
        self._here = local()

    def open_scope(self) -> Scope:
        """Begin a scope of this thread; the caller closes it."""
        scope: Scope = Scope()
        self._here.scope = scope
        return scope

    def status(self) -> str:
        """The text that SQLAlchemy logs for a pool."""
        return type(self).__name__

    def recreate(self) -> "ScopedPool":
        """A pool of the same settings without scopes, as `Engine.dispose` wants it."""
        return type(self)(
            self._creator,
            recycle=self._recycle,
            echo=self.echo,
            logging_name=self._orig_logging_name,
            reset_on_return=self._reset_on_return,
            pre_ping=self._pre_ping,
            _dispatch=self.dispatch,
            dialect=self._dialect,
        )

    def dispose(self) -> None:
        """Nothing: what idles belongs to scopes, which close it."""

    def _do_get(self) -> ConnectionPoolEntry:
        scope: Scope | None = getattr(self._here, "scope", None)
        if scope is None or not scope.is_open:
            return self._create_connection()
        entry = scope.take() or self._create_connection()
        _info(entry)[_SCOPE] = scope
        return entry

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        scope: Scope | None = _info(record).get(_SCOPE)
        if scope is None:
            record.close()
        else:
            scope.put_back(record)


def _info(entry: ConnectionPoolEntry) -> dict[Any, Any]:
    """Data of a connection that outlives a reconnect."""
    info = entry.record_info
    return {} if info is None else info


def scoped_pool(engine: Engine) -> ScopedPool | None:
    """The pool of an engine that keeps connections in scopes; None for others."""
    return engine.pool if isinstance(engine.pool, ScopedPool) else None
