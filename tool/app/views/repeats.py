"""Choices of a rule in forms, and the dates that it gives."""

from datetime import timedelta

from babel.dates import get_day_names
from flask import Flask

from space.authoring.repeats import PATTERNS, PLACES
from space.dates.moments import Span, utc_day
from space.dates.recurrence import WEEKDAYS
from space.dates.schedule import Schedule
from space.schema.kinds import Values
from space.text.languages import locale
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language, message_text

DATES_SHOWN = 5
PLACE_NAMES = dict(
    zip(PLACES, ("first", "second", "third", "fourth", "last"), strict=True)
)


def next_dates(values: Values) -> list[str]:
    """The first times to come of an event as typed, in words; none without a rule.

    The last item says how many more there are.
    """
    if isinstance(Span.of(values), Span):
        schedule = Schedule.of(values)
        if schedule.recurs:
            now = services().clock()
            start = schedule.first.start_utc.date()
            spans = schedule.times(max(utc_day(now), start))
            coming = [span for span in spans if span.end_utc >= now - timedelta(days=1)]
            language = interface_language()
            shown = [dates.span(span, language) for span in coming[:DATES_SHOWN]]
            if not schedule.ends:
                return [*shown, message_text("tool-repeats-on")]
            more = len(coming) - len(shown)
            return [*shown, message_text("tool-repeats-more", more)] if more else shown
    return []


def weekday_options() -> list[tuple[str, str]]:
    """The weekdays by name, from the first of the reader's week."""
    language = locale(interface_language())
    names = get_day_names("wide", "stand-alone", language)
    order = [(language.first_week_day + number) % 7 for number in range(7)]
    return [(WEEKDAYS[day], str(names[day])) for day in order]


def place_options() -> list[tuple[str, str]]:
    """Which of the weekdays of a month."""
    return [(at, message_text(f"tool-repeats-{PLACE_NAMES[at]}")) for at in PLACES]


def init_app(app: Flask) -> None:
    """Offer these to templates."""
    app.jinja_env.globals.update(
        next_dates=next_dates,
        place_options=place_options,
        repeat_ends=ENDS,
        repeat_patterns=PATTERNS,
        weekday_options=weekday_options,
    )


ENDS = ("never", "until", "count")
