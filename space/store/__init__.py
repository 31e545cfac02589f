"""The index store: derived tables, what is asked of them, engines to reach them."""

from space.store.engine import open_engine
from space.store.published import Occurrence, Published
from space.store.record import Record
from space.store.snapshot import Snapshot, Summary
from space.store.store import Store

__all__ = [
    "Occurrence",
    "Published",
    "Record",
    "Snapshot",
    "Store",
    "Summary",
    "open_engine",
]
