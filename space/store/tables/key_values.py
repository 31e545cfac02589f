"""Reading and writing the key-value table."""

from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, delete, insert, select

from space.store.keys import Key, Lifetime
from space.store.tables.tables import key_values

T = TypeVar("T")

# More than half of what a run asks of the database is about values: these statements
# are put together once.
_IS_KEYS = key_values.c.name == bindparam("key")
_READ = select(key_values.c.value).where(_IS_KEYS)
_DELETE = delete(key_values).where(_IS_KEYS)
_INSERT = insert(key_values)


def select_value(key: Key[T]) -> Select[Any]:
    """The query of a key's text."""
    return select(key_values.c.value).where(key_values.c.name == key.name)


def read_value(connection: Connection, key: Key[T]) -> T | None:
    """The value of a key; None when there is none."""
    text = _text(connection, key)
    return None if text is None else key.load(text)


def write_value(connection: Connection, key: Key[T], value: T | None) -> None:
    """Store a value in place of the key's last one; None only deletes that."""
    connection.execute(_DELETE, {"key": key.name})
    if value is not None:
        row = {"name": key.name, "lifetime": key.lifetime, "value": key.dump(value)}
        connection.execute(_INSERT, row)


def change_value(connection: Connection, key: Key[T], value: T) -> bool:
    """Store a value unless its text is stored already; whether it was not."""
    if _text(connection, key) == key.dump(value):
        return False
    write_value(connection, key, value)
    return True


def end_lifetime(connection: Connection, lifetime: Lifetime) -> None:
    """Delete all values of a lifetime."""
    connection.execute(delete(key_values).where(key_values.c.lifetime == lifetime))


def _text(connection: Connection, key: Key[Any]) -> Any:
    """The text that is stored of a key; None when there is none."""
    return connection.scalar(_READ, {"key": key.name})
