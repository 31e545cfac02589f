"""The index store: derived tables, what is asked of them, engines to reach them."""

from space.publication.occurrence import Occurrence
from space.review.record import Newest, Record, Refusal, Review
from space.store.queries.feeds import Snapshot, Summary
from space.store.queries.lists import Published
from space.store.store import Store
from space.store.tables.engine import open_engine

__all__ = [
    "Newest",
    "Occurrence",
    "Published",
    "Record",
    "Refusal",
    "Review",
    "Snapshot",
    "Store",
    "Summary",
    "open_engine",
]
