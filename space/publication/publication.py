"""A publication: what readers, feeds and data pages may see of a page.

It is the published revision's values after the overlay of retractions
(`space.review`) and after everything private or finer than `precision` is gone
(`public_values`). Nothing downstream needs to think about privacy again, nor about
where links lead.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Self

from space.codec.values.web_addresses import is_safe_url
from space.publication.event_texts import EventText, text_for
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
    kind: str  # "event", "post" or "translation"
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
    texts: tuple[EventText, ...] = ()  # of an event in other languages than its own
    translation: EventText | None = None  # that the event is told in; None for its own
    own_title: str = ""  # the original's, where `translation` is set; empty elsewhere
    # the store's row, by which what is made of it may be kept; empty if not known
    read_from: tuple[Any, ...] = field(default=(), compare=False, repr=False)

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

    def in_language(self, language: str) -> Self:
        """An event with its title and summary in a language, or as near as there is.

        Everything else is the original's; other pages stay as they are. A text without
        a summary has none: a reader is not to get half of it in another language.
        """
        text = text_for(self.texts, language) if self.texts else None
        if text is None or self.translation:
            return self
        said = {"title": text.title, "summary": text.summary}
        kept = {name: self.values[name] for name in self.values if name not in said}
        values = {name: value for name, value in said.items() if value} | kept
        title = str(self.values["title"])
        return replace(
            self,
            values=values,
            translation=text,
            own_title=title,
            read_from=self.read_from and (*self.read_from, text),
        )

    @property
    def text_title(self) -> str:
        """The full title of the page that has its title and summary, for links."""
        return self.translation.page_title if self.translation else self.page_title

    @property
    def address_title(self) -> str:
        """The title that stands in its URL: an event has one URL in all languages."""
        return self.own_title or str(self.values["title"])

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
