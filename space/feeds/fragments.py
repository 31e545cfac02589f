"""Fragments: the text of one published page in each feed that has it."""

from collections.abc import Mapping, Sequence

from space.dates.moments import Span
from space.feeds.icalendar import cancelled_vevent, vevent, vevents
from space.feeds.table import FEEDS
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced
from space.wiki.urls import Urls

ICS, ATOM, GEOJSON, CSV = "ics", "atom", "geojson", "csv"
REPLACING = "ics-replacing"
"""The VEVENT of a changed date where its series is in the same calendar."""


def render(
    publication: Publication,
    urls: Urls,
    instead: Replaced | None = None,
    told: Sequence[Span] = (),
) -> Mapping[str, str]:
    """The fragments of a page by form, without that of maps (`space.feeds.geojson`).

    `instead` is the occurrence of a series that an event stands for, None for any
    other page; `told` are the dates that a series dropped, which its calendar cancels.
    Nothing in a fragment depends on the reader, the request or the time of day, so one
    serves as long as the published revision stays, or till there is less to tell.
    """
    texts = {
        feed.form: feed.render(publication, urls)
        for feed in FEEDS
        if feed.kind == publication.kind and feed.render
    }
    if told:
        texts[ICS] = vevents(publication, urls, told)
    if instead:
        texts[REPLACING] = vevent(publication, urls, instead)
    return texts


def render_tombstone(tombstone: Tombstone, urls: Urls) -> Mapping[str, str]:
    """The fragments of an event that is gone, by form."""
    return {ICS: cancelled_vevent(tombstone, urls)}
