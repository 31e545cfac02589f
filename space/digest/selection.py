"""What is in a week's digest, from what is published.

It is a function of the store and the week, not of the time at which it is made: posts
of the week, events of the two weeks after it that were published by its end. What was
taken back since is in it no more.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from space.digest.regions import Region, region_of
from space.digest.weeks import Week
from space.publication.discussion import ThreadRow
from space.publication.discussion_filters import TalkFilter
from space.publication.filters import Filter
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.publication.registered import PAGE
from space.schema.kinds import Field, load_kind
from space.store.reader import StoreReader

AHEAD = timedelta(days=14)
"""How far events are looked for, from the end of the week."""
_SINCE = timedelta(days=28)
"""How old a question may be that waits."""
_MOST_POSTS, _MOST_EVENTS, _MOST_THREADS = 200, 1000, 2000
_MOVEMENT = "movement"
_OFF = frozenset(("cancelled", "postponed"))


def reach_of(event: Publication) -> str:
    """For how wide a circle of people an event is: what its page says, or the default.

    One of the choices of the field, of which "movement" is the widest.
    """
    return str(_reach().value_in(event.values))


def _reach() -> Field:
    return load_kind("event").fields["reach"]


def widest(events: Sequence[Occurrence], most: int) -> list[Occurrence]:
    """At most so many of the events, in their order: those with the widest reach.

    So what is meant for many does not drown in what is meant for a few.
    """
    ranks = list(_reach().choices)
    wide = sorted(
        range(len(events)),
        key=lambda number: -ranks.index(reach_of(events[number].publication)),
    )
    return [events[number] for number in sorted(wide[:most])]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page on which questions wait for an answer, and how many.

    `subject` is what the page calls itself, empty for the page of newcomers' questions.
    What people ask is not quoted: nobody has reviewed it.
    """

    page_title: str
    subject: str
    questions: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What is in a week's digest, in all regions.

    Posts are newest first, each once whatever its languages; events by start, each
    once; pages with questions by the oldest one.
    """

    week: Week
    posts: tuple[Publication, ...] = ()
    events: tuple[Occurrence, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is something to send."""
        return bool(self.posts or self.events or self.waiting)

    def events_for(self, region: Region | None) -> tuple[Occurrence, ...]:
        """Events for the whole movement and, of all others, those of a region."""
        return tuple(each for each in self.events if _concerns(each, region))


def _concerns(event: Occurrence, region: Region | None) -> bool:
    if reach_of(event.publication) == _MOVEMENT:
        return True
    country = str(event.publication.values.get("country", ""))
    return region is not None and region_of(country) == region


def gather(store: StoreReader, week: Week, now: datetime) -> Digest:
    """The digest of a week as of `now`, which is at its end, later, or within it."""
    return Digest(
        week,
        tuple(_posts(store, week)),
        tuple(_events(store, week)),
        _waiting(list(_threads(store, week, now))),
    )


def _posts(store: StoreReader, week: Week) -> Iterator[Publication]:
    for post in store.posts.newest(limit=_MOST_POSTS):
        if post.published < week.start:
            return
        if post.published < week.end:
            yield post


def _events(store: StoreReader, week: Week) -> Iterator[Occurrence]:
    of_pages = Filter("event", source=PAGE)  # nobody reviewed the others
    coming = store.events.listed(
        week.end, week.end + AHEAD, of_pages, limit=_MOST_EVENTS
    )
    for each in coming.rows:
        event = each.first.publication
        is_off = each.first.dropped or event.values.get("status") in _OFF
        if not is_off and each.first.begins >= week.end and event.published < week.end:
            yield each.first


def _threads(store: StoreReader, week: Week, now: datetime) -> Iterator[ThreadRow]:
    unanswered = TalkFilter(state="unanswered")
    for thread in store.discussions.threads(unanswered, now=now, limit=_MOST_THREADS):
        if week.end - _SINCE <= thread.begun < week.end and not thread.aside:
            yield thread


def _waiting(threads: Collection[ThreadRow]) -> tuple[Waiting, ...]:
    found: dict[str, Waiting] = {}
    for thread in threads:
        asked = thread.kind == "question"
        title = thread.talk_title if asked else thread.page_title
        before = found[title].questions if title in found else 0
        subject = "" if asked else thread.subject
        found[title] = Waiting(title, subject, before + 1)
    return tuple(found.values())
