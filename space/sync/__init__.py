"""Reading a wiki into a store and a ledger, in full or from where it was left."""

from space.sync.report import Decided, SyncReport
from space.sync.rules import Rules
from space.sync.ruling import Ruling, read_ruling
from space.sync.run import sync
from space.sync.sources import Sources

__all__ = [
    "Decided",
    "Rules",
    "Ruling",
    "Sources",
    "SyncReport",
    "read_ruling",
    "sync",
]
