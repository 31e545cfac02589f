"""Posts related to a post: of its series, and those that share its topics."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from space.dates.moments import utc_midnight
from space.publication.publication import Publication
from space.text.folding import fold

AT_MOST = 3
RECENT = timedelta(days=92)
"""How old a post may be that names events on the wiki.

Events come and go by the day, and a page is parsed again whenever what is beside it
changes. What is read is new; the tool names events beside every post.
"""
_LOOKED_AT = 60
"""Posts of one topic on either side in time; a topic may be that of thousands."""


@dataclass(frozen=True, slots=True)
class RelatedPosts:
    """Page ids of posts related to a post."""

    before: int | None = None
    after: int | None = None
    related: tuple[int, ...] = ()


def related_posts(posts: Iterable[Publication]) -> Mapping[int, RelatedPosts]:
    """Page id → related posts, for posts given in one version each.

    Related are those that share most topics, then the nearest in time, then the
    newer: so a new post changes what is beside few others.
    """
    ordered = sorted(posts, key=lambda post: (post.published, post.page_id))
    series: dict[str, list[int]] = {}
    topics: dict[str, list[int]] = {}
    for place, post in enumerate(ordered):
        if name := fold(str(post.values.get("series", ""))):
            series.setdefault(name, []).append(place)
        for topic in _topics(post):
            topics.setdefault(topic, []).append(place)
    related = {}
    for place, post in enumerate(ordered):
        run = series.get(fold(str(post.values.get("series", ""))), [place])
        at = bisect_left(run, place)
        related[post.page_id] = RelatedPosts(
            ordered[run[at - 1]].page_id if at else None,
            ordered[run[at + 1]].page_id if at + 1 < len(run) else None,
            _related(ordered, place, topics),
        )
    return related


def events_beside(
    posts: Iterable[Publication], coming: Iterable[Publication], today: date
) -> Mapping[int, tuple[int, ...]]:
    """Page id → events that share topics with a post that is not old on a UTC day.

    Those that share most come first, then in the order in which they are `coming`.
    """
    events = {event.page_id: event for event in coming}
    topics: dict[str, list[int]] = {}
    for event in events.values():
        for topic in _topics(event):
            topics.setdefault(topic, []).append(event.page_id)
    order = {page: place for place, page in enumerate(events)}
    since = utc_midnight(today) - RECENT
    related = {}
    for post in posts:
        if post.published >= since:
            shared: Counter[int] = Counter()
            for topic in _topics(post):
                shared.update(topics.get(topic, ()))
            related[post.page_id] = tuple(
                sorted(shared, key=lambda page: (-shared[page], order[page]))[:AT_MOST]
            )
    return related


def _related(
    ordered: list[Publication], place: int, topics: Mapping[str, list[int]]
) -> tuple[int, ...]:
    post = ordered[place]
    shared: Counter[int] = Counter()
    for topic in _topics(post):
        run = topics[topic]
        at = bisect_left(run, place)
        shared.update(run[max(0, at - _LOOKED_AT) : at + _LOOKED_AT + 1])
    del shared[place]

    def nearness(other: int) -> tuple[float, ...]:
        apart = abs((ordered[other].published - post.published).total_seconds())
        return -shared[other], apart, -other

    nearest = sorted(shared, key=nearness)[:AT_MOST]
    return tuple(ordered[other].page_id for other in nearest)


def _topics(post: Publication) -> set[str]:
    return set(map(fold, post.values.get("topics", ())))
