"""What a database says that passes by itself: it is away, full or takes no writes."""

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

_NO_TABLE = 1146  # MariaDB's ER_NO_SUCH_TABLE
_OURS = ("no such",)
"""How SQLite's errors begin that are operational by their class and faults of ours."""


def is_outage(error: DBAPIError) -> bool:
    """Whether it is worth to try again later; False for what is wrong with a query."""
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return False
    return not str(error.orig).startswith(_OURS)


def is_missing_table(error: BaseException) -> bool:
    """Whether a driver's error says that there is no such table."""
    number = error.args[0] if error.args else None
    return number == _NO_TABLE or str(number).startswith("no such table")
