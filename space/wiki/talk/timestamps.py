"""Times of signatures, in the wiki's own language and zone.

The wiki writes them by its language's date format: "12:10, 3 November 2026 (UTC)",
"3. Nov. 2026, 12:10 Uhr (CET)", "2026年11月3日 (火) 12:10 (UTC)". Every format has a
clock, a day, a month by name or number, and a year, so these are looked for in
whatever order. Month names are CLDR's, of the language and of English.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from space.text.languages import locale

LONGEST = 90
"""Characters from the clock or the date to the end of the zone."""

_INVISIBLE = "\u200e\u200f\u061c"
_ZONE = re.compile(r"\((?P<zone>[^()\[\]{}<>|\n\d]{2,32})\)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.時시](\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(2[05]\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?!\d\d\D)")
_EAST = re.compile(r"(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_BREAKS = re.compile("[\n\x01\x7f\\[\\]{}<>|]")
# MediaWiki's names of months that CLDR spells otherwise.
_ALSO = {"सितम्बर": 9, "नवम्बर": 11, "दिसम्बर": 12}
_BUDDHIST = 543  # years that Thai wikis are ahead


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A time in a text, from `start` to `end`, both offsets."""

    start: int
    end: int
    at: datetime


def stamps(text: str, language: str, zone: str) -> Iterator[Timestamp]:
    """The times that the wiki wrote into a text, in its order.

    `language` is the wiki's, `zone` its own IANA zone. Never raises for a text.
    """
    plain = _digits(text)
    before = 0
    for match in _ZONE.finditer(plain):
        if zone == "UTC" and match["zone"].isascii() and match["zone"] != "UTC":
            continue
        start = max(before, match.start() - LONGEST)
        cuts = [cut.end() for cut in _BREAKS.finditer(plain, start, match.start())]
        start = cuts[-1] if cuts else start
        stamp = _read(plain[start : match.start()], language, zone)
        if stamp is not None:
            offset, moment = stamp
            yield Timestamp(start + offset, match.end(), moment)
            before = match.end()


def _read(text: str, language: str, zone: str) -> tuple[int, datetime] | None:
    """The last time in a text that ends where its zone begins, and where it begins."""
    clocks = list(_CLOCK.finditer(text))
    years = list(_YEAR.finditer(text))
    if not clocks or not years:
        return None
    clock, year = clocks[-1], years[-1]
    rest = text[: clock.start()] + " " * len(clock[0]) + text[clock.end() :]
    date = _numbers(_EAST, rest) or _named(rest, language) or _numbers(_NUMERIC, rest)
    if date is None:
        return None
    start, month, day = date
    number = int(year[1])
    number -= _BUDDHIST if number > 2500 else 0
    try:
        wall = datetime(
            number, month, day, int(clock[1]), int(clock[2]), tzinfo=ZoneInfo(zone)
        )
    except ValueError:
        return None
    return min(start, clock.start(), year.start()), wall.astimezone(UTC)


def _numbers(form: re.Pattern[str], text: str) -> tuple[int, int, int] | None:
    """Offset, month and day of the last date of a form; None without one."""
    matches = list(form.finditer(text))
    if not matches:
        return None
    last = matches[-1]
    return last.start(), int(last["month"]), int(last["day"])


def _named(text: str, language: str) -> tuple[int, int, int] | None:
    """Offset, month and day of the last named month, with the number next to it."""
    names, pattern = _months(language)
    months = list(pattern.finditer(text))
    days = list(_DAY.finditer(text))
    if not months or not days:
        return None
    month = months[-1]
    day = min(days, key=lambda number: abs(number.start() - month.start()))
    number = names[month[0].casefold()]
    return min(month.start(), day.start()), number, int(day[1])


@lru_cache(maxsize=64)
def _months(language: str) -> tuple[dict[str, int], re.Pattern[str]]:
    """Folded names → numbers, and what finds one, the longest first."""
    names = dict(_ALSO)
    for data in (locale(language), locale("en")):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in data.months[context][width].items():
                    for written in (str(name), str(name).rstrip(".")):
                        names.setdefault(written.casefold(), number)
    longest = sorted((n for n in names if not n.isdigit()), key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest))
    return names, re.compile(pattern, re.IGNORECASE)


def _digits(text: str) -> str:
    """The text with ASCII digits and without marks of direction, as long as before."""
    if text.isascii():
        return text
    made = []
    for character in text:
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            made.append(str(digit))
        else:
            made.append(" " if character in _INVISIBLE else character)
    return "".join(made)
