"""Query of the review queue."""

from sqlalchemy import Engine, select

from space.review.queue.rows import Row
from space.store.keys import QUEUE_VERSION
from space.store.tables.key_values import read_value
from space.store.tables.queue_rows import to_queue_row
from space.store.tables.tables import queue


class ReviewQueue:
    """The stored review queue; it remembers the rows of one version."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._read: tuple[str | None, tuple[Row, ...]] = (None, ())

    def rows(self) -> tuple[Row, ...]:
        """The queue as of the last sync, in its order; empty before the first one."""
        query = select(queue.c.row).order_by(queue.c.position)
        with self._engine.connect() as connection:
            version = read_value(connection, QUEUE_VERSION)
            if version != self._read[0]:
                rows = tuple(map(to_queue_row, connection.scalars(query)))
                self._read = (version, rows)
        return self._read[1]
