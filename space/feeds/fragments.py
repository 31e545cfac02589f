"""Every form in which one published page stands in feeds."""

from collections.abc import Mapping

from space.feeds.atom import entry
from space.feeds.icalendar import cancelled_vevent, vevent
from space.feeds.spreadsheet import row
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced
from space.wiki.urls import Urls

ICS, ATOM, GEOJSON, CSV = "ics", "atom", "geojson", "csv"
FORMS = (ICS, ATOM, GEOJSON, CSV)
REPLACING = "ics-replacing"
"""The VEVENT of a changed date where its series is in the same calendar."""


def render(
    publication: Publication,
    addresses: Urls,
    instead: Replaced | None = None,
    html: str = "",
) -> Mapping[str, str]:
    """Form → text; forms in which the page does not stand are absent.

    `instead` is the occurrence of a series that an event stands for, `html` what the
    wiki made of a post's body, if it was asked yet.

    A text says nothing of the reader, the request or the time of reading, and has no
    interface text, so it is made once for each published revision. Not among them is
    the part for maps, which tells when a series takes place next
    (`space.feeds.geojson`).
    """
    if publication.kind == "post":
        return {ATOM: entry(publication, addresses, html)}
    texts = {ICS: vevent(publication, addresses), CSV: row(publication, addresses)}
    if instead:
        texts[REPLACING] = vevent(publication, addresses, instead)
    return texts


def render_tombstone(tombstone: Tombstone, addresses: Urls) -> Mapping[str, str]:
    """The same for an event that is gone."""
    return {ICS: cancelled_vevent(tombstone, addresses)}
