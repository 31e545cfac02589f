"""The dates to come of the series in a form, of which each can be skipped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Flask
from markupsafe import Markup

from space.codec.values.dates import read_moment
from space.dates.moments import Span, utc_day
from space.dates.schedule import Schedule
from space.schema.kinds import Values
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.rule_words import series_in_words
from tool.app.web.language import interface_language

MOST = 60
"""How many dates the form lists; it says how many more there are."""
_LONGEST = 40  # characters of a date that is read


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A date of a series, skipped or not.

    `start` is its wall time, "2026-12-03 18:00", or the day of a whole day; `text` is
    the date in words.
    """

    start: str
    text: str

    def written(self, skipped: Sequence[str]) -> str:
        """The date as it is among those skipped, else as its day."""
        spelled = (text for text in skipped if read_moment(text) == self.start)
        return next(spelled, self.start[:10])

    def is_in(self, skipped: Sequence[str]) -> bool:
        """Whether it is among those skipped, by its day or by its wall time."""
        return any(
            read_moment(text) in {self.start, self.start[:10]} for text in skipped
        )


@dataclass(frozen=True, slots=True)
class SeriesDates:
    """The dates on the rule to come; `more` are not listed, or it is `endless`."""

    dates: tuple[DateChoice, ...] = ()
    more: int = 0
    endless: bool = False

    def others(self, skipped: Sequence[str]) -> list[str]:
        """Texts among those skipped that are none of these dates."""
        listed = {text for each in self.dates for text in (each.start, each.start[:10])}
        return [text for text in skipped if read_moment(text) not in listed]


def dates_to_skip(values: Values) -> SeriesDates:
    """The dates to come of an event as typed; none without a rule, start and zone."""
    values = {name: value for name, value in values.items() if name != "except"}
    if not isinstance(Span.of(values), Span):
        return SeriesDates()
    schedule = Schedule.of(values)
    if schedule.rule is None:
        return SeriesDates()
    schedule = replace(schedule, added=())
    now = services().clock()
    spans = schedule.times(max(utc_day(now), schedule.first.start_utc.date()))
    coming = [span for span in spans if span.end_utc >= now - timedelta(days=1)]
    language = interface_language()
    listed = tuple(
        DateChoice(str(span.start), dates.short_moment(span.start, language))
        for span in coming[:MOST]
    )
    more = len(coming) - len(listed) if schedule.ends else 0
    return SeriesDates(listed, more, endless=not schedule.ends)


def rule_in_words(values: Values) -> Markup:
    """How an event as typed repeats; empty without a rule, start and zone."""
    if not values.get("recurrence") or not isinstance(Span.of(values), Span):
        return Markup()
    return series_in_words(values)


def day_labels(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Typed dates with their words; a text that is no date has itself."""
    return [(text, _in_words(text)) for text in texts]


def _in_words(text: str) -> str:
    short = len(text) <= _LONGEST
    day, _, clock = ((read_moment(text) if short else "") or "").partition(" ")
    if not day:
        return text
    said = dates.short_day(date.fromisoformat(day), interface_language())
    return f"{said}, {clock}" if clock else said


def init_app(app: Flask) -> None:
    """Offer these to templates."""
    app.jinja_env.globals.update(
        day_labels=day_labels,
        dates_to_skip=dates_to_skip,
        rule_in_words=rule_in_words,
    )
