"""Series: pages that stand for one of their occurrences, and whether they go on.

A page with `series` and `occurrence` stands for that occurrence of the series' page,
as long as both are published, the series has such an occurrence and the page has one
time itself. Otherwise it is an event like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date

from space.occurrences import Schedule
from space.publication import Publication
from space.schema import Values
from space.times import Moment

INHERITED = ("languages", "topics", "wikis", "type", "audience", "organizers")
"""What a changed date has from its series where it does not say it itself, so that
those who find the series find all of its dates."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The occurrence in whose place a page stands.

    `start` is where the series has it, `sequence` the series' own.
    """

    series: Publication
    start: Moment

    def inherit(self, page: Publication) -> Publication:
        """The page with what it has from the series."""
        return replace(page, values={**self.inherited(page), **page.values})

    def inherited(self, page: Publication) -> Values:
        """The values that the page has from the series."""
        values = self.series.values
        return {
            name: values[name]
            for name in INHERITED
            if name in values and name not in page.values
        }


def series_title(publication: Publication) -> str | None:
    """The title of the series of which a page wants to stand for an occurrence."""
    values = publication.values
    if publication.kind != "event" or Schedule.of(values).recurs:
        return None
    return str(values["series"]) if values.keys() >= {"series", "occurrence"} else None


def replaced_by(
    series: Publication, pages: Iterable[Publication]
) -> Mapping[int, Replaced]:
    """Page id → the occurrence it stands for, of pages that name the series.

    Of several pages for one occurrence the oldest has it.
    """
    schedule = Schedule.of(series.values)
    taken: set[Moment] = set()
    found: dict[int, Replaced] = {}
    for page in sorted(pages, key=lambda page: page.page_id):
        start = schedule.occurrence(str(page.values["occurrence"]))
        if start is not None and start not in taken:
            taken.add(start)
            found[page.page_id] = Replaced(series, start)
    return found


def confirmed_on(publication: Publication) -> date | None:
    """The last sign that a series without a near end goes on; None for other events.

    It is the day of `confirmed`, or that on which what is published last changed.
    """
    values = publication.values
    if publication.kind != "event" or "recurrence" not in values:
        return None
    if Schedule.of(values).rule is None:
        return None
    changed = publication.updated.astimezone(UTC).date()
    confirmed = values.get("confirmed")
    return max(changed, date.fromisoformat(str(confirmed))) if confirmed else changed


def unconfirmed_since(
    publication: Publication, today: date, months: int
) -> date | None:
    """Since when nobody has confirmed a series that asks for it on a UTC day.

    It asks when the last sign is `months` or more behind and its end, if it has one,
    as far ahead. None for a series that does not ask, and for what is none.
    """
    last_sign = confirmed_on(publication)
    if last_sign is None or _later(last_sign, months) > _later(today, 0):
        return None
    end = Schedule.of(publication.values).last_day
    if end is not None and _later(end, 0) < _later(today, months):
        return None
    return last_sign


def _later(day: date, months: int) -> tuple[int, int]:
    """A day some months later, to compare: also the 31st of a shorter month."""
    return day.year * 12 + day.month + months, day.day
