"""Query of the figures of review."""

from sqlalchemy import Engine, select

from space.review.queue.statistics import MonthStatistics
from space.store.tables.queue_rows import to_statistics
from space.store.tables.tables import month_statistics


class ReviewStatistics:
    """The stored figures of review."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def months(self) -> tuple[MonthStatistics, ...]:
        """The figures as of the last sync, the newest month first."""
        query = select(month_statistics).order_by(month_statistics.c.month.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings()
            return tuple(to_statistics(dict(row)) for row in rows)
