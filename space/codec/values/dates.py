"""Dates and times as people write them, in any script's digits.

`2026-11-28 10:00`, `2026-11-28T10:00`, `28 November 2026, 10:00`, `28 Nov 2026` and
`November 28, 2026 at 5:30 pm` are understood. Orders that differ between countries
(`11/12/2026`) are not guessed at.
"""

import re
import unicodedata

from space.dates.moments import Moment
from space.text.folding import bare

_CLOCK = (
    r"(?:T|,? (?:at )?)(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::00)?)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ISO = re.compile(
    rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:{_CLOCK})?"
)
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY_FIRST = re.compile(
    rf"(?P<day>[0-9]{{1,2}}) {_NAME} (?P<year>[0-9]{{4}})(?:{_CLOCK})?"
)
_MONTH_FIRST = re.compile(
    rf"{_NAME} (?P<day>[0-9]{{1,2}}),? (?P<year>[0-9]{{4}})(?:{_CLOCK})?"
)
_ZONE = re.compile(
    r"(?<=[0-9]) ?(?:[A-Za-z]{1,5}|(?:[A-Za-z]{3})?[+-][0-9]{1,2}:?[0-9]{2})$"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NOON = 12
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-")
_SIGNS = _DASHES | {"\uff1a": ":", "\uff0c": ","}


def ascii_digits(text: str) -> str:
    """The text with ASCII digits, hyphens, colons and single spaces, and no marks."""
    seen = bare(text)
    return seen if seen.isascii() else "".join(map(ascii_sign, seen))


def ascii_sign(character: str) -> str:
    """The ASCII digit, dash, colon or comma a character stands for, or itself."""
    sign = _SIGNS.get(character)
    return sign or str(unicodedata.decimal(character, character))


def read_moment(text: str) -> str | None:
    """A date with or without a time in canonical form, None where it is neither."""
    plain = ascii_digits(text)
    patterns = (_ISO, _DAY_FIRST, _MONTH_FIRST)
    match = next(filter(None, (each.fullmatch(plain) for each in patterns)), None)
    if not match:
        return None
    parts = match.groupdict()
    month = int(parts["month"]) if "month" in parts else _month(parts["name"])
    canonical = f"{parts['year']}-{month:02}-{int(parts['day']):02}"
    if parts["hour"]:
        clock = _clock(int(parts["hour"]), parts["minute"], parts["half"])
        if clock is None:
            return None
        canonical += f" {clock}"
    try:
        return str(Moment.parse(canonical, "UTC"))
    except ValueError:
        return None


def _clock(hour: int, minute: str | None, half: str | None) -> str | None:
    """A time of day, `17:30`, from its parts; None for a lone hour of no half day.

    `half` is the `a` or `p` of the half of the day, in any case.
    """
    if half is None:
        return f"{hour:02}:{minute}" if minute else None
    if not 1 <= hour <= _NOON:
        return None
    hour = hour % _NOON + (_NOON if half in "pP" else 0)
    return f"{hour:02}:{minute or '00'}"


def has_zone(text: str) -> bool:
    """Whether this is a moment but for a zone at its end."""
    plain = ascii_digits(text)
    shorter = _ZONE.sub("", plain)
    return shorter != plain and read_moment(shorter) is not None


def _month(name: str) -> int:
    """The number of an English month, perhaps cut short; 0 for what is none."""
    matching = (full.startswith(name.lower()) for full in _MONTHS)
    return next((number for number, same in enumerate(matching, 1) if same), 0)
