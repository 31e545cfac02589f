"""The index store: a database of what is derived from the wiki."""

from space.publication.occurrence import Occurrence
from space.review.record import Newest, Record, Refusal, Review
from space.store.queries.snapshot import Snapshot, Summary
from space.store.reader import StoreReader
from space.store.store import Store
from space.store.tables.engine import open_engine

__all__ = [
    "Newest",
    "Occurrence",
    "Record",
    "Refusal",
    "Review",
    "Snapshot",
    "Store",
    "StoreReader",
    "Summary",
    "open_engine",
]
