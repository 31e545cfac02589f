"""Maps of publications, made the way the store makes them."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from space.feeds.geojson import COLLECTION
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.store import Store, open_engine
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY, record

Feature = dict[str, Any]


def collection(publications: Iterable[Publication], today: date = TODAY) -> str:
    """The map of everything, on a UTC day."""
    return filtered(publications, Filter("event"), today)


def filtered(
    publications: Iterable[Publication], wanted: Filter, today: date = TODAY
) -> str:
    """The map of what a filter lets through."""
    store = _store()
    store.prepare("key", today)
    store.remove(*store.records.newest_revisions(), *store.records.registered_ids())
    store.put(*map(record, publications))
    with store.feeds.snapshot() as view:
        return b"".join(view.feed(COLLECTION, "geojson", wanted, today)).decode()


@cache
def _store() -> Store:
    """One for all tests, as making its tables takes most of the time."""
    return Store(open_engine("sqlite://"), ADDRESSES, lambda: NOW)


def features(text: str) -> list[Feature]:
    """The features of a collection."""
    found: list[Feature] = json.loads(text)["features"]
    return found
