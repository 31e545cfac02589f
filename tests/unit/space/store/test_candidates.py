from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from space.publication.similar_events import (
    Plan,
    UnpublishedEvent,
    duplicates,
    neighbours,
)
from space.store import Record, Store
from space.store.queries.candidates import CANDIDATES, starting_near
from tests.support.feeds.publications import ADDRESSES, TODAY, event, post, record
from tests.support.store.memory import memory_engine


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = memory_engine()
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine, ADDRESSES)
    made.prepare("key", TODAY)
    return made


def plan(start: str = "2026-11-28 10:00", **values: str) -> Plan:
    found = Plan.of(
        {"title": "Mine", "start": start, "timezone": "Pacific/Auckland", **values},
        TODAY,
    )
    assert found is not None
    return found


def unpublished(page_id: int, state: str, kind: str = "event") -> Record:
    return Record(page_id, kind, f"Space/Events/Page {page_id}", 0, 1, state)


def test_candidates_when_asked_then_are_the_published_times_around(
    store: Store,
) -> None:
    weekly = event(2, recurrence="FREQ=WEEKLY;COUNT=9", start="2026-10-31 10:00")
    store.put(
        record(event(1)),
        record(weekly),
        record(event(3, start="2026-12-20", end="2026-12-20")),
        record(post(4)),
        unpublished(5, "waiting"),
    )
    found = [
        (each.publication.page_id, str(each.span.start))
        for each in store.events.candidates(plan())
    ]
    assert found == [
        (1, "2026-11-28 10:00"),
        (2, "2026-11-28 10:00"),
        (2, "2026-11-21 10:00"),
    ]


def test_candidates_when_there_are_very_many_then_the_nearest_come(
    store: Store, engine: Engine
) -> None:
    """One index answers, whatever the number of events."""
    first = date(2026, 11, 24)
    store.put(
        *(
            record(event(number, start=f"{first + timedelta(days=number % 8)}", end=""))
            for number in range(1, CANDIDATES + 100)
        )
    )
    found = list(store.events.candidates(plan("2026-11-28 00:00")))
    assert len(found) == CANDIDATES
    assert str(found[0].span.start) == "2026-11-28"
    query = starting_near(plan().windows()[0]).compile(
        engine, compile_kwargs={"literal_binds": True}
    )
    with engine.connect() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    assert "occurrence_time (starts>? AND starts<?)" in steps[0][3]
    assert not [step for step in steps if "SCAN" in step[3]]


def test_waiting_when_asked_then_are_open_events_that_nobody_sees_yet(
    store: Store,
) -> None:
    store.put(
        unpublished(5, "waiting"),
        unpublished(6, "declined"),
        unpublished(7, "changes"),
        unpublished(8, "waiting", kind="post"),
        record(event(9), state="waiting"),
    )
    assert list(store.events.unpublished()) == [
        UnpublishedEvent(7, "Space/Events/Page 7"),
        UnpublishedEvent(5, "Space/Events/Page 5"),
    ]


def test_in_use_when_asked_then_only_what_publications_have(store: Store) -> None:
    store.put(record(event(1, topics=("Women", "tea"))))
    assert store.terms.in_use("topics", ("women", "glam")) == {"women"}


def test_answers_when_the_store_is_empty_then_there_are_none(store: Store) -> None:
    assert neighbours(plan(), store.events.candidates(plan())) == ()
    assert (
        duplicates(plan(), store.events.candidates(plan()), store.events.unpublished())
        == ()
    )
