"""The page of a person or a group: the events they hold, and the posts they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from space.feeds.table import feed_named
from space.publication.filters import Filter, FilterProblem, parse
from space.publication.occurrence import Occurrence
from space.publication.people import Person, person_of
from space.publication.publication import Publication
from space.text.folding import fold
from tool.app.discuss.threads import count_comments
from tool.app.services import services
from tool.app.views.items import EventView, PostView, texts
from tool.app.views.told_events import told_rows, told_times
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.language import interface_language

blueprint = Blueprint("people", __name__, template_folder="templates")
blueprint.before_request(needs_index)
allow_storing(blueprint)

SHOWN = 30
LOOKED_AT = 200  # occurrences that are over, of which a series may have many
_KEYS = {"event": "organizer", "post": "author"}
_FIELDS = {"event": "organizers", "post": "authors"}


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What is published of a person or a group, the nearest to now first.

    `wiki_page` is the title of their page on the wiki, None where no item links one.
    `events` and `posts` are the filters of their feeds.
    """

    name: str
    wiki_page: str | None
    coming: list[EventView]
    past: list[EventView]
    written: list[PostView]
    events: Filter
    posts: Filter


@blueprint.get("/people/<path:name>")
def person(name: str) -> ResponseReturnValue:
    """Events to come and past, and posts, with their feeds."""
    events, posts = _filter("event", name), _filter("post", name)
    store, language, now = services().store, interface_language(), services().clock()
    listed = store.events.listed(now, None, events, limit=SHOWN)
    coming = [*listed.rows, *listed.ongoing]
    past = _past(events, now)
    written, _ = store.posts.page(posts, limit=SHOWN)
    times = [*(event.first for event in coming), *past]
    someone = _named(name, [*(time.publication for time in times), *written])
    if someone is None:
        abort(404)
    count_comments(each.page_id for each in (*(t.publication for t in times), *written))
    return render_template(
        "reading/person.html",
        section=None,
        person=PersonPage(
            someone.name,
            someone.page,
            told_rows(coming),
            told_times(past),
            [PostView(post, language) for post in store.posts.best(written, language)],
            events,
            posts,
        ),
        feeds=(feed_named("events.ics"), feed_named("posts.atom")),
    )


def _past(events: Filter, now: datetime) -> list[Occurrence]:
    """The latest occurrence of each event that is over, the last one first."""
    store = services().store.events
    _, begun = store.count(None, now, events)
    offset = max(0, begun - LOOKED_AT)
    rows = store.between(None, now, events, limit=LOOKED_AT, offset=offset)
    latest = {row.publication.page_id: row for row in rows if row.ends <= now}
    return sorted(latest.values(), key=lambda row: row.begins, reverse=True)[:SHOWN]


def _filter(kind: str, name: str) -> Filter:
    """The filter for a name; aborts with 404 for what can be none."""
    found = parse(kind, [(_KEYS[kind], name)])
    if isinstance(found, FilterProblem) or not found.terms:
        abort(404)
    return found


def _named(name: str, publications: Iterable[Publication]) -> Person | None:
    """The person as the first page names them, with a wiki page if any links one."""
    folded = fold(name)
    found = [
        someone
        for publication in publications
        for item in texts(publication.values, _FIELDS[publication.kind])
        if folded in map(fold, (someone := person_of(item)).names)
    ]
    linked = [someone for someone in found if someone.page]
    return next(iter([*linked, *found]), None)
