"""How events repeat, for people: rules in words, and the dates that they give."""

from dataclasses import replace
from datetime import date, timedelta

from babel.dates import get_day_names
from flask import Flask

from space.authoring.repeats import PATTERNS, PLACES, WEEKLY, RulePattern
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


def series_in_words(values: Values) -> str:
    """How an event repeats, with its weekday and its last day; "" where nobody says so.

    A rule may leave the weekday to the start, and its last day to who counts.
    """
    rule = str(values.get("recurrence", ""))
    span, choice = Span.of(values), RulePattern.read(rule)
    if choice is None or not isinstance(span, Span):
        return in_words(rule)
    if choice.pattern == WEEKLY and not choice.days:
        choice = replace(choice, days=(WEEKDAYS[span.start.date.weekday()],))
    said = _in_words(rule, choice)
    schedule = Schedule.of(values)
    if choice.count and schedule.ends:
        last = schedule.times(span.start.date)[-1].start.date
        until = dates.short_day(last, interface_language())
        ending = message_text("wiki-repeats-until", until)
        return dates.comma(interface_language()).join((said, ending))
    return said


def in_words(rule: str) -> str:
    """A rule as people say it, in the reader's language; "" where nobody would."""
    choice = RulePattern.read(rule)
    return _in_words(rule, choice) if choice else ""


def _in_words(rule: str, choice: RulePattern) -> str:
    frequency = rule.partition(";")[0].removeprefix("FREQ=").lower()
    said = [message_text(f"wiki-repeats-{frequency}", int(choice.interval or 1))]
    names = dict(weekday_options())
    comma = dates.comma(interface_language())
    if choice.days:
        said.append(comma.join(names[day] for day in choice.days))
    elif choice.pattern == "month-weekday":
        name = names[choice.weekday]
        said.append(message_text(f"wiki-repeats-{PLACE_NAMES[choice.place]}", name))
    elif choice.month_day:
        said.append(message_text("wiki-repeats-month-day", choice.month_day))
    if choice.count:
        said.append(message_text("wiki-repeats-count", int(choice.count)))
    elif choice.until:
        until = dates.short_day(date.fromisoformat(choice.until), interface_language())
        said.append(message_text("wiki-repeats-until", until))
    return comma.join(said)


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
        in_words=in_words,
        next_dates=next_dates,
        series_in_words=series_in_words,
        place_options=place_options,
        repeat_ends=ENDS,
        repeat_patterns=PATTERNS,
        weekday_options=weekday_options,
    )


ENDS = ("never", "until", "count")
