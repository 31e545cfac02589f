"""What a store gives back, as tests ask for it."""

from space.publication.filters import Filter, parse
from space.store import Store
from tests.support.feeds.publications import ADDRESSES, TODAY
from tests.support.store.memory import memory_engine

KEY = "a build key"


def memory_store() -> Store:
    """An empty store that is gone with its last reference."""
    store = Store(memory_engine(), ADDRESSES)
    store.prepare(KEY, TODAY)
    return store


def wanted(kind: str, *items: tuple[str, str]) -> Filter:
    found = parse(kind, items)
    assert isinstance(found, Filter)
    return found


def ids(store: Store, *items: tuple[str, str]) -> list[int]:
    """Page ids of the events that a filter lets through, from the ICS feed."""
    texts = store.feeds.fragments("ics", wanted("event", *items), TODAY)
    return [int(text.partition("UID:")[2].partition("@")[0]) for text in texts]
