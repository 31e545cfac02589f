"""Reading a wiki into a store and a ledger, in full or from where it was left."""

from space.sync.report import Decided, SyncReport
from space.sync.rules import Rules
from space.sync.ruling import Ruling, read_ruling
from space.sync.run import sync, sync_part
from space.sync.session import Session
from space.sync.sources import Sources

__all__ = [
    "Decided",
    "Rules",
    "Ruling",
    "Session",
    "Sources",
    "SyncReport",
    "read_ruling",
    "sync",
    "sync_part",
]
