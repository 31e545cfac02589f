"""Public calendars of the settings page that the bot could not read, or not wholly."""

from collections.abc import Iterator

from space.schema.problems import Problem
from space.serialize import from_json
from space.settings.onwiki import REGISTRY_OFF, settings_title
from space.settings.ruling_pages import PageProblems
from space.sources.ics_calendar import REFUSED, CalendarState
from space.store.keys import CALENDARS
from tool.app.services import services


def calendar_problems() -> tuple[PageProblems, ...]:
    """The settings page with a problem for each calendar; none where all is well."""
    problems = tuple(_problems())
    title = settings_title(services().config.root)
    return (PageProblems(title, problems),) if problems else ()


def _problems() -> Iterator[Problem]:
    settings = services().community.settings()
    if settings.registry == REGISTRY_OFF:
        return
    stored = services().store.value(CALENDARS) or {}
    for source in settings.calendars:
        if not source.address:
            continue  # Its line is among those to correct.
        state = from_json(CalendarState, stored.get(source.name) or {})
        if state.trouble == REFUSED:
            yield Problem("public-calendar-host", params=(source.name, source.host))
        elif state.trouble:
            yield Problem("public-calendar-unread", params=(source.name, state.trouble))
        elif state.lost:
            yield Problem("public-calendar-lost", params=(source.name, state.lost))
