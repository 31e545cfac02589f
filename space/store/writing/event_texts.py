"""Texts of events in other languages: which page has which, from records alone.

They follow from the records and from `POST_TITLES`, in whatever order pages are put or
removed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from space.publication.event_texts import (
    KIND,
    EventText,
    NamedText,
    TextTitles,
    texts_by_event,
)
from space.publication.translations import PostTitles
from space.store.keys import POST_TITLES
from space.store.tables.key_values import read_value
from space.store.tables.record_rows import to_publication, to_texts
from space.store.tables.tables import records
from space.wiki.values import batches

_AT_ONCE = 500
_ROW = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EventTexts:
    """The texts of events, and the events of texts, each by page id.

    An absent one has none. `stale` are ids of pages whose rows say something else.
    """

    by_page: Mapping[int, tuple[EventText, ...]]
    events: Mapping[int, int]
    stale: frozenset[int]

    @classmethod
    def read(cls, connection: Connection) -> "EventTexts":
        """The texts that the records of this moment make."""
        titles = read_value(connection, POST_TITLES) or PostTitles()
        named = _named(connection)
        wanted = {titles.target(each.original) for each in named}
        rows = list(_events(connection, wanted | set(titles.translations)))
        texts = texts_by_event(
            {row["page_title"] for row in rows},
            named,
            TextTitles(titles.aliases, titles.translations),
        )
        by_page = {row["page_id"]: texts.get(row["page_title"], ()) for row in rows}
        events = {
            text.page_id: page_id
            for page_id, told in by_page.items()
            for text in told
            if text.page_id is not None
        }
        stale = {
            row["page_id"] for row in rows if to_texts(row) != by_page[row["page_id"]]
        }
        stale |= _moved(connection, events)
        return cls(by_page, events, frozenset(stale))


def _named(connection: Connection) -> list[NamedText]:
    """All published texts."""
    query = select(records).where(
        records.c.kind == KIND, records.c.revision.is_not(None)
    )
    named = []
    for row in map(dict, connection.execute(query).mappings()):
        page = to_publication(row)
        text = EventText(
            language=str(page.values["language"]),
            page_title=page.page_title,
            page_id=page.page_id,
            title=str(page.values["title"]),
            summary=str(page.values.get("summary", "")),
            revision=page.revision,
            updated=row["updated"],
        )
        named.append(NamedText(text, str(page.values["original"]), row["published"]))
    return named


def _moved(connection: Connection, events: Mapping[int, int]) -> set[int]:
    """Ids of the translations whose rows have another event, or none."""
    query = select(records.c.page_id, records.c.lead).where(
        records.c.kind == KIND, records.c.revision.is_not(None)
    )
    rows = connection.execute(query)
    return {row.page_id for row in rows if events.get(row.page_id) != row.lead}


def _events(connection: Connection, titles: Collection[str]) -> Iterator[_ROW]:
    """Published events whose rows have texts, and those of some titles."""
    published = and_(records.c.kind == "event", records.c.revision.is_not(None))
    columns = (records.c.page_id, records.c.page_title, records.c.versions)
    having = select(*columns).where(published, records.c.versions.is_not(None))
    rows = {row["page_id"]: dict(row) for row in connection.execute(having).mappings()}
    for batch in batches(sorted(titles), _AT_ONCE):
        query = select(*columns).where(published, records.c.page_title.in_(batch))
        found = connection.execute(query).mappings()
        rows |= {row["page_id"]: dict(row) for row in found}
    yield from (rows[page_id] for page_id in sorted(rows))
