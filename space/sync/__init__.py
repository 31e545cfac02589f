"""Reading a wiki into a store and a ledger, in full or from where it was left."""

from space.sync.cache import Source, Sources
from space.sync.ledger import folder_of
from space.sync.rules import Rules
from space.sync.run import Decided, SyncReport, sync

__all__ = ["Decided", "Rules", "Source", "Sources", "SyncReport", "folder_of", "sync"]
