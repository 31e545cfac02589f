"""Series: overrides of their occurrences, and when they ask to be confirmed.

A page with `series` and `occurrence` stands for that occurrence of the series' page,
as long as both are published, the series has such an occurrence and the page has one
time itself. Otherwise it is an event like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Self

from space.dates.moments import Moment, utc_day
from space.dates.schedule import Schedule
from space.publication.publication import Publication
from space.schema.kinds import Values, load_kind
from space.schema.visibility import choice


@cache
def inherited_fields() -> tuple[str, ...]:
    """Fields that an override inherits from its series unless its own page has them.

    Filters on what an event is about and who holds it: those who find the series find
    all of its dates.
    """
    return tuple(
        field.name for field in load_kind("event").fields.values() if field.inherited
    )


@dataclass(frozen=True, slots=True)
class Replaced:
    """The occurrence of a series that a page overrides (RFC 5545, RECURRENCE-ID).

    `start` is where the series has it, `sequence` the series' own.
    """

    series: Publication
    start: Moment

    def inherit(self, page: Publication) -> Publication:
        """The page with the values that it inherits from the series."""
        values = {**self.inherited(page), **page.values}
        return replace(page, values=values, read_from=())

    def inherited(self, page: Publication) -> Values:
        """The values that the page inherits from the series."""
        values = self.series.values
        return {
            name: values[name]
            for name in inherited_fields()
            if name in values and name not in page.values
        }


def series_title(publication: Publication) -> str | None:
    """The title of the series that an event names in order to override; or None."""
    values = publication.values
    if publication.kind != "event" or Schedule.of(values).recurs:
        return None
    return str(values["series"]) if values.keys() >= {"series", "occurrence"} else None


def match_overrides(
    series: Publication, pages: Iterable[Publication]
) -> Mapping[int, Replaced]:
    """Page id → the occurrence it overrides, of pages that name the series.

    Of several pages for one occurrence the oldest has it.
    """
    schedule = Schedule.of(series.values)
    taken: set[Moment] = set()
    overrides: dict[int, Replaced] = {}
    for page in sorted(pages, key=lambda page: page.page_id):
        start = schedule.occurrence(str(page.values["occurrence"]))
        if start is not None and start not in taken:
            taken.add(start)
            overrides[page.page_id] = Replaced(series, start)
    return overrides


def without_named(series: Publication, pages: Iterable[Publication]) -> Publication:
    """The series without the dropped dates for which pages that name it stand.

    It has these dates no more, so they are events of their own, but nobody is to be
    told that they are cancelled.
    """
    named = {str(page.values["occurrence"]) for page in pages}
    dropped = tuple(
        start for start in series.dropped if named.isdisjoint({start, start[:10]})
    )
    return replace(series, dropped=dropped, read_from=())


@dataclass(frozen=True, slots=True)
class SeriesConfirmation:
    """When a series was last confirmed, and the UNTIL day of its rule.

    `day` is the later one of `confirmed` and the last published change, in UTC; `end`
    is None without UNTIL.
    """

    day: date
    end: date | None

    @classmethod
    def of(cls, publication: Publication) -> Self | None:
        """The confirmation of a series; None for other events and rules with COUNT.

        Nor does a series have one that is cancelled.
        """
        values = publication.values
        text = str(values.get("recurrence", "")).upper()
        if publication.kind != "event" or not text or "COUNT=" in text:
            return None  # most rules count their dates: lists need not read them
        if choice("event", values, "status") == "cancelled":
            return None
        rule = Schedule.of(values).rule
        if rule is None or rule.count is not None:
            return None
        changed = utc_day(publication.updated)
        said = values.get("confirmed")
        day = max(changed, date.fromisoformat(str(said))) if said else changed
        return cls(day, rule.until.day if rule.until else None)

    def needs_confirmation(self, today: date, months: int) -> bool:
        """Whether the series asks to be confirmed on a UTC day.

        It does when the sign is `months` or more behind, and its end as far ahead.
        """
        if _months(self.day) + months * _MONTH > _months(today):
            return False
        return self.end is None or _months(self.end) >= _months(today) + months * _MONTH


_MONTH = 100


def _months(day: date) -> int:
    """A number to compare days by, in which a month is `_MONTH`, as no month is."""
    return (day.year * 12 + day.month) * _MONTH + day.day
