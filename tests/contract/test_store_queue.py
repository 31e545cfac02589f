"""What a store gives back of the review queue and of the figures of review."""

from dataclasses import replace

from sqlalchemy import Engine

from space.review.queue import Row, Section
from space.review.queue.statistics import Language, MonthStatistics
from space.store import Store
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY
from tests.support.review.queue_row import FULL_ROW

SHORT = Row(1, "post", "Space/Blog/A", "A", NOW, Section.REFUSED, edits=0)
MONTHS = (
    MonthStatistics("2026-11", 9, 4, 5, 3, 1, 60, 900, 2, 6, 5, (Language("mi", 9),)),
    MonthStatistics("2026-10", 1),
)


def test_queue_when_set_then_comes_back_in_its_order(store: Store) -> None:
    assert store.queue.rows() == ()
    store.set_queue((FULL_ROW, SHORT))
    assert store.queue.rows() == (FULL_ROW, SHORT)
    store.set_queue((SHORT, FULL_ROW))
    assert store.queue.rows() == (SHORT, FULL_ROW)


def test_queue_when_another_process_set_it_then_readers_see_it(
    store: Store, engine: Engine
) -> None:
    reader = Store(engine, ADDRESSES)
    store.set_queue((FULL_ROW, SHORT))
    assert reader.queue.rows() == (FULL_ROW, SHORT)
    changed = replace(FULL_ROW, again=False)
    store.set_queue((changed,))
    assert reader.queue.rows() == (changed,)
    store.set_queue(())
    assert reader.queue.rows() == ()


def test_statistics_when_set_then_come_back_newest_month_first(store: Store) -> None:
    assert store.statistics.months() == ()
    store.set_statistics(MONTHS)
    assert store.statistics.months() == MONTHS
    store.set_statistics(MONTHS[:1])
    assert store.statistics.months() == MONTHS[:1]


def test_prepare_when_key_is_another_then_queue_and_statistics_stay_shown(
    store: Store,
) -> None:
    store.set_queue((FULL_ROW,))
    store.set_statistics(MONTHS)
    store.prepare("another", TODAY)
    assert store.queue.rows() == (FULL_ROW,)
    assert store.statistics.months() == MONTHS
