"""VTIMEZONE components (RFC 5545 §3.6.5) from the pinned tzdata.

Libraries write lists of dates, with onsets on the wrong clock (`docs/feeds.md`), and
Outlook ignores such lists. So an observance has an RRULE wherever tzdata has a rule
that iCalendar can express; any other transition is an observance of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from space.dates.tzdata import LocalTime, Rule, Transition, Zone, read_zone
from space.dates.zones import fixed_offset

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAY = 86400
_LAST_WEEK = 5
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EPOCH_YEAR = 1970


@dataclass(frozen=True, slots=True, order=True)
class ZoneUse:
    """A zone that events name, and the first and last moment of them, UTC and aware."""

    tzid: str
    first: datetime
    last: datetime


def vtimezones(uses: Iterable[ZoneUse]) -> Iterator[str]:
    """The VTIMEZONEs of zones, sorted by name; each begins before its first event."""
    for use in sorted(uses):
        if offset := fixed_offset(use.tzid):
            yield fixed_vtimezone(tzid_text(use.tzid), offset, use.first.year)
        else:
            yield vtimezone(use.tzid, use.first.year, use.last.year)


def tzid_text(zone: str) -> str:
    """The TZID of a zone: its name, without the colon of a fixed offset."""
    return zone.replace(":", "")


@lru_cache(maxsize=2048)
def vtimezone(tzid: str, first: int, last: int) -> str:
    """The VTIMEZONE that holds for events of the years `first` to `last`.

    Raises FileNotFoundError for a zone that tzdata lacks.
    """
    zone = read_zone(tzid)
    start = int(datetime(first, 1, 1, tzinfo=UTC).timestamp()) - 2 * _DAY
    end = int(datetime(last + 1, 12, 31, tzinfo=UTC).timestamp())
    onsets = _yearly(zone, start, end)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}"]
    if max((onset.at for onset, _ in onsets), default=end) > start:
        lines += _constant(zone.at(start), _year_before(first))
        until = min((onset.at - 1 for onset, _ in onsets), default=end)
        for change in zone.between(start, until):
            lines += _observance(change)
    for onset, rrule in onsets:
        lines += _observance(onset, rrule)
    lines.append("END:VTIMEZONE")
    return "\r\n".join(lines) + "\r\n"


def _yearly(zone: Zone, start: int, end: int) -> list[tuple[Transition, str]]:
    """First onset and RRULE of each yearly rule of the zone, oldest onset first.

    `start` and `end` are Unix times. The onsets lie before `start` if the rules held
    then, else in the first year that the rules govern from its beginning. Empty where
    iCalendar cannot express the rules, or they begin after `end`.
    """
    rrules = [rrule for rule in zone.rules if (rrule := _rrule(rule))]
    if not rrules or len(rrules) < len(zone.rules):
        return []
    since = zone.ruled_since or 0
    year = datetime.fromtimestamp(max(start, since), UTC).year
    onsets = [rule.transition(year) for rule in zone.rules]
    if min(onset.at for onset in onsets) < since:
        onsets = [rule.transition(year + 1) for rule in zone.rules]
    if min(onset.at for onset in onsets) > end:
        return []
    return sorted(zip(onsets, rrules, strict=True), key=lambda pair: pair[0].at)


def _rrule(rule: Rule) -> str | None:
    """The RRULE of a rule, None where its day may lie in another month."""
    shift = rule.time // _DAY  # a time of 24:00 or more is on a later weekday
    day = _DAYS[(rule.weekday + shift) % 7]
    length = _MONTH_LENGTHS[rule.month - 1]
    if rule.week == _LAST_WEEK:
        low, high = length - 6 + shift, length + shift
    else:
        low, high = 7 * rule.week - 6 + shift, 7 * rule.week + shift
    if low < 1 or high > length or (rule.month == 2 and rule.week == _LAST_WEEK):
        return None
    month = f"FREQ=YEARLY;BYMONTH={rule.month}"
    if shift:
        days = ",".join(map(str, range(low, high + 1)))
        return f"{month};BYMONTHDAY={days};BYDAY={day}"
    return f"{month};BYDAY={-1 if rule.week == _LAST_WEEK else rule.week}{day}"


def _observance(change: Transition, rrule: str | None = None) -> list[str]:
    summer = change.before.summer or change.after.summer
    forward = change.after.offset > change.before.offset
    return _component(
        "DAYLIGHT" if summer and forward else "STANDARD",
        change.wall,
        change.before,
        change.after,
        rrule,
    )


def _year_before(first: int) -> int:
    """The year in which a VTIMEZONE for events from the year `first` on begins."""
    return min(_EPOCH_YEAR, first - 1)


def _constant(local: LocalTime, year: int) -> list[str]:
    since = datetime(year, 1, 1, tzinfo=UTC)
    return _component("STANDARD", since, local, local, None)


def _component(
    name: str, onset: datetime, before: LocalTime, after: LocalTime, rrule: str | None
) -> list[str]:
    return [
        f"BEGIN:{name}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        *([f"RRULE:{rrule}"] if rrule else []),
        f"TZNAME:{after.name}",
        f"TZOFFSETFROM:{utc_offset(before.offset)}",
        f"TZOFFSETTO:{utc_offset(after.offset)}",
        f"END:{name}",
    ]


def utc_offset(seconds: int) -> str:
    """Seconds east of UTC as `+hhmm` or `+hhmmss` (RFC 5545 §3.3.14)."""
    sign = "-" if seconds < 0 else "+"
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{rest:02}" if rest else "")


def fixed_vtimezone(tzid: str, offset: timedelta, first: int = _EPOCH_YEAR + 1) -> str:
    """The VTIMEZONE of a fixed offset, for events from the year `first` on."""
    local = LocalTime(int(offset.total_seconds()), tzid, summer=False)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}", *_constant(local, _year_before(first))]
    return "\r\n".join([*lines, "END:VTIMEZONE"]) + "\r\n"
