"""Choices of a rule in forms."""

from babel.dates import get_day_names
from flask import Flask

from space.authoring.repeats import (
    DAILY,
    MONTH_DAY,
    MONTH_WEEKDAY,
    PATTERNS,
    PLACES,
    WEEKLY,
    YEARLY,
)
from space.dates.recurrence import WEEKDAYS
from space.text.languages import locale
from tool.app.web.language import interface_language, message_text

PLACE_NAMES = dict(
    zip(PLACES, ("first", "second", "third", "fourth", "last"), strict=True)
)


UNITS = {
    DAILY: "day",
    WEEKLY: "week",
    MONTH_DAY: "month",
    MONTH_WEEKDAY: "month",
    YEARLY: "year",
}
"""Pattern of a rule → what its interval counts."""


def weekday_options() -> list[tuple[str, str]]:
    """The weekdays by name, from the first of the reader's week."""
    return [(day, name) for day, _, name in weekday_buttons()]


def weekday_buttons() -> list[tuple[str, str, str]]:
    """The weekdays with their short and their full names, in the reader's order."""
    language = locale(interface_language())
    short, names = (
        get_day_names(width, "stand-alone", language) for width in ("short", "wide")
    )
    order = [(language.first_week_day + number) % 7 for number in range(7)]
    return [(WEEKDAYS[day], str(short[day]), str(names[day])) for day in order]


def place_options() -> list[tuple[str, str]]:
    """Which of the weekdays of a month."""
    return [(at, message_text(f"tool-repeats-{PLACE_NAMES[at]}")) for at in PLACES]


def init_app(app: Flask) -> None:
    """Offer these to templates."""
    app.jinja_env.globals.update(
        place_options=place_options,
        repeat_ends=ENDS,
        repeat_patterns=PATTERNS,
        repeat_units=UNITS,
        weekday_buttons=weekday_buttons,
        weekday_options=weekday_options,
    )


ENDS = ("never", "until", "count")
