"""Records into the tables, with the pages whose rows they change.

Every page is indexed once in a change: first the relations of all pages are read from
the records' rows, then `index_record` (`space.store.index.record_index`) makes what
they give.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection, delete, insert, select

from space.review.record import Record
from space.store.index.record_index import ALONE, Relations, index_record, record_row
from space.store.index.search_row import search_row
from space.store.tables.record_rows import to_record
from space.store.tables.tables import records, searchable
from space.store.writing.contents import delete_stale_contents
from space.store.writing.event_texts import EventTexts
from space.store.writing.overrides import (
    dropping_series,
    expand_series,
    overridden_series,
    pages_naming,
    relate_events,
)
from space.store.writing.replacing import replace_rows
from space.store.writing.translations import relate_posts
from space.wiki.urls import Urls

_NONE: Mapping[int, Record] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Indexer:
    """Indexing as of a UTC day, within a transaction.

    `touched` gets the ids of pages whose rows are made anew.
    """

    connection: Connection
    addresses: Urls
    today: date
    touched: set[int] = field(default_factory=set)

    def replace(self, page_ids: Collection[int], new: Sequence[Record]) -> None:
        """Replace all that is stored of some pages by `new` records of these."""
        left = overridden_series(self.connection, page_ids)
        self.touched.update(page_ids)
        replace_rows(self.connection, page_ids)
        # Before they are indexed, records have to be found by those that name them.
        if new:
            self.connection.execute(insert(records), [record_row(r) for r in new])
        self._replace_search(page_ids, new)
        self._relate(page_ids, {record.page_id: record for record in new}, left)
        delete_stale_contents(self.connection, page_ids)

    def index_again(self, page_ids: Collection[int]) -> None:
        """Index stored records anew; their search rows stay, which need the bodies."""
        self._relate(page_ids, self._stored(page_ids))

    def relate_named(self, titles: Collection[str]) -> None:
        """Index events anew that name a series by these titles and lose or gain it.

        With all series that dropped dates, of which there are few.
        """
        pages = pages_naming(self.connection, titles)
        left = overridden_series(self.connection, pages)
        events, series = relate_events(self.connection, pages, {}, left)
        self._index(_with_texts(events, EventTexts.read(self.connection)))
        self.expand(series | dropping_series(self.connection))

    def relate_posts(self, page_ids: Collection[int] = ()) -> None:
        """Index the posts anew whose versions changed, and those of `page_ids`."""
        self._index(relate_posts(self.connection, page_ids))

    def relate_texts(self) -> None:
        """Index the events anew whose texts changed, and texts of another event."""
        self._relate((), {})

    def expand(self, series: Collection[int] | None = None) -> None:
        """Compute the times of these series anew, or of all when None."""
        if series is None or series:
            self.touched.update(series or ())
            expand_series(self.connection, self.addresses, self.today, series)

    def _relate(
        self,
        page_ids: Collection[int],
        put: Mapping[int, Record],
        left: Collection[int] = (),
    ) -> None:
        """Index the records `put`, by page id, and the pages whose relations change.

        `page_ids` are all pages that change, `left` the series that they overrode.
        """
        texts = EventTexts.read(self.connection)
        anew = {*put, *texts.stale}
        pages = {*page_ids, *texts.stale}
        events, series = relate_events(self.connection, pages, anew, left)
        events = _with_texts({**dict.fromkeys(anew, ALONE), **events}, texts)
        posts = relate_posts(
            self.connection, {page for page in put if put[page].kind == "post"}
        )
        self._index({**events, **posts}, put)
        self.expand(series)

    def _index(
        self, relations: Mapping[int, Relations], put: Mapping[int, Record] = _NONE
    ) -> None:
        self.touched.update(relations)
        pages = {**self._stored(relations.keys() - put.keys()), **put}
        indexed = [
            index_record(pages[page_id], self.addresses, self.today, of_page)
            for page_id, of_page in sorted(relations.items())
        ]
        replace_rows(self.connection, relations, indexed)

    def _stored(self, page_ids: Collection[int]) -> dict[int, Record]:
        if not page_ids:
            return {}
        query = select(records).where(records.c.page_id.in_(page_ids))
        rows = self.connection.execute(query).mappings()
        return {row["page_id"]: to_record(dict(row)) for row in rows}

    def _replace_search(self, page_ids: Collection[int], new: Sequence[Record]) -> None:
        old = searchable.c.page_id.in_(list(page_ids))
        self.connection.execute(delete(searchable).where(old))
        if rows := [search_row(r.publication) for r in new if r.publication]:
            self.connection.execute(insert(searchable), rows)


def _with_texts(
    relations: Mapping[int, Relations], texts: EventTexts
) -> dict[int, Relations]:
    """The relations with the texts of events, and the events of texts."""
    return {
        page: replace(
            each, texts=texts.by_page.get(page, ()), event=texts.events.get(page)
        )
        for page, each in relations.items()
    }
