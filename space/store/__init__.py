"""The index store: derived tables, what is asked of them, engines to reach them."""

from space.publication.occurrence import Occurrence
from space.review.record import Newest, Record, Refusal, Review
from space.store.engine import open_engine
from space.store.published import Published
from space.store.snapshot import Snapshot, Summary
from space.store.store import Store

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
