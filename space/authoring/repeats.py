"""Recurrence rules that a form offers, such as every two weeks on Monday, 12 times.

A form offers a rule if reading and writing it gives its text again, letter for letter;
other rules stay raw text.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from space.dates.recurrence import WEEKDAYS

NEVER, DAILY, WEEKLY, MONTH_DAY, MONTH_WEEKDAY, YEARLY, OTHER = PATTERNS = (
    *("never", "daily", "weekly", "month-day", "month-weekday", "yearly", "other"),
)
PLACES = ("1", "2", "3", "4", "-1")
"""Ordinals of a weekday in a month; -1 is the last."""

_FREQUENCIES = {
    DAILY: "DAILY",
    WEEKLY: "WEEKLY",
    MONTH_DAY: "MONTHLY",
    MONTH_WEEKDAY: "MONTHLY",
    YEARLY: "YEARLY",
}
_DAYS = "|".join(WEEKDAYS)
_RULE = re.compile(
    r"FREQ=(?P<frequency>DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(?:;INTERVAL=(?P<interval>[0-9]+))?"
    rf"(?:;BYDAY=(?P<days>(?:{_DAYS})(?:,(?:{_DAYS}))*)"
    rf"|;BYDAY=(?P<place>[1-4]|-1)(?P<weekday>{_DAYS})"
    r"|;BYMONTHDAY=(?P<month_day>[0-9]+))?"
    r"(?:;COUNT=(?P<count>[0-9]+)|;UNTIL=(?P<until>[0-9]{8}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class RulePattern:
    """A recurrence rule by the parts of a form.

    Numbers are raw texts; `until` is an ISO 8601 date. An empty `month_day` stands for
    the day of the start, empty `days` for its weekday.
    """

    pattern: str = NEVER
    interval: str = ""
    days: tuple[str, ...] = ()
    month_day: str = ""
    place: str = PLACES[0]
    weekday: str = WEEKDAYS[0]
    count: str = ""
    until: str = ""

    @classmethod
    def read(cls, rule: str) -> Self | None:
        """The pattern of exactly this rule, None where no pattern writes it."""
        match = _RULE.fullmatch(rule)
        if match is None:
            return None
        groups = match.groupdict()
        until = groups["until"] or ""
        choice = cls(
            pattern=_pattern(groups["frequency"], groups["weekday"]),
            interval=groups["interval"] or "",
            days=tuple(groups["days"].split(",")) if groups["days"] else (),
            month_day=groups["month_day"] or "",
            place=groups["place"] or PLACES[0],
            weekday=groups["weekday"] or WEEKDAYS[0],
            count=groups["count"] or "",
            until=f"{until[:4]}-{until[4:6]}-{until[6:]}" if until else "",
        )
        return choice if choice.write() == rule and _is_day(choice.until) else None

    def write(self) -> str:
        """The RRULE value, empty for no rule; raw texts stay, even if no numbers."""
        if self.pattern not in _FREQUENCIES:
            return ""
        parts = [f"FREQ={_FREQUENCIES[self.pattern]}"]
        if self.interval and self.interval != "1":
            parts.append(f"INTERVAL={self.interval}")
        if self.pattern == WEEKLY and self.days:
            chosen = sorted(set(self.days), key=lambda day: (*WEEKDAYS, day).index(day))
            parts.append(f"BYDAY={','.join(chosen)}")
        elif self.pattern == MONTH_DAY and self.month_day:
            parts.append(f"BYMONTHDAY={self.month_day}")
        elif self.pattern == MONTH_WEEKDAY:
            parts.append(f"BYDAY={self.place}{self.weekday}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        elif self.until:
            parts.append(f"UNTIL={self.until.replace('-', '')}")
        return ";".join(parts)


def _pattern(frequency: str, weekday: str | None) -> str:
    if frequency == "MONTHLY":
        return MONTH_WEEKDAY if weekday else MONTH_DAY
    return frequency.lower()


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False
