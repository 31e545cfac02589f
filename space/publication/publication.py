"""A publication: what readers, feeds and data pages may see of a page.

It is the published revision's values after the overlay of retractions
(`space.review`) and after everything private or finer than `precision` is gone
(`public_values`). Nothing downstream needs to think about privacy again, nor about
where links lead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from space.codec.values.web_addresses import is_safe_url
from space.publication.translations import PostVersion
from space.schema.kinds import Values, load_kind
from space.text.languages import is_same


@dataclass(frozen=True, slots=True)
class Publication:
    """The published revision of one page.

    Addresses that are not safe to show as links are absent, also where a row of the
    database or a defect of a reader has one: every format takes its values from here.
    """

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
    minutes: int = 0  # of reading a listed post's body; 0 where nobody counted
    dropped: tuple[str, ...] = ()  # starts of dates that a series dropped, in order

    def __post_init__(self) -> None:
        """Leave out unsafe addresses."""
        unsafe = {
            name
            for name in _address_fields(self.kind) & self.values.keys()
            if not is_safe_url(str(self.values[name]))
        }
        if unsafe:
            safe = {n: value for n, value in self.values.items() if n not in unsafe}
            object.__setattr__(self, "values", safe)

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


@cache
def _address_fields(kind: str) -> frozenset[str]:
    fields = load_kind(kind).fields.values()
    return frozenset(field.name for field in fields if field.reader == "url")


STRUCK_OUT_FOR = timedelta(days=30)
"""How long calendars strike out what is gone, from its removal and from its date."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An event that was published and is gone: all that may be said of it.

    Calendars that had it need its UID, its SEQUENCE and a date to strike it out.
    """

    page_id: int
    start: datetime  # aware, in UTC: when the event would have begun
    removed: datetime
    sequence: int
