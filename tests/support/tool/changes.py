"""What the bots may change of what pages and feeds of the tool are made of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from space.dates.moments import utc_day
from space.publication.translations import PostTitles
from space.schema.problems import Problem
from space.settings.ruling_pages import PageProblems
from space.settings.topics import Topics
from space.store.keys import (
    FOLLOWS,
    PAGE_REGISTRATIONS,
    RULING_PROBLEMS,
    SETTINGS_TEXT,
)
from space.wiki.threads import Thread
from tests.support.feeds.publications import event, post, record, translation
from tests.support.feeds.registered_events import from_calendar, registered
from tests.support.talk.conversations import ASKED, ask, put, thread
from tests.support.tool.app import ToolApp

Change = Callable[[ToolApp], None]
WEEKLY = event(12, start="2026-11-21 10:00", end="", recurrence="FREQ=WEEKLY;COUNT=9")
SERIES = WEEKLY.page_title


def _decline(tool: ToolApp) -> None:
    """A page has a record still, and nothing to show."""
    declined = record(event(12), state="declined")
    tool.store.put(replace(declined, publication=None))


def _read_the_body(tool: ToolApp) -> None:
    """The wiki gave the HTML of a post, for its Atom entry."""
    tool.publish(post(13))
    tool.store.set_content(post(13), "<p>Tea.</p>")


def _waiting(tool: ToolApp) -> None:
    """Somebody has asked for a while, which the front door says in days."""
    ask(tool, _begun(3.995), _begun(1.99))


def _begun(days: float) -> Thread:
    return thread(f"Begun {days}", "Newcomer", days=days)


def _another_build(tool: ToolApp) -> None:
    tool.store.prepare("another key", utc_day(tool.now))


def _set_settings(text: str) -> Change:
    return lambda tool: tool.store.set_value(SETTINGS_TEXT, text)


CHANGES: tuple[Change, ...] = (
    lambda tool: tool.publish(event(12)),
    lambda tool: tool.publish(event(12, title="Tea at noon", status="cancelled")),
    lambda tool: tool.publish(
        event(
            12, recurrence="FREQ=WEEKLY;COUNT=4", organizers=("Ana",), topics=("tea",)
        )
    ),
    lambda tool: tool.publish(
        event(12, recurrence="FREQ=WEEKLY", confirmed="2025-01-01")
    ),
    lambda tool: tool.publish(WEEKLY),
    lambda tool: tool.publish(
        event(15, start="2026-11-22 12:07", timezone="UTC", end="2026-11-22 12:20"),
        event(16, start="2026-11-22 23:55", timezone="Asia/Kathmandu", end=""),
    ),
    lambda tool: tool.publish(
        event(
            17,
            start="2026-11-29 11:00",
            end="",
            series=SERIES,
            occurrence="2026-11-28",
        ),
        event(18, series="Tea circle"),
    ),
    lambda tool: tool.publish(translation(21, "fr"), translation(22, "ar")),
    lambda tool: tool.publish(
        post(13), post(14, summary="Of tea", topics=("tea",), series="Tea")
    ),
    lambda tool: tool.publish(
        post(13, authors=("Mia",), series="Tea"), post(14, topics=("tea",))
    ),
    lambda tool: tool.publish(
        post(19, language="fr", original="Space/Blog/Page 13", authors=("Mia",))
    ),
    lambda tool: tool.publish(registered(), from_calendar()),
    lambda tool: tool.publish(registered(status="closed"), from_calendar(title="Ui")),
    lambda tool: tool.store.remove(12),
    lambda tool: tool.store.remove(13, 14),
    lambda tool: tool.store.remove(registered().page_id, from_calendar().page_id),
    _decline,
    lambda tool: tool.store.index_again([12, 13]),
    lambda tool: tool.store.set_problems(12, Problem("registration-differs")),
    _read_the_body,
    lambda tool: tool.store.set_series_aliases({"Tea circle": SERIES}),
    lambda tool: tool.store.set_post_titles(
        PostTitles({"Old": "Space/Blog/Page 13"}, {"Space/Blog/Page 13": ("sw",)})
    ),
    lambda tool: put(tool, 90, 13, thread("Tea", "Mia", "Olu")),
    _waiting,
    lambda tool: tool.store.set_aside(["Mia", "Newcomer"]),
    lambda tool: tool.store.set_aside([]),
    lambda tool: tool.store.remove_talk([90, ASKED]),
    lambda tool: tool.store.set_topics(Topics.of("{{Space topic|tea|en=Hot drinks}}")),
    lambda tool: tool.store.set_topics(Topics({})),
    lambda tool: tool.store.set_confirm_months(1),
    lambda tool: tool.store.set_value(FOLLOWS, {"Ana": ["topic=tea", "country=NZ"]}),
    lambda tool: tool.store.set_value(PAGE_REGISTRATIONS, {"12": "Event:Tea"}),
    lambda tool: tool.store.set_value(PAGE_REGISTRATIONS, None),
    lambda tool: tool.store.set_value(
        RULING_PROBLEMS, (PageProblems("Space/Settings", (Problem("page-kind"),)),)
    ),
    _set_settings("{{Space settings|posts=open}}"),
    _set_settings("{{Space settings|registry=off|followers page=Space/Followers}}"),
    _set_settings("{{Space settings|registry=marked|report page=Space/Reports}}"),
    _another_build,
)
"""What a run of the bots may change."""

PAGES = (
    "/",
    "/?uselang=ar",
    "/events",
    "/events?country=NZ",
    "/events?when=week",
    "/events?when=today&language=fr",
    "/events?source=registered&source=calendar",
    "/events/12-event-12",
    "/events/12-event-12?date=2026-11-28",
    f"/events/{registered().page_id}-wiki-workshop",
    "/series/12-event-12",
    "/series/12-event-12?uselang=fr",
    "/blog",
    "/blog?topic=tea",
    "/blog/13-post-13",
    "/blog/13-post-13?language=fr",
    "/calendar/2026-11",
    "/calendar/2026-12?view=agenda",
    "/map",
    "/people/Ana",
    "/people/Mia",
    "/search?q=tea",
    "/subscribe",
    "/subscribe?topic=tea",
    "/subscribe/posts",
    "/embed/events",
    "/embed/events?zone=Asia/Kathmandu&lang=fr",
    "/embed/map",
    "/tell/12",
    "/tell/12/poster",
    "/tell/13",
)
FEEDS = (
    "/feeds/events.ics",
    "/feeds/events.ics?uselang=fr&alarm=1d",
    "/feeds/events.ics?topic=tea",
    "/feeds/events.geojson",
    "/feeds/events.csv",
    "/feeds/posts.atom",
    "/feeds/posts.atom?topic=tea",
    "/feeds/people/Ana.ics",
    "/events/12.ics",
    "/events/12.ics?date=2026-11-28",
)
STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (0, 0, 1, 4, 9, 14, 37, 11 * 60, 26 * 60, 60 * 24 * 9)
)
"""Between two looks: within a quarter of an hour, too."""
