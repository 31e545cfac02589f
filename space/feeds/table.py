"""The table of feeds: each is a row, and all else that knows of feeds reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from space.codec.page import RECORDS
from space.feeds import atom, geojson, icalendar, spreadsheet
from space.feeds.alarms import with_alarms
from space.feeds.envelope import Envelope, FeedHead
from space.feeds.labels import (
    labelled_entry,
    labelled_feature,
    labelled_row,
    labelled_vevents,
)
from space.feeds.words import FeedWords
from space.publication.publication import Publication
from space.wiki.urls import Urls

Renderer = Callable[[Publication, Urls], str]
"""The fragment of a published page; a pure function, without any interface text."""

Labeller = Callable[[str, FeedWords], str]
"""A fragment as a feed of a language has it; a pure function."""

Reminder = Callable[[str, Sequence[str]], str]
"""A fragment with the alarms that somebody asked for; a pure function."""

COMMENT, WAITING = "comment", "waiting"
"""Kinds of entries that are no records: comments, and rows of the review queue."""


class Announced(Enum):
    """The pages of the tool whose HTML links a feed with `rel="alternate"`."""

    NOWHERE = 0
    ON_ITS_PAGES = 1
    EVERYWHERE = 2


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed under `/feeds/`.

    `render` makes the fragments that the store keeps (`space.feeds.fragments`). None
    where they depend on more than the page: on the UTC day, as those of maps
    (`space.store.index.record_index`), or for entries that are no records.
    """

    name: str
    """The last part of its path and the file name; what follows the dot is its form."""
    kind: str
    """Of its entries: of record, `COMMENT` or `WAITING`; its filters follow from it."""
    media_type: str
    title: str
    """A message key."""
    page: str
    """The path of the page for people that lists the same."""
    envelope: Callable[[FeedHead], Envelope]
    render: Renderer | None = None
    label: Labeller | None = None
    """Gives its fragments words of a language; None where they are made with them."""
    remind: Reminder | None = None
    """Puts alarms into its fragments; None where the format has none."""
    limit: int | None = None
    """The most entries from the store, the newest; None for all."""
    is_download: bool = False
    """Whether browsers save it instead of showing it."""
    announced: Announced = Announced.ON_ITS_PAGES

    @property
    def path(self) -> str:
        """The path of its URL."""
        return f"/feeds/{self.name}"

    @property
    def endpoint(self) -> str:
        """The name of its view."""
        return self.name.replace(".", "_")

    @property
    def form(self) -> str:
        """The form of its fragments in the store."""
        return self.name.rpartition(".")[2]

    @property
    def is_stored(self) -> bool:
        """Whether its fragments are in the store; else they are made when asked for."""
        return self.kind in RECORDS

    @property
    def link_type(self) -> str:
        """The media type without parameters, for links to it."""
        return self.media_type.partition(";")[0]


_ATOM = "application/atom+xml; charset=utf-8"

FEEDS = (
    Feed(
        name="posts.atom",
        kind="post",
        media_type=_ATOM,
        title="tool-feed-posts",
        page="/blog",
        envelope=atom.feed,
        render=atom.entry,
        label=labelled_entry,
        limit=50,
        announced=Announced.EVERYWHERE,
    ),
    Feed(
        name="events.ics",
        kind="event",
        media_type="text/calendar; charset=utf-8",
        title="tool-feed-events",
        page="/events",
        envelope=icalendar.calendar,
        render=icalendar.vevent,
        label=labelled_vevents,
        remind=with_alarms,
        announced=Announced.EVERYWHERE,
    ),
    Feed(
        name="events.geojson",
        kind="event",
        media_type="application/geo+json",
        title="tool-feed-events",
        page="/map",
        envelope=lambda _: geojson.COLLECTION,
        label=labelled_feature,
    ),
    Feed(
        name="events.csv",
        kind="event",
        media_type="text/csv; charset=utf-8; header=present",
        title="tool-feed-events",
        page="/events",
        envelope=lambda head: spreadsheet.sheet(labelled=bool(head.language)),
        render=spreadsheet.row,
        label=labelled_row,
        is_download=True,
        announced=Announced.NOWHERE,
    ),
    Feed(
        name="discussions.atom",
        kind=COMMENT,
        media_type=_ATOM,
        title="tool-feed-discussions",
        page="/discuss",
        envelope=atom.feed,
    ),
    Feed(
        name="review.atom",
        kind=WAITING,
        media_type=_ATOM,
        title="tool-feed-review",
        page="/review",
        envelope=atom.feed,
    ),
)


def feed_named(name: str) -> Feed:
    """The feed of a name such as `events.ics`; raises KeyError for any other."""
    return _BY_NAME[name]


def announced_with(kind: str) -> tuple[Feed, ...]:
    """The feeds that pages about entries of a kind link."""
    return tuple(
        feed
        for feed in FEEDS
        if feed.kind == kind and feed.announced is not Announced.NOWHERE
    )


def announced_everywhere() -> tuple[Feed, ...]:
    """The feeds that all other pages of the tool link."""
    return tuple(feed for feed in FEEDS if feed.announced is Announced.EVERYWHERE)


_BY_NAME = {feed.name: feed for feed in FEEDS}
