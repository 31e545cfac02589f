"""Texts of events in other languages: which page has which, from records alone.

They follow from the records and from `POST_TITLES`, in whatever order pages are put or
removed.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

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
from space.store.tables.record_rows import texts_column
from space.store.tables.tables import records
from space.wiki.values import batches

_AT_ONCE = 500


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
        """The texts that the records of this moment make.

        It is read at each change of any page, so it takes no record as a whole.
        """
        titles = read_value(connection, POST_TITLES) or PostTitles()
        named, leads = _named(connection)
        wanted = {titles.target(each.original) for each in named}
        rows = list(_events(connection, wanted | set(titles.translations)))
        texts = texts_by_event(
            {row.page_title for row in rows},
            named,
            TextTitles(titles.aliases, titles.translations),
        )
        by_page = {row.page_id: texts.get(row.page_title, ()) for row in rows}
        events = {
            text.page_id: page_id
            for page_id, told in by_page.items()
            for text in told
            if text.page_id is not None
        }
        stale = {
            row.page_id
            for row in rows
            if row.versions != texts_column(by_page[row.page_id])
        }
        stale |= {page for page, lead in leads.items() if events.get(page) != lead}
        return cls(by_page, events, frozenset(stale))


def _named(connection: Connection) -> tuple[list[NamedText], Mapping[int, int | None]]:
    """All published texts, and the events that their rows have, by page id."""
    query = select(
        *(records.c[name] for name in ("page_id", "page_title", "revision", "lead")),
        *(records.c[name] for name in ("published", "updated", "fields")),
    ).where(records.c.kind == KIND, records.c.revision.is_not(None))
    named, leads = [], {}
    for row in connection.execute(query):
        values = json.loads(row.fields)
        text = EventText(
            language=values["language"],
            page_title=row.page_title,
            page_id=row.page_id,
            title=values["title"],
            summary=values.get("summary", ""),
            revision=row.revision,
            updated=row.updated,
        )
        named.append(NamedText(text, values["original"], row.published))
        leads[row.page_id] = row.lead
    return named, leads


def _events(connection: Connection, titles: Collection[str]) -> Iterator[Any]:
    """Published events whose rows have texts, and those of some titles."""
    names = ("page_id", "page_title", "versions", "kind", "revision")
    query = select(*(records.c[name] for name in names))
    having = query.where(records.c.versions.is_not(None))
    found = {row.page_id: row for row in connection.execute(having)}
    for batch in batches(sorted(titles), _AT_ONCE):
        named = query.where(records.c.page_title.in_(batch))
        found |= {row.page_id: row for row in connection.execute(named)}
    for _, row in sorted(found.items()):
        # Here and not in the query, which a database might begin with all events.
        if row.kind == "event" and row.revision is not None:
            yield row
