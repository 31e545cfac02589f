"""Days and times as people read them, in the interface's language (CLDR by Babel)."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import (
    format_date,
    format_time,
    format_timedelta,
    get_datetime_format,
    get_day_names,
    get_timezone_location,
)

from space.codec.values.city_zones import CURRENT_NAMES
from space.dates.moments import Moment, Span, is_dated
from space.dates.zones import names
from space.dates.zones import zone as zone_info
from space.text.day_words import by_skeleton, dates_locale, interval
from space.text.digits import in_digits
from space.text.languages import locale

DASH = " – "  # noqa: RUF001 - an en dash is what stands between two times
_DAY = "yMMMEd"
_BETWEEN = re.compile(r"\{[01]\}")
_COMMAS = frozenset(",،、")
_once = lru_cache(maxsize=4096)
"""For what Babel takes long to say and lists say often: their days are few."""
_STABLE_NAMES = {current: stable for stable, current in CURRENT_NAMES.items()}
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"})


@_once
def day(value: date, language: str) -> str:
    """A day in full, with its weekday."""
    return in_digits(format_date(value, "full", dates_locale(language)), language)


@_once
def short_day(value: date, language: str) -> str:
    """A day with abbreviated names."""
    return by_skeleton(_DAY, value, language)


def plain_day(value: date, language: str) -> str:
    """A day in full, without its weekday."""
    return in_digits(format_date(value, "long", dates_locale(language)), language)


def day_of_year(value: date, language: str) -> str:
    """A day in full, without weekday and year."""
    return by_skeleton("MMMMd", value, language)


@_once
def month(value: date, language: str) -> str:
    """A month and its year."""
    return by_skeleton("yMMMM", value, language)


@_once
def short_month(value: date, language: str) -> str:
    """A month's abbreviated name, standing alone."""
    return str(format_date(value, "LLL", locale=dates_locale(language)))


def clock(value: datetime, language: str) -> str:
    """A wall time."""
    return _clock(value.time(), language)


@_once
def _clock(value: time, language: str) -> str:
    text = format_time(value, "short", locale=dates_locale(language))
    return in_digits(text, language)


def instant(value: datetime, language: str) -> str:
    """An instant by UTC."""
    utc = value.astimezone(UTC)
    return f"{_at(short_day(utc.date(), language), clock(utc, language), language)} UTC"


def length(value: timedelta, language: str) -> str:
    """How long something takes, in the one unit that says it best."""
    minutes = max(value, timedelta(minutes=1))
    return in_digits(format_timedelta(minutes, locale=locale(language)), language)


def ago(value: timedelta, language: str) -> str:
    """How long ago something was, "9 days ago", in a unit of which it has two."""
    minutes = max(value, timedelta(minutes=1))
    text = format_timedelta(
        -minutes,
        granularity="minute",
        threshold=2,
        add_direction=True,
        locale=locale(language),
    )
    return in_digits(text, language)


def span(value: Span, language: str) -> str:
    """When something takes place, by the clocks of its own zone."""
    return _between(value, value.start.local, _last(value), language)


def span_in(value: Span, zone: str, language: str) -> str:
    """The same by the clocks of a known zone.

    Empty for whole days, which have no instant to speak of.
    """
    if value.all_day:
        return ""
    there = zone_info(zone)
    end = value.end.utc.astimezone(there) if value.end else None
    return _between(value, value.start.utc.astimezone(there), end, language)


def moment(value: datetime, language: str) -> str:
    """The weekday, in short, and the time of a wall time."""
    return f"{_weekday(value.date(), language)} {clock(value, language)}"


@_once
def _weekday(value: date, language: str) -> str:
    return str(format_date(value, "E", locale=dates_locale(language)))


def short_moment(value: Moment, language: str) -> str:
    """The day, with abbreviated names, and the time of a moment, if it has one."""
    told = short_day(value.date, language)
    if value.all_day:
        return told
    return _at(told, clock(value.local, language), language)


def zone_of(value: Span, language: str, zone: str = "") -> str:
    """A zone as a place and the offset it has then: "Auckland (UTC+13:00)".

    It is the span's own zone, or `zone`. Where clocks change meanwhile, both offsets
    are told: "Berlin (UTC+02:00/+01:00)".
    """
    end = value.end or value.start
    return _named(zone or value.start.zone, [value.start.utc, end.utc], language)


def short_offset(value: datetime) -> str:
    """The offset of an aware wall time, as short as it can be: "UTC+13"."""
    offset = _offset(value).removesuffix(":00")
    return (
        "UTC" if offset[1:] == "00" else f"UTC{offset[0]}{int(offset[1:3])}{offset[3:]}"
    )


@lru_cache(maxsize=2048)  # Babel looks through all zones for each
def city(zone: str, language: str) -> str:
    """The place that a zone is named after; in English where CLDR has no places."""
    said = locale(language)
    if "ZZ" not in said.territories:  # then Babel raises KeyError
        said = locale("en")
    stable = said.time_zones.get(_STABLE_NAMES.get(zone, zone), {})
    place = stable.get("city")  # Babel looks for the current name, where it is not
    place = place or get_timezone_location(zone, locale=said, return_city=True)
    return str(place).rpartition("/")[2]


@lru_cache(maxsize=256)  # codes may come from outside
def comma(language: str) -> str:
    """What stands between names in a row: the language's own comma, and its space."""
    babel = locale(language)
    patterns = (
        babel.datetime_formats["medium"],
        babel.list_patterns["standard"]["middle"],
    )
    between = (_BETWEEN.sub("", str(pattern)) for pattern in patterns)
    return next((sign for sign in between if sign.strip()[:1] in _COMMAS), ", ")


def _at(day_text: str, clock_text: str, language: str) -> str:
    """A day and a time as the language joins them."""
    text = _joint(language).replace("{0}", clock_text)
    return text.replace("{1}", day_text)


@lru_cache(maxsize=256)  # codes may come from outside
def _joint(language: str) -> str:
    """How a language joins a day `{1}` and a time `{0}`."""
    pattern = get_datetime_format("medium", locale=dates_locale(language))
    return str(pattern).replace("'", "")


def _offset(value: datetime) -> str:
    return value.isoformat(timespec="minutes")[len("2026-11-24T10:00") :][:6]


def _last(value: Span) -> datetime | None:
    return value.end.local if value.end else None


def _between(value: Span, start: datetime, end: datetime | None, language: str) -> str:
    one_day = end is None or end.date() == start.date()
    if value.all_day:
        if end is None or one_day:
            return day(start.date(), language)
        return days(start.date(), end.date(), language)
    began = clock(start, language)
    if end is None:
        return _at(day(start.date(), language), began, language)
    ended = clock(end, language)
    if one_day:
        return _at(day(start.date(), language), f"{began}{DASH}{ended}", language)
    first, last = short_day(start.date(), language), short_day(end.date(), language)
    return f"{_at(first, began, language)}{DASH}{_at(last, ended, language)}"


def days(first: date, last: date, language: str) -> str:
    """A day, or several, with abbreviated names."""
    if first == last:
        return short_day(first, language)
    return interval(_DAY, first, last, language)


def zone_at(zone: str, instant: datetime, language: str) -> str:
    """A known zone as a place and the offset it has at an instant."""
    return _named(zone, [instant], language)


def _named(zone: str, instants: list[datetime], language: str) -> str:
    if zone in _UTC:
        return "UTC"
    there = zone_info(zone)
    offsets = dict.fromkeys(_offset(each.astimezone(there)) for each in instants)
    offset = f"UTC{'/'.join(offsets)}"
    return f"{city(zone, language)} ({offset})" if zone in names() else offset


@lru_cache(maxsize=256)  # codes may come from outside
def week_locale(language: str) -> Locale:
    """Whose weeks a language's readers live by: those of most of its speakers.

    English alone, which Wikimedians of all countries read, has the world's: they begin
    on Monday. `en-us` begins on Sunday, `ar` on Saturday.
    """
    babel = locale(language)
    likely = get_global("likely_subtags").get(str(babel), "")
    if babel.territory or not likely or babel.language == "en":
        return babel
    return Locale.parse(likely)


def weekend(day: date, language: str) -> tuple[date, date]:
    """The first and the last day of the weekend that a day is in or that comes next."""
    babel = week_locale(language)
    first, last = int(babel.weekend_start), int(babel.weekend_end)
    end = day + timedelta(days=(last - day.weekday()) % 7)
    return end - timedelta(days=(last - first) % 7), end


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month as a table: whole weeks, with the days beside it that fill them."""

    first: date
    week_start: int  # 0 is Monday

    @classmethod
    def of(cls, year: int, number: int, language: str) -> "CalendarMonth":
        """A month of the calendar; raises ValueError where there is none."""
        return cls(date(year, number, 1), int(week_locale(language).first_week_day))

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
    def previous(self) -> date | None:
        """The first day of the month before, None where no event may be in it."""
        before = (self.first - timedelta(days=1)).replace(day=1)
        return before if is_dated(before) else None

    @property
    def next(self) -> date | None:
        """The first day of the month after, None where no event may be in it."""
        after = self.last + timedelta(days=1)
        return after if is_dated(after) else None

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def day_names(self, language: str) -> list[tuple[str, str]]:
        """The heads of the columns: narrow for the eye, wide for the ear."""
        wide, short = (
            get_day_names(width, "stand-alone", locale(language))
            for width in ("wide", "abbreviated")
        )
        order = [(self.week_start + offset) % 7 for offset in range(7)]
        return [(str(short[index]), str(wide[index])) for index in order]
