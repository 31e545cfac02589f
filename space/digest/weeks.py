"""Weeks of ISO 8601, of UTC days: Monday to Sunday."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from space.dates.moments import utc_midnight

_NAME = re.compile(r"([0-9]{4})-W([0-9]{2})", re.ASCII)
_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week by its year and number, which may differ from those of its days."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that a day is in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def named(cls, text: str) -> Self | None:
        """The week of a name such as "2026-W48"; None where there is none."""
        match = _NAME.fullmatch(text)
        if match is None:
            return None
        try:
            return cls.of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            return None

    @property
    def name(self) -> str:
        """Its name, such as "2026-W48"."""
        return f"{self.year}-W{self.number:02}"

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def start(self) -> datetime:
        """The instant with which it begins."""
        return utc_midnight(self.first)

    @property
    def end(self) -> datetime:
        """The instant with which the next one begins."""
        return utc_midnight(self.first + _DAYS)

    @property
    def previous(self) -> "Week":
        """The week before."""
        return Week.of(self.first - _DAYS)
