"""SQLite files that are damaged: told apart from other trouble, and put aside.

All that the index store has comes back from the wiki, so a new file takes the place of
a damaged one. Other tables, such as that of sessions, are copied as far as can be read.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL, Engine, ExceptionContext, event, make_url
from sqlalchemy.exc import OperationalError

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY = 0xFF  # bits of an extended error code that say its kind
_DERIVED = ("space_", "sqlite_")
"""How names of tables begin that are made anew."""
_CHECK, _SOUND = "PRAGMA quick_check(1)", "ok"
_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is open, and after a kill."""


class DamagedDatabaseError(OperationalError):
    """A database whose file is damaged; it does not pass by itself."""


def tell_damage(engine: Engine) -> None:
    """Have an engine of SQLite raise `DamagedDatabaseError` for a damaged file."""

    def tell(context: ExceptionContext) -> None:
        error = context.original_exception
        if getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGE:
            raise DamagedDatabaseError(None, None, error) from error

    event.listen(engine, "handle_error", tell)


def look_for_damage(engine: Engine) -> None:
    """Read all of a SQLite file; raises `DamagedDatabaseError` if it is damaged.

    It takes a second for some hundred megabytes. A server looks by itself.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        said = connection.exec_driver_sql(_CHECK).scalar()
    if said != _SOUND:
        raise DamagedDatabaseError(None, None, sqlite3.DatabaseError(said))


def put_aside(address: str | URL) -> Path | None:
    """Put a new file in the place of a damaged one; where that is now.

    It replaces the last one that was put aside. None where the file is sound, or none.
    """
    name = make_url(address).database
    path = Path(name or "")
    if not path.is_file() or _is_sound(path):
        return None
    new, aside = (path.with_name(f"{path.name}.{end}") for end in ("new", "damaged"))
    new.unlink(missing_ok=True)
    _copy_rest(path, new)
    for end in _BESIDE:  # first, as they would be taken for those of the new file
        with suppress(FileNotFoundError):
            Path(f"{path}{end}").replace(f"{aside}{end}")
    path.replace(aside)
    new.replace(path)
    return aside


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute(_CHECK).fetchone()
            return bool(found == (_SOUND,))
    except sqlite3.DatabaseError:
        return False


def _copy_rest(path: Path, new: Path) -> None:
    """Copy what can be read of tables that are not the index store's."""
    with (
        closing(sqlite3.connect(path)) as damaged,
        closing(sqlite3.connect(new)) as sound,
        sound,
    ):
        for kind, table, statement in _kept(damaged):
            sound.execute(statement)
            if kind == "table":
                with suppress(sqlite3.DatabaseError):  # The next may be readable.
                    _copy_rows(damaged, sound, table)


def _kept(damaged: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Tables of others and then their indexes: kind, table, statement that makes it."""
    query = (
        "SELECT type, tbl_name, sql FROM sqlite_master"
        " WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
    )
    try:
        rows = damaged.execute(query).fetchall()
    except sqlite3.DatabaseError:
        return []
    return [row for row in rows if not row[1].startswith(_DERIVED)]


def _copy_rows(
    damaged: sqlite3.Connection, sound: sqlite3.Connection, table: str
) -> None:
    for row in damaged.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name of ours
        places = ", ".join("?" * len(row))
        sound.execute(f'INSERT INTO "{table}" VALUES ({places})', row)  # noqa: S608
