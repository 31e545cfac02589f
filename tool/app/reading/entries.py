"""Entries of lists of events and posts, of which all that is kept is taken at once.

What changes without an entry is given to its macro: whether an event goes on now,
since when nobody confirmed a series, and what is said of a page.
"""

from collections.abc import Sequence

from flask import Flask
from markupsafe import Markup

from tool.app.discuss.threads import all_talked
from tool.app.reading.series_status import doubt_of
from tool.app.services import services
from tool.app.views.items import EventView, PostView
from tool.app.views.next_time import is_now
from tool.app.web.kept_html import Macro, kept_html


def event_entries(
    macro: Macro, events: Sequence[EventView], look: tuple[int, str, str], first: int
) -> Markup:
    """Entries of events; pictures of the `first` ones do not wait until they are seen.

    A look is the level of their headings, its name and the target of their links.
    """
    _, name, _ = look
    now, is_full = services().clock(), name == "full"
    said = all_talked(event.id for event in events) if name != "small" else {}
    return kept_html().parts(
        macro,
        (
            (
                event,
                (
                    *(*look, number < first),
                    *(is_full and is_now(event, now), doubt_of(event)),
                    said.get(event.id),
                ),
            )
            for number, event in enumerate(events)
        ),
    )


def month_entries(macro: Macro, events: Sequence[EventView]) -> Markup:
    """Entries of events in the table of a month."""
    return kept_html().parts(macro, ((event, (doubt_of(event),)) for event in events))


def post_entries(
    macro: Macro,
    posts: Sequence[PostView],
    look: tuple[int, str],
    leads: int,
    first: int,
) -> Markup:
    """Entries of posts, the first `leads` of which have a look of their own.

    A look is the level of their headings and its name; `first` is as of events.
    """
    level, name = look
    said = all_talked(post.id for post in posts)
    return kept_html().parts(
        macro,
        (
            (
                post,
                (
                    *(level, "lead" if number < leads else name, number < first),
                    *(said.get(post.id), ""),
                ),
            )
            for number, post in enumerate(posts)
        ),
    )


def init_app(app: Flask) -> None:
    """Offer them to templates."""
    app.jinja_env.globals.update(
        event_entries=event_entries,
        month_entries=month_entries,
        post_entries=post_entries,
    )
