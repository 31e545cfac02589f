"""Single occurrences of a series, with all that is published about each of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from space.dates.moments import Moment, Span
from space.dates.schedule import Schedule, span_of
from space.publication.dropped_dates import told_dates
from space.publication.publication import Publication
from space.publication.series import Replaced

_OF_SERIES = frozenset({"recurrence", "except", "also", "confirmed"})
"""Fields that say something of all occurrences together."""

Overrides = Mapping[str, Publication]
"""Start of an occurrence, as the series has it → the page that overrides it."""


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """One occurrence of a series.

    `span` is where the series has it. `skipped` says that it is left out: by `except`,
    or since the series dropped it. `added` says that `also` has it and the rule does
    not; `override` is the page that stands for it, None for most.
    """

    series: Publication
    span: Span
    skipped: bool = False
    override: Publication | None = None
    added: bool = False

    @property
    def day(self) -> str:
        """The day on which the series has it, in ISO 8601: its name in URLs."""
        return self.span.start.date.isoformat()

    @property
    def taking_place(self) -> Span:
        """When it takes place: as its own page says, or else as the series has it."""
        return span_of(self.override.values) if self.override else self.span

    @property
    def publication(self) -> Publication:
        """The event on this date alone; cancelled where the series skips it."""
        if self.override:
            page = Replaced(self.series, self.span.start).inherit(self.override)
            sequence = max(page.sequence, self.series.sequence)
            return replace(page, sequence=sequence)
        values = {
            name: value
            for name, value in self.series.values.items()
            if name not in _OF_SERIES
        }
        values["start"] = str(self.span.start)
        if self.span.end:
            values["end"] = str(self.span.end)
        if self.skipped:
            values["status"] = "cancelled"
        return replace(self.series, values=values, dropped=(), read_from=())


def cancelled_on(series: Publication, start: str) -> Publication:
    """The event on one date of a series, cancelled; `start` is a wall time."""
    schedule = Schedule.of(series.values)
    span = schedule.span_from(Moment.parse(start, schedule.first.start.zone))
    return SeriesDate(series, span, skipped=True).publication


def series_dates(
    series: Publication, overrides: Overrides, today: date
) -> tuple[SeriesDate, ...]:
    """The occurrences of a series as seen on a UTC day, by their starts.

    Those that the series skips are among them, and those that it dropped, as long as
    readers are told. Empty for an event that does not recur.
    """
    planned = Schedule.planned(series.values)
    if not planned.recurs:
        return ()
    spans = {*planned.times(today), *told_dates(series, today)}
    ordered = sorted(spans, key=lambda span: str(span.start))
    return tuple(_dates(series, overrides, ordered))


def date_on(series: Publication, overrides: Overrides, day: date) -> SeriesDate | None:
    """The first occurrence that a series has on a day, whenever that is; or None.

    That may be one that it skips, or else one that it dropped.
    """
    planned = Schedule.planned(series.values)
    start = planned.occurrence(day.isoformat())
    dropped = (text for text in series.dropped if text[:10] == day.isoformat())
    if start is None and (text := next(dropped, None)):
        start = Moment.parse(text, planned.first.start.zone)
    if start is None:
        return None
    return next(_dates(series, overrides, (planned.span_from(start),)))


def date_of_override(
    series: Publication, override: Publication, start: str
) -> SeriesDate:
    """The occurrence that a page overrides, from its start in the series."""
    moment = Moment.parse(start, str(series.values["timezone"]))
    span = Schedule.of(series.values).span_from(moment)
    return SeriesDate(series, span, override=override)


def _dates(
    series: Publication, overrides: Overrides, spans: Iterable[Span]
) -> Iterator[SeriesDate]:
    schedule = Schedule.of(series.values)
    for span in spans:
        is_dropped = str(span.start) in series.dropped
        skipped = is_dropped or schedule.excepts(span.start)
        added = schedule.rule is not None and span.start in schedule.added
        yield SeriesDate(series, span, skipped, overrides.get(str(span.start)), added)


def neighbours(
    dates: Sequence[SeriesDate], date: SeriesDate
) -> tuple[SeriesDate | None, SeriesDate | None]:
    """The occurrences before and after one, which need not be among `dates` itself.

    Skipped ones are neither.
    """
    start = date.span.start_utc
    held = [other for other in dates if not other.skipped]
    before = [other for other in held if other.span.start_utc < start]
    after = (other for other in held if other.span.start_utc > start)
    return next(iter(before[-1:]), None), next(after, None)
