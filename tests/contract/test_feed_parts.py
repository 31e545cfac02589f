"""Feeds in parts are what their fragments are one by one, whatever has changed."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, select

from space.feeds.envelope import Envelope
from space.publication.publication import Publication, Tombstone
from space.store import Record, Store, Summary
from space.store.keys import feed_facts
from space.store.queries.index_snapshot import EVERYTHING
from space.store.tables.feed_parts import KEPT
from space.store.tables.tables import feed_parts
from space.store.writing import feed_upkeep
from tests.support.feeds.publications import (
    ADDRESSES,
    NOW,
    TODAY,
    event,
    post,
    record,
    translation,
)
from tests.support.store.stores import KEY

ALONE = Envelope("", "")
CHANGES = 25
PAGES = 24
ZONES = ("Pacific/Auckland", "Asia/Kolkata", "UTC")
SERIES = "Space/Events/Page 7"


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_upkeep, "LEAST", 1500)


def in_parts(engine: Engine, form: str, day: date) -> tuple[bytes, Summary]:
    """A whole feed as somebody gets it who has nothing yet."""
    with Store(engine, ADDRESSES).feeds.snapshot() as view:
        text = b"".join(view.feed(ALONE, form, EVERYTHING, day))
        return text, view.summary(form, EVERYTHING, day)


def one_by_one(engine: Engine, form: str, day: date) -> tuple[bytes, Summary]:
    """The same from the fragments, as if there were no parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("space.store.queries.index_snapshot.KEPT", ())
        return in_parts(engine, form, day)


def stored(engine: Engine) -> list[tuple[str, int]]:
    """The sections of all rows of parts."""
    with engine.connect() as connection:
        query = select(feed_parts.c.form, feed_parts.c.section)
        return [tuple(row) for row in connection.execute(query)]


def gone(page_id: int) -> Record:
    tombstone = Tombstone(page_id, NOW - timedelta(days=9), NOW, 99)
    return Record(page_id, "event", "Gone", 0, 5, "gone", tombstone=tombstone)


def change(store: Store, random: Random) -> None:
    """Anything that may happen to events, to some at once."""
    pages = random.sample(range(1, PAGES), k=random.choice((1, 1, 1, 6)))
    action = random.choice(("put", "put", "put", "remove", "gone", "date", "text"))
    match action:
        case "put":
            store.put(*(record(written(page, random)) for page in pages))
        case "remove":
            store.remove(*pages)
        case "gone":
            store.put(*map(gone, pages))
        case "date":
            on = {"series": SERIES, "occurrence": random.choice(("2026-12-05", "2026"))}
            store.put(*(record(event(page, **on)) for page in pages))
        case "text":
            store.put(
                *(record(translation(page + PAGES, "fr", page)) for page in pages)
            )


def written(page_id: int, random: Random) -> Publication:
    """An event of any length, a series, or a post that was an event."""
    if not random.randrange(9):
        return post(page_id)
    values: dict[str, Any] = {"summary": "é" * random.choice((1, 300, 900))}
    if page_id == 7 or not random.randrange(5):
        values["recurrence"] = "FREQ=WEEKLY;COUNT=4"
        values["except"] = random.choice((("2026-12-12",), ()))
    return event(page_id, timezone=random.choice(ZONES), **values)


def test_parts_when_anything_changes_then_are_what_fragments_are_one_by_one(
    store: Store, engine: Engine
) -> None:
    random = Random("parts")  # noqa: S311
    changes: list[Callable[[], None]] = [partial(change, store, random)] * CHANGES
    series = event(7, recurrence="FREQ=WEEKLY;COUNT=4")
    override = event(8, series=SERIES, occurrence="2026-12-05")
    changes.append(lambda: store.put(record(series), record(override)))
    for each in changes:
        each()
        for form in KEPT:
            assert in_parts(engine, form, TODAY) == one_by_one(engine, form, TODAY)
    parts = Counter(stored(engine))
    assert parts["ics", 1] == 1
    assert min(parts["ics", 0], parts["csv", 0]) > 1
    store.set_series_aliases({"Another name": SERIES})
    tomorrow = TODAY + timedelta(days=40)
    store.prepare(KEY, tomorrow)
    for day in (TODAY, tomorrow):
        for form in KEPT:
            assert in_parts(engine, form, day) == one_by_one(engine, form, day)


def test_parts_when_tables_were_copied_without_them_then_are_made(
    store: Store, engine: Engine
) -> None:
    store.put(*(record(event(page)) for page in range(1, PAGES)))
    whole = in_parts(engine, "ics", TODAY)
    version = store.versions.feeds()
    for form in KEPT:
        store.set_value(feed_facts(form), None)
    assert in_parts(engine, "ics", TODAY) == whole
    store.prepare(KEY, TODAY)
    assert store.value(feed_facts("ics")) is not None
    assert store.versions.feeds() != version
    assert in_parts(engine, "ics", TODAY) == whole


def test_part_when_a_page_of_it_changes_then_no_other_is_made_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(*(record(event(page)) for page in range(1, PAGES)))
    made = []
    make = feed_upkeep.FeedUpkeep._make

    def counted(
        upkeep: feed_upkeep.FeedUpkeep, section: feed_upkeep._Section, *rest: Any
    ) -> None:
        made.append(section.form)
        make(upkeep, section, *rest)

    monkeypatch.setattr(feed_upkeep.FeedUpkeep, "_make", counted)
    store.put(record(event(9, title="Walk")))
    assert sorted(made) == sorted(KEPT)
    store.put(record(post(99)))
    assert len(made) == len(KEPT)
