"""What every database has to do the same: keeping records, and being made anew."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from space.publication.translations import PostTitles
from space.schema.problems import Problem
from space.settings.topics import Topics
from space.store import Record, Store
from space.store.keys import (
    CHECKPOINT,
    CONFIRM_MONTHS,
    DAY,
    HEARTBEATS,
    LAYOUT,
    POST_TITLES,
    SERIES_ALIASES,
    TALK_STATE,
    TOPICS,
    Key,
)
from space.store.tables.tables import metadata, terms
from space.wiki.values import PageCopy
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY, event, post, record
from tests.support.store.stores import KEY, ids


def test_get_when_a_record_was_put_then_it_comes_back(store: Store) -> None:
    full = record(
        replace(event(7, topics=("Ünïcode 🎉", "b")), body="not kept"),
        pending_revision=71,
        pending_since=NOW,
        problems=(Problem("zone", "timezone", 3, ("X",), "warning"), Problem("page")),
    )
    store.put(full, record(post(8)))
    assert store.records.get(7) == replace(
        full, publication=replace(full.publication, body="")
    )
    assert (
        store.records.find("Space/Blog/Page 8")
        == store.records.get(8)
        == record(post(8))
    )
    assert store.records.get(9) is None
    assert store.records.find("space/blog/page 8") is None


def test_among_when_some_titles_are_of_records_then_these(store: Store) -> None:
    store.put(record(event(7)), record(post(8)))
    titles = [f"Space/Events/Page {number}" for number in range(1200)]
    found = store.records.among([*titles, "Space/Blog/Page 8", "space/blog/page 8"])
    assert found == {"Space/Events/Page 7", "Space/Blog/Page 8"}


def test_get_when_put_again_then_the_last_one_counts(store: Store) -> None:
    store.put(record(event(7, topics=("old",))))
    waiting = Record(7, "event", "Moved", 1728, 99, "waiting", pending_revision=99)
    store.put(waiting)
    assert store.records.get(7) == waiting
    assert ids(store) == []
    assert list(store.events.between(None, None)) == []


def test_remove_when_a_page_goes_then_nothing_of_it_stays(
    store: Store, engine: Engine
) -> None:
    store.put(record(event(7, topics=("a",))), record(event(8)))
    store.remove(7, 99)
    assert store.records.newest_revisions() == {8: 80}
    with engine.connect() as connection:
        for table in metadata.tables.values():
            if "page_id" in table.c:
                assert {row.page_id for row in connection.execute(table.select())} <= {
                    8
                }


def test_records_when_asked_by_kind_state_or_creator_then_only_those(
    store: Store,
) -> None:
    draft = Record(9, "post", "D", 0, 90, "draft", creator="Ben")
    store.put(draft, record(event(7)), record(post(8)))
    assert [each.page_id for each in store.records.all()] == [7, 8, 9]
    assert [each.page_id for each in store.records.all(kind="post")] == [8, 9]
    assert [each.page_id for each in store.records.all(states=["published"])] == [7, 8]
    assert list(store.records.all(creator="Ben")) == [draft]


def test_naming_when_pages_name_somebody_then_has_those_that_are_published(
    store: Store,
) -> None:
    held = record(event(7, organizers=("[[User:Ünal|Ü.]]", "Some group")))
    written = record(post(8, authors=("ünal",)))
    waiting = Record(9, "event", "Space/Events/W", 0, 99, "waiting")
    store.put(held, written, waiting, record(event(10, organizers=("Ann",))))
    fields = ("authors", "organizers")
    assert list(store.records.naming(fields, "Ünal")) == [held, written]
    assert list(store.records.naming(("authors",), "Ünal")) == [written]
    assert list(store.records.naming(fields, "Some gr")) == []
    assert list(store.records.all(states=[])) == []


def test_pending_when_several_wait_then_the_longest_comes_first(store: Store) -> None:
    store.put(
        Record(
            1, "post", "A", 0, 10, "waiting", pending_revision=10, pending_since=NOW
        ),
        Record(
            2,
            "event",
            "B",
            0,
            20,
            "waiting",
            pending_revision=20,
            pending_since=NOW - timedelta(days=1),
        ),
        Record(3, "event", "C", 0, 30, "published"),
    )
    assert [each.page_id for each in store.records.pending()] == [2, 1]
    assert [each.page_id for each in store.records.pending("post")] == [1]


def test_problems_when_some_have_any_then_only_those_are_listed(store: Store) -> None:
    bad = Record(
        2, "event", "B", 0, 20, "broken", problems=(Problem("missing", "end"),)
    )
    store.put(record(event(1)), bad)
    assert list(store.records.with_problems()) == [bad]


def test_prepare_when_the_day_changes_then_series_move_on(store: Store) -> None:
    store.put(record(event(1, start="2020-01-01", end="", recurrence="FREQ=MONTHLY")))
    store.set_checkpoint(NOW)
    before = [each.start for each in store.events.between(None, None)]
    assert store.prepare(KEY, date(2027, 1, 1)) is False
    after = [each.start for each in store.events.between(None, None)]
    assert (before[0], after[0]) == ("2025-11-01", "2026-01-01")
    assert (before[-1], after[-1]) == ("2028-11-01", "2029-01-01")


def test_prepare_when_key_is_the_same_then_nothing_has_to_be_read(store: Store) -> None:
    store.put(record(event(1)))
    assert store.prepare(KEY, TODAY) is True
    assert store.ready() is False
    store.set_checkpoint(NOW)
    assert store.prepare(KEY, TODAY) is False
    assert store.ready() is True
    assert store.checkpoint == NOW
    assert store.records.newest_revisions() == {1: 10}


def test_prepare_when_key_is_another_then_pages_count_as_unread_but_stay_shown(
    store: Store,
) -> None:
    store.put(record(event(1)))
    store.set_checkpoint(NOW)
    store.set_value(TALK_STATE, {"since": "now"})
    store.set_value(HEARTBEATS, {"sync": []})
    store.put_copies(PageCopy("Space/Settings", 1, "Ann", ""))
    assert store.prepare("another", TODAY) is True
    assert store.checkpoint is None
    assert store.value(TALK_STATE) is None
    assert store.value(HEARTBEATS) == {"sync": []}
    assert store.page_copies.get(["Space/Settings"]) == {}
    assert store.records.newest_revisions() == {1: 0}
    assert ids(store) == [1]
    assert store.ready() is True
    assert store.prepare("another", TODAY) is True


def test_prepare_when_tables_are_not_of_their_layout_then_they_are_made_again(
    store: Store, engine: Engine
) -> None:
    store.put(record(event(1)))
    store.set_checkpoint(NOW)
    store.set_value(LAYOUT, "an older one")
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {terms.name}"))
    assert store.ready() is False
    assert store.prepare(KEY, TODAY) is True
    assert store.records.newest_revisions() == {}
    assert store.ready() is False


def test_ready_when_nothing_was_ever_prepared_then_is_false(engine: Engine) -> None:
    metadata.drop_all(engine)
    assert Store(engine, ADDRESSES).ready() is False
    Store(engine, ADDRESSES).prepare(KEY, TODAY)


def test_value_when_set_then_is_stored_until_deleted(store: Store) -> None:
    assert store.value(HEARTBEATS) is None
    store.set_value(HEARTBEATS, {"sync": "früh 🎉"})
    store.set_value(HEARTBEATS, {"sync": "später"})
    assert store.value(HEARTBEATS) == {"sync": "später"}
    store.set_value(HEARTBEATS, None)
    assert store.value(HEARTBEATS) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (CHECKPOINT, NOW),
        (DAY, TODAY),
        (CONFIRM_MONTHS, 12),
        (SERIES_ALIASES, {"Ä": "B"}),
        (POST_TITLES, PostTitles({"A": "B"}, {"C": ("fr", "mi")})),
        (TOPICS, Topics({"museums": "glam"}, {"women": "Women", "glam": "GLAM"})),
    ],
)
def test_value_when_it_has_a_type_then_comes_back_in_it(
    store: Store, key: Key[object], value: object
) -> None:
    store.set_value(key, value)
    assert store.value(key) == value


def test_copies_when_put_again_then_the_last_ones_count(store: Store) -> None:
    copies = [PageCopy("A", 1, "Ann", "früh 🎉"), PageCopy("B", 2, None, "")]
    store.put_copies(*copies)
    later = PageCopy("A", 3, "Eva", "später")
    store.put_copies(later)
    assert store.page_copies.get(["A", "B", "C"]) == {"A": later, "B": copies[1]}


def test_copies_when_asked_for_by_words_are_those_below_a_page_that_hold_them(
    store: Store,
) -> None:
    texts = {"A/1": 'Tea at 5% "_"', "A/2": "Tea at 50", "A/10": "5% Tea", "B/1": "5%"}
    copies = {title: PageCopy(title, 1, "Ann", texts[title]) for title in texts}
    store.put_copies(*copies.values(), PageCopy("A", 1, "Ann", "5%"))
    assert store.page_copies.holding("A", "5%") == [copies["A/1"], copies["A/10"]]
    assert store.page_copies.holding("A", "coffee") == []
