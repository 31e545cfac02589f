"""Days and times as people read them, in the interface's language (CLDR by Babel)."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_time,
    format_timedelta,
    get_day_names,
    get_timezone_location,
)

from space.languages import locale
from space.times import Moment, Span
from space.zones import names

DASH = " – "  # noqa: RUF001 - an en dash is what stands between two times
_DAY = "yMMMEd"


def day(value: date, language: str) -> str:
    """A day in full, with its weekday."""
    return str(format_date(value, "full", locale=locale(language)))


def short_day(value: date, language: str) -> str:
    """A day with abbreviated names."""
    return str(format_skeleton(_DAY, value, locale=locale(language)))


def month(value: date, language: str) -> str:
    """A month and its year."""
    return str(format_skeleton("yMMMM", value, locale=locale(language)))


def short_month(value: date, language: str) -> str:
    """A month's abbreviated name, standing alone."""
    return str(format_date(value, "LLL", locale=locale(language)))


def clock(value: datetime, language: str) -> str:
    """A wall time."""
    return str(format_time(value.time(), "short", locale=locale(language)))


def instant(value: datetime, language: str) -> str:
    """An instant by UTC."""
    utc = value.astimezone(UTC)
    return f"{short_day(utc.date(), language)}, {clock(utc, language)} UTC"


def length(value: timedelta, language: str) -> str:
    """How long something takes, in the one unit that says it best."""
    minutes = max(value, timedelta(minutes=1))
    return str(format_timedelta(minutes, locale=locale(language)))


def span(value: Span, language: str) -> str:
    """When something takes place, by the clocks of its own zone."""
    return _between(value, value.start.local, _last(value), language)


def span_in_utc(value: Span, language: str) -> str:
    """The same by UTC; empty for whole days, which have no instant to speak of."""
    if value.all_day:
        return ""
    end = value.end.utc if value.end else None
    return _between(value, value.start.utc, end, language)


def zone(value: Moment, language: str) -> str:
    """A zone as a place and the offset it has then: "Auckland (UTC+13:00)"."""
    if value.zone == "UTC":
        return value.zone
    digits = f"{value.local:%z}"
    offset = f"UTC{digits[:3]}:{digits[3:5]}"
    if value.zone not in names():
        return offset
    place = get_timezone_location(value.zone, locale=locale(language), return_city=True)
    return f"{place} ({offset})"


def _last(value: Span) -> datetime | None:
    return value.end.local if value.end else None


def _between(value: Span, start: datetime, end: datetime | None, language: str) -> str:
    one_day = end is None or end.date() == start.date()
    if value.all_day:
        if end is None or one_day:
            return day(start.date(), language)
        return str(
            format_interval(start.date(), end.date(), "yMMMEd", locale=locale(language))
        )
    began = clock(start, language)
    if end is None:
        return f"{day(start.date(), language)}, {began}"
    ended = clock(end, language)
    if one_day:
        return f"{day(start.date(), language)}, {began}{DASH}{ended}"
    first, last = short_day(start.date(), language), short_day(end.date(), language)
    return f"{first}, {began}{DASH}{last}, {ended}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a table: whole weeks, with the days beside it that fill them."""

    first: date
    week_start: int  # 0 is Monday

    @classmethod
    def of(cls, year: int, number: int, language: str) -> "Month":
        """A month of the calendar; raises ValueError where there is none."""
        return cls(date(year, number, 1), int(locale(language).first_week_day))

    @property
    def weeks(self) -> list[list[date]]:
        """The rows."""
        return Calendar(self.week_start).monthdatescalendar(
            self.first.year, self.first.month
        )

    @property
    def key(self) -> str:
        """The month in addresses."""
        return f"{self.first:%Y-%m}"

    @property
    def previous(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=31)).replace(day=1)

    def start_utc(self) -> datetime:
        """The first instant of the table, in UTC."""
        return datetime.combine(self.weeks[0][0], datetime.min.time(), UTC)

    def end_utc(self) -> datetime:
        """The instant after the last of the table, in UTC."""
        last = self.weeks[-1][-1] + timedelta(days=1)
        return datetime.combine(last, datetime.min.time(), UTC)

    def day_names(self, language: str) -> list[tuple[str, str]]:
        """The heads of the columns: narrow for the eye, wide for the ear."""
        wide, short = (
            get_day_names(width, "stand-alone", locale(language))
            for width in ("wide", "abbreviated")
        )
        order = [(self.week_start + offset) % 7 for offset in range(7)]
        return [(str(short[index]), str(wide[index])) for index in order]
