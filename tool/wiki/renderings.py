"""Cache of rendered HTML by revision and language; may be dropped.

The bots' sync deletes what is not published any more.
"""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from space.store.tables.tables import metadata
from space.store.tables.tables import renderings as _table
from space.store.tables.transactions import changing_tables, in_transaction
from tool.signin.sessions import Clock

log = logging.getLogger(__name__)

_DAY = 24 * 3600  # seconds
MAX_AGE = 60 * _DAY
FRESH = 7 * _DAY
"""How old HTML may be before it is asked for again: transcluded pages change."""


@dataclass(frozen=True, slots=True)
class StoredHtml:
    """Clean HTML of a revision; fresh where it is younger than `FRESH`."""

    html: str
    is_fresh: bool


class Renderings:
    """The table of renderings."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def create_tables(self) -> None:
        """Create the table if it is missing."""
        with changing_tables(self._engine) as connection:  # workers start at once
            metadata.create_all(connection, tables=[_table])

    def get(self, revision: int, language: str) -> StoredHtml | None:
        """The HTML of a revision, None if missing or older than `MAX_AGE`."""
        now = self._now()
        query = select(_table.c.html, _table.c.made).where(
            _table.c.revision == revision,
            _table.c.language == language,
            _table.c.made >= now - MAX_AGE,
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return row and StoredHtml(row.html, row.made >= now - FRESH)

    def put(self, revision: int, language: str, html: str) -> None:
        """Store the HTML of a revision, and delete rows older than `MAX_AGE`.

        Database errors are logged, not raised: the HTML can be shown without the cache.
        """
        row = {"revision": revision, "language": language}
        same = [_table.c[name] == value for name, value in row.items()]
        now = self._now()

        def replace(connection: Connection) -> None:
            connection.execute(delete(_table).where(_table.c.made < now - MAX_AGE))
            connection.execute(delete(_table).where(*same))
            connection.execute(insert(_table).values(**row, made=now, html=html))

        try:
            in_transaction(self._engine, replace)
        except IntegrityError:
            return  # another request stored this row at the same time
        except DBAPIError as error:
            log.warning("rendering not kept revision=%d error=%s", revision, error.orig)

    def _now(self) -> int:
        return int(self._clock().timestamp())
