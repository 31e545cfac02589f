"""How an event repeats, in words: "Every Thursday, 8 times, until 21 January 2027"."""

from babel.dates import get_day_names
from babel.lists import format_list
from flask import Flask
from markupsafe import Markup

from space.authoring.repeats import (
    DAILY,
    MONTH_DAY,
    MONTH_WEEKDAY,
    WEEKLY,
    RulePattern,
)
from space.dates.moments import Moment
from space.dates.recurrence import WEEKDAYS
from space.dates.schedule import Schedule
from space.schema.kinds import Values
from space.text.languages import locale
from tool.app.views import dates
from tool.app.views.repeats import PLACE_NAMES
from tool.app.web.language import interface_language, message


def series_in_words(values: Values) -> Markup:
    """How a published event repeats, with its weekday and its last day.

    A rule that the form does not offer is called one, with its last day, if any; empty
    for an event that does not repeat.
    """
    schedule = Schedule.of(values)
    if not schedule.recurs:
        return Markup()
    pattern = RulePattern.read(str(values.get("recurrence", "")))
    if schedule.rule is None:
        times = schedule.times(schedule.first.start.date)
        return message("tool-rule-dates", len(times))
    if pattern is None:
        said = message("tool-rule-other")
    else:
        said = _rule(pattern, schedule.first.start)
    comma = Markup("{}").format(dates.comma(interface_language()))
    return comma.join((said, *_ending(schedule), *_extra(schedule)))


def _rule(pattern: RulePattern, start: Moment) -> Markup:
    """A rule without its end; what it leaves to the start is told, too."""
    every = int(pattern.interval or 1)
    if pattern.pattern == DAILY:
        return message("tool-rule-daily", every)
    if pattern.pattern == WEEKLY:
        days = pattern.days or (WEEKDAYS[start.date.weekday()],)
        return message("tool-rule-weekly", every, _listed(days))
    if pattern.pattern == MONTH_WEEKDAY:
        key = f"tool-rule-monthly-{PLACE_NAMES[pattern.place]}"
        number = WEEKDAYS.index(pattern.weekday) + 1
        return message(key, every, _listed((pattern.weekday,)), number)
    if pattern.pattern == MONTH_DAY:
        day = int(pattern.month_day or start.date.day)
        return message("tool-rule-monthly-day", every, day)
    day_of_year = dates.day_of_year(start.date, interface_language())
    return message("tool-rule-yearly", every, day_of_year)


def _ending(schedule: Schedule) -> list[Markup]:
    """How often, where the rule counts, and until when, where it ends.

    Neither skipped nor added dates count.
    """
    rule = schedule.rule
    if rule is None or not (rule.count or rule.until):
        return []
    held = _on_rule(schedule)
    last = held[-1].date if held else rule.until and rule.until.day
    said = []
    if rule.count:
        count = len(held) if schedule.ends else rule.count
        said.append(message("tool-rule-count", count))
    if last:
        day = dates.plain_day(last, interface_language())
        said.append(message("tool-rule-until", day))
    return said


def _extra(schedule: Schedule) -> list[Markup]:
    """How many dates there are beside those of the rule, if any."""
    count = len(schedule.added)
    return [message("tool-rule-extra", count)] if count else []


def _on_rule(schedule: Schedule) -> list[Moment]:
    """The starts that the rule has; empty where there are very many."""
    if not schedule.ends:
        return []
    times = schedule.times(schedule.first.start.date)
    return [span.start for span in times if span.start not in schedule.added]


def _listed(days: tuple[str, ...]) -> str:
    """Weekdays by name, as the language lists them."""
    babel = locale(interface_language())
    names = get_day_names("wide", "format", babel)
    wide = [str(names[WEEKDAYS.index(day)]) for day in days]
    return str(format_list(wide, locale=babel))


def init_app(app: Flask) -> None:
    """Offer `series_in_words(values)` to templates."""
    app.jinja_env.globals["series_in_words"] = series_in_words
