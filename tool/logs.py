"""Lines of logs: what visitors send neither begins a line nor moves a terminal."""

import logging
from collections.abc import Mapping
from typing import Any

from gunicorn.glogging import SafeAtoms


def escaped(text: str) -> str:
    r"""The text with `\xNN` for control characters and other unprintable ones."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text.replace("\\", "\\\\")
    )


class EscapedAtoms(SafeAtoms):  # type: ignore[misc]  # gunicorn has no types
    """The parts of a line of gunicorn's access log."""

    def __init__(self, atoms: Mapping[str, Any]) -> None:
        super().__init__(
            {
                name: escaped(value) if isinstance(value, str) else value
                for name, value in atoms.items()
            }
        )


class LineFormatter(logging.Formatter):
    """One line for each record; only a traceback has lines of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's
        """The line of a record, escaped."""
        return escaped(super().formatMessage(record))
