"""The index store: a database of what is derived from the wiki."""

from space.publication.occurrence import Occurrence
from space.review.record import Newest, Record, Refusal, Review
from space.store.queries.index_snapshot import IndexSnapshot, Summary
from space.store.reader import StoreReader
from space.store.store import Store
from space.store.tables.engine import open_engine

__all__ = [
    "IndexSnapshot",
    "Newest",
    "Occurrence",
    "Record",
    "Refusal",
    "Review",
    "Store",
    "StoreReader",
    "Summary",
    "open_engine",
]
