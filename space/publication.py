"""A publication: what readers, feeds and data pages may see of a page.

It is the published revision's values after the overlay of retractions
(`space.review`) and after everything private or finer than `precision` is gone.
Nothing downstream needs to think about privacy again.
"""

from dataclasses import dataclass
from datetime import datetime

from space.schema import Values


@dataclass(frozen=True, slots=True)
class Publication:
    """The published revision of one page."""

    page_id: int
    page_title: str  # full title on the wiki, for links
    kind: str  # "event" or "post"
    revision: int
    values: Values  # public ones only
    creator: str | None  # account of the first revision
    created: datetime  # timestamp of the first revision
    published: datetime  # when the page was first accepted
    updated: datetime  # when what is published last changed
    sequence: int  # iCalendar SEQUENCE (DESIGN §4)
    body: str = ""  # wikitext after the template, of the published revision
