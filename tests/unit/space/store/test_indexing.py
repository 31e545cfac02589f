"""How often a change of the store renders pages."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Engine

from space.publication.publication import Publication
from space.publication.translations import PostTitles
from space.store import Store
from space.store.index import record_index
from space.store.tables.tables import records
from tests.support.feeds.publications import ADDRESSES, TODAY, event, post, record
from tests.support.store.memory import memory_engine
from tests.support.store.stores import memory_store

SERIES = event(7, title="Meetup", start="2026-11-07 10:00", recurrence="FREQ=WEEKLY")
FIRST, SECOND = (
    event(
        page_id,
        start=f"{day} 12:00",
        series="Space/Events/Page 7",
        occurrence=f"{day} 10:00",
    )
    for page_id, day in ((8, "2026-11-14"), (9, "2026-11-21"))
)
ORIGINAL = post(13, language="en")
FRENCH = post(14, language="fr", original="Space/Blog/Page 13")


@pytest.fixture
def store() -> Store:
    return memory_store()


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """Page id → how often its fragments were rendered."""
    counts: Counter[int] = Counter()
    real: Callable[..., Any] = record_index.render

    def counting(publication: Publication, *rest: Any) -> Any:
        counts[publication.page_id] += 1
        return real(publication, *rest)

    monkeypatch.setattr(record_index, "render", counting)
    return counts


def put(store: Store, *publications: Publication) -> None:
    store.put(*map(record, publications))


@pytest.mark.parametrize("order", [1, -1])
def test_put_when_pages_concern_each_other_then_each_is_rendered_once(
    store: Store, rendered: Counter[int], order: int
) -> None:
    put(store, *(SERIES, FIRST, SECOND, ORIGINAL, FRENCH, event(1))[::order])
    assert rendered == dict.fromkeys((1, 7, 8, 9, 13, 14), 1)
    assert store.series.overrides(7).keys() == {"2026-11-14 10:00", "2026-11-21 10:00"}
    assert [each.page_id for each in store.posts.newest()] == [13]


def test_put_when_one_override_changes_then_neither_series_nor_others_are_rendered(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, SERIES, FIRST, SECOND)
    rendered.clear()
    put(store, FIRST)
    assert rendered == {8: 1}
    store.remove(8)
    assert rendered == {8: 1}
    assert store.series.overrides(7).keys() == {"2026-11-21 10:00"}


def test_put_when_the_series_changes_then_its_overrides_are_rendered_with_it(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, SERIES, FIRST, SECOND)
    rendered.clear()
    put(store, SERIES)
    assert rendered == {7: 1, 8: 1, 9: 1}


def test_put_when_a_translation_joins_then_the_original_is_rendered_with_it(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, ORIGINAL)
    rendered.clear()
    put(store, FRENCH)
    assert rendered == {13: 1, 14: 1}
    put(store, FRENCH)
    assert rendered == {13: 1, 14: 2}


def test_content_when_set_then_the_post_is_rendered_once(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, ORIGINAL, FRENCH)
    rendered.clear()
    store.set_content(ORIGINAL, "<p>Text</p>")
    assert rendered == {13: 1}
    put(store, ORIGINAL)
    assert rendered == {13: 2}
    assert "Text" in (store.feeds.fragment("atom", 13) or "")


def test_titles_when_nothing_changes_then_nothing_is_rendered(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, SERIES, FIRST, ORIGINAL, FRENCH)
    rendered.clear()
    store.set_series_aliases({})
    store.set_post_titles(PostTitles())
    store.set_series_aliases({"Space/Events/Old": "Space/Events/Page 7"})
    store.prepare("a build key", date(2026, 12, 1))
    assert date(2026, 12, 1) > TODAY
    assert not rendered


def whole_looks(engine: Engine, work: Callable[[], object]) -> list[str]:
    """Steps of SQLite's plans of a work's statements that look at all records."""
    asked: list[tuple[str, Any]] = []

    def take(_: Any, __: Any, statement: str, given: Any, ___: Any, many: Any) -> None:
        if not many and statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked.append((statement, given))

    sqlalchemy.event.listen(engine, "before_cursor_execute", take)
    work()
    sqlalchemy.event.remove(engine, "before_cursor_execute", take)
    with engine.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
            for statement, given in asked
        ]
    steps = [step[3] for plan in plans for step in plan]
    return [s for s in steps if f"SCAN {records.name}" in s or "(kind=?)" in s]


def test_put_when_one_page_changes_looks_at_no_record_but_those_concerned() -> None:
    engine = memory_engine()
    store = Store(engine, ADDRESSES)
    store.prepare("key", TODAY)
    put(store, SERIES, ORIGINAL, FRENCH)
    assert whole_looks(engine, lambda: list(store.records.with_problems()))
    for changed in (event(1), post(2), FIRST):
        looks = whole_looks(engine, lambda changed=changed: put(store, changed))  # type: ignore[misc]
        assert len(looks) <= 1, looks  # texts of events, which are a kind of their own
    engine.dispose()
