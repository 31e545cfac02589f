"""Recurrence rules (RFC 5545 §3.3.10): which days a series falls on.

Rules of days, weeks, months and years with INTERVAL, COUNT or UNTIL, BYDAY,
BYMONTHDAY, BYMONTH, BYSETPOS and WKST. The walk goes period by period up to a
horizon, so a rule that never matches costs no more than one that does; dateutil,
which the tests compare with, looks for such a day until the year 9999.
"""

import calendar
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Self

from space.dates.moments import is_dated

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_BY_DAY = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", re.ASCII)
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)", re.ASCII)
_NAMES = frozenset(
    "FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYSETPOS WKST".split()  # noqa: SIM905 - reads as a rule does
)
_RULES = 1024  # the most that are kept: many series have the same
_MAX_NUMBER = 999
_LONGEST = {"MONTHLY": 31, "YEARLY": 366}  # days of the longest period
_SHORTEST_MONTH = 28
_MONTHS = range(1, 13)
_DAY = timedelta(days=1)

Ordinals = tuple[tuple[int, int], ...]
"""Weekdays as (ordinal, day): (-1, 4) is the last Friday, (0, 4) every Friday."""


@dataclass(frozen=True, slots=True)
class Until:
    """The end of a rule: a day, with `clock` a wall time, with `utc` an instant."""

    day: date
    clock: time | None = None
    utc: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `20261231`, `20261231T180000` or `20261231T180000Z`.

        Raises ValueError for other text, and for a year in which no event may be:
        who means "for ever" leaves UNTIL out.
        """
        match = _UNTIL.fullmatch(text)
        if not match:
            raise ValueError(f"not a day or time: {text}")
        digits = match[1] + (match[2] or "000000")
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if not is_dated(moment.date()):
            raise ValueError(f"not a year of an event: {text}")
        return cls(moment.date(), moment.time() if match[2] else None, bool(match[3]))


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurrence rule (RRULE). Weekdays count from Monday, 0; absent parts are ()."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: Until | None = None
    by_day: Ordinals = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0

    @classmethod
    @lru_cache(_RULES)
    def parse(cls, text: str) -> Self:
        """Read `FREQ=WEEKLY;BYDAY=MO`; raises ValueError with what is wrong."""
        parts = _parts(text)
        get = parts.get
        rule = cls(
            frequency=parts["FREQ"],
            interval=_number(get("INTERVAL", "1"), _MAX_NUMBER),
            count=_number(parts["COUNT"], _MAX_NUMBER) if "COUNT" in parts else None,
            until=Until.parse(parts["UNTIL"]) if "UNTIL" in parts else None,
            by_day=_days(get("BYDAY")),
            by_month_day=_numbers(get("BYMONTHDAY"), 31, negative=True),
            by_month=_numbers(get("BYMONTH"), 12),
            by_set_pos=_numbers(get("BYSETPOS"), 366, negative=True),
            week_start=WEEKDAYS.index(get("WKST", WEEKDAYS[0])),
        )
        rule._check()
        return rule

    def _check(self) -> None:
        """Refuse what RFC 5545 forbids: it would mean different things to others."""
        monthly = self.frequency in {"MONTHLY", "YEARLY"}
        if any(ordinal for ordinal, _ in self.by_day) and not monthly:
            raise ValueError("a numbered day needs FREQ=MONTHLY or YEARLY")
        if self.by_month_day and self.frequency == "WEEKLY":
            raise ValueError("BYMONTHDAY with FREQ=WEEKLY")
        if self.by_set_pos and not (self.by_day or self.by_month_day or self.by_month):
            raise ValueError("BYSETPOS without another BY part")

    @property
    def spacing(self) -> int | None:
        """An upper bound, in days, of the smallest distance of two neighbouring dates.

        None where only a walk could tell, and for a single date. The Lua function
        `Recurrence.spacing` gives equal numbers.
        """
        if self.count == 1 or self.by_month or self.by_set_pos:
            return None
        if self.frequency in _LONGEST:
            every = self._is_in_every_period
            return _LONGEST[self.frequency] * self.interval if every else None
        if self.frequency == "DAILY":
            return None if self.by_day or self.by_month_day else self.interval
        days = sorted({(day - self.week_start) % 7 for _, day in self.by_day}) or [0]
        around = pairwise([*days, days[0] + 7 * self.interval])
        return min(after - day for day, after in around)

    @property
    def _is_in_every_period(self) -> bool:
        """Whether no month (or year) is too short for all days that parts name.

        Some months have no fifth Monday and no 31st, and few days are both at once.
        """
        if self.by_day and self.by_month_day:
            return False
        days = _SHORTEST_MONTH if self.frequency == "MONTHLY" else 52 * 7
        return (
            not (self.by_day or self.by_month_day)
            or any(abs(place) * 7 <= days for place, _ in self.by_day)
            or any(abs(day) <= days for day in self.by_month_day)
        )

    def dates(
        self,
        start: date,
        horizon: date,
        since: date | None = None,
        skipped: Collection[date] = (),
    ) -> Iterator[date]:
        """The days from `start` to `horizon` in order, without regard to UNTIL's time.

        `start` itself is only among them where the rule says so. Days before `since`
        may be left out, which makes the walk of an old series short. `skipped` are
        days on which there is no such time: COUNT does not count them.
        """
        counted = 0
        last = min(horizon, self.until.day + _DAY) if self.until else horizon
        since = start if since is None or self.count else max(start, since)
        for period in self._periods(start, last, since):
            matching = [day for day in period if self._matches(day, start)]
            for day in self._chosen(matching):
                if day >= start and day not in skipped:
                    if day > last or counted == self.count:
                        return
                    counted += 1
                    yield day

    def _periods(self, start: date, last: date, since: date) -> Iterator[list[date]]:
        """Days, weeks, months or years, INTERVAL apart from that of `start` on.

        The first is the last one that begins by `since`.
        """
        step = self.interval
        if self.frequency in {"DAILY", "WEEKLY"}:
            weekly = self.frequency == "WEEKLY"
            length = 7 if weekly else 1
            first = start - _DAY * ((start.weekday() - self.week_start) % 7 * weekly)
            every = _DAY * length * step
            first += (since - first) // every * every
            while first <= last:
                if weekly or not self.by_month or first.month in self.by_month:
                    yield [first + _DAY * number for number in range(length)]
                    first += every
                else:  # no need to look at each day of a month that is not meant
                    rest = calendar.monthrange(first.year, first.month)[1] - first.day
                    first += -(-(rest + 1) // step) * every
            return
        length = 1 if self.frequency == "MONTHLY" else 12
        month = start.year * 12 + (start.month - 1 if length == 1 else 0)
        passed = since.year * 12 + since.month - 1 - month
        month += passed // (length * step) * length * step
        named = self._months_of(start)
        while month <= last.year * 12 + last.month - 1:
            numbers = range(month, month + length)
            meant = [number for number in numbers if number % 12 + 1 in named]
            yield [day for number in meant for day in _month(number)]
            month += length * step

    def _months_of(self, start: date) -> Collection[int]:
        """The months in which a rule of months or years can have a day."""
        if self.by_month:
            return self.by_month
        is_in_one = self.frequency == "YEARLY" and not (
            self.by_day or self.by_month_day
        )
        return (start.month,) if is_in_one else _MONTHS

    def _matches(self, day: date, start: date) -> bool:
        if self.by_month and day.month not in self.by_month:
            return False
        if self.by_month_day or self._implies_month_day:
            length = calendar.monthrange(day.year, day.month)[1]
            month_days = self.by_month_day or (start.day,)
            if not {day.day, day.day - length - 1} & set(month_days):
                return False
        if self.by_day:
            return any(self._on(day, *ordinal_day) for ordinal_day in self.by_day)
        if self.frequency == "WEEKLY":
            return day.weekday() == start.weekday()
        if self.frequency == "YEARLY" and not (self.by_month or self.by_month_day):
            return day.month == start.month
        return True

    @property
    def _implies_month_day(self) -> bool:
        """Whether the start's day of the month counts, as no part names a day."""
        return self.frequency in {"MONTHLY", "YEARLY"} and not self.by_day

    def _on(self, day: date, ordinal: int, weekday: int) -> bool:
        if day.weekday() != weekday:
            return False
        if not ordinal:
            return True
        if self.frequency == "YEARLY" and not self.by_month:
            number = day.timetuple().tm_yday
            length = 366 if calendar.isleap(day.year) else 365
        else:
            number, length = day.day, calendar.monthrange(day.year, day.month)[1]
        if ordinal > 0:
            return (number - 1) // 7 + 1 == ordinal
        return (length - number) // 7 + 1 == -ordinal

    def _chosen(self, days: list[date]) -> list[date]:
        if not self.by_set_pos:
            return days
        size = len(days)
        numbers = {at - 1 if at > 0 else size + at for at in self.by_set_pos}
        return [days[number] for number in sorted(numbers) if 0 <= number < size]


def _month(number: int) -> list[date]:
    year, month = divmod(number, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return [date(year, month + 1, day) for day in range(1, length + 1)]


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        match = _PART.fullmatch(part)
        if not match or match[1] not in _NAMES or match[1] in parts:
            raise ValueError(f"not a part of a rule, or twice: {part!r}")
        parts[match[1]] = match[2]
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(f"not a frequency: {parts.get('FREQ')}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("both COUNT and UNTIL")
    return parts


def _number(text: str, high: int, *, negative: bool = False) -> int:
    number = int(text)
    if not 1 <= (abs(number) if negative else number) <= high:
        raise ValueError(f"out of range: {text}")
    return number


def _numbers(text: str | None, high: int, *, negative: bool = False) -> tuple[int, ...]:
    items = text.split(",") if text else ()
    return tuple(_number(item, high, negative=negative) for item in items)


def _days(text: str | None) -> Ordinals:
    days = []
    for item in text.split(",") if text else ():
        match = _BY_DAY.fullmatch(item)
        if not match:
            raise ValueError(f"not a day of the week: {item}")
        days.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(days)
