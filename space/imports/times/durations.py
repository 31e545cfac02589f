"""DURATION values of calendar files (RFC 5545 §3.3.6), also malformed ones."""

import re
from datetime import timedelta

_LONGEST = timedelta(days=36_525)
_PART = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,6})?)([WDHMS])", re.ASCII)
_DURATION = re.compile(rf"\+?P(?:T?{_PART.pattern})+T?", re.ASCII)
_UNITS = {
    "W": timedelta(weeks=1),
    "D": timedelta(days=1),
    "H": timedelta(hours=1),
    "M": timedelta(minutes=1),
    "S": timedelta(seconds=1),
}


def read_duration(text: str) -> timedelta | None:
    """A duration; None if invalid, negative, in years, or over a century.

    `PT1D`, `P90M` and `PT1.5H` are read as they are meant: iCalendar has no months, and
    some programs misplace the T.
    """
    plain = text.strip().upper()[:100]
    if not _DURATION.fullmatch(plain):
        return None
    try:
        length = sum(
            (
                _UNITS[unit] * float(number.replace(",", "."))
                for number, unit in _PART.findall(plain)
            ),
            timedelta(),
        )
    except OverflowError:
        return None
    return length if length <= _LONGEST else None
