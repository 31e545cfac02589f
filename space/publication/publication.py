"""A publication: what readers, feeds and data pages may see of a page.

It is the published revision's values after the overlay of retractions
(`space.review`) and after everything private or finer than `precision` is gone
(`public_values`). Nothing downstream needs to think about privacy again.
"""

from dataclasses import dataclass
from datetime import datetime

from space.publication.translations import PostVersion
from space.schema.fields import Values
from space.text.languages import is_same


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
    published: datetime  # when readers could first see the page
    updated: datetime  # when what is published last changed
    sequence: int  # iCalendar SEQUENCE
    body: str = ""  # wikitext after the template, of the published revision
    html: str = ""  # the wiki's HTML of the body, empty till the bots asked for it
    versions: tuple[PostVersion, ...] = ()  # a post's languages; none where it has one

    @property
    def lead(self) -> int:
        """The page id of the version that stands for all in lists."""
        first = self.versions[0].page_id if self.versions else None
        return first or self.page_id

    @property
    def others(self) -> tuple[PostVersion, ...]:
        """The post in other languages."""
        own = str(self.values.get("language", ""))
        return tuple(
            version for version in self.versions if not is_same(version.language, own)
        )


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An event that was published and is gone: all that may be said of it.

    Calendars that had it need its UID, its SEQUENCE and a date to strike it out.
    """

    page_id: int
    start: datetime  # aware, in UTC: when the event would have begun
    removed: datetime
    sequence: int
