"""Fragments: the text of one published page in each feed that has it."""

from collections.abc import Mapping

from space.feeds.icalendar import cancelled_vevent, vevent
from space.feeds.table import FEEDS
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced
from space.wiki.urls import Urls

ICS, ATOM, GEOJSON, CSV = "ics", "atom", "geojson", "csv"
REPLACING = "ics-replacing"
"""The VEVENT of a changed date where its series is in the same calendar."""


def render(
    publication: Publication, urls: Urls, instead: Replaced | None = None
) -> Mapping[str, str]:
    """The fragments of a page by form, without that of maps (`space.feeds.geojson`).

    `instead` is the occurrence of a series that an event stands for, None for any
    other page. Nothing in a fragment depends on the reader, the request or the time,
    so one serves as long as the published revision stays.
    """
    texts = {
        feed.form: feed.render(publication, urls)
        for feed in FEEDS
        if feed.kind == publication.kind and feed.render
    }
    if instead:
        texts[REPLACING] = vevent(publication, urls, instead)
    return texts


def render_tombstone(tombstone: Tombstone, urls: Urls) -> Mapping[str, str]:
    """The fragments of an event that is gone, by form."""
    return {ICS: cancelled_vevent(tombstone, urls)}
