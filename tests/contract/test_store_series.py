"""Pages that stand for one date of a series, the same in every database."""

from datetime import timedelta

import pytest

from space.publication.filters import Filter
from space.publication.publication import Publication
from space.store import Record, Store
from tests.support.feeds.publications import TODAY, event, record
from tests.support.store.stores import KEY, ids, wanted


def series(page_id: int = 7, **values: object) -> Publication:
    """A weekly series of four Saturdays."""
    return event(page_id, recurrence="FREQ=WEEKLY;COUNT=4", topics=("glam",), **values)


def changed(
    page_id: int = 8, occurrence: str = "2026-12-05", **values: object
) -> Record:
    """A page for one of its occurrences, moved to a Sunday evening in UTC."""
    values = {
        "start": "2026-12-06 18:00",
        "end": "2026-12-06 19:00",
        "timezone": "UTC",
        "series": "Space/Events/Page 7",
        "occurrence": occurrence,
        **values,
    }
    return record(event(page_id, **values))


def shown(store: Store) -> list[tuple[int, str]]:
    rows = store.events.between(None, None)
    return [(row.publication.page_id, row.start) for row in rows]


def test_put_when_a_page_changes_one_date_then_it_stands_for_it_everywhere(
    store: Store,
) -> None:
    store.put(record(series()), changed())
    assert shown(store) == [
        (7, "2026-11-28 10:00"),
        (8, "2026-12-06 18:00"),
        (7, "2026-12-12 10:00"),
        (7, "2026-12-19 10:00"),
    ]
    feed = list(store.feeds.fragments("ics", Filter("event"), TODAY))
    assert ["UID:7@" in text for text in feed] == [True, True]
    assert "RECURRENCE-ID;TZID=Pacific/Auckland:20261205T100000\r\n" in feed[1]
    assert "DTSTART:20261206T180000Z\r\n" in feed[1]
    summary = store.feeds.summary("ics", Filter("event"), TODAY)
    assert (summary.count, [use.tzid for use in summary.zones]) == (
        2,
        ["Pacific/Auckland"],
    )
    assert store.series.overrides(7).keys() == {"2026-12-05 10:00"}
    found = store.series.of_override(8)
    assert found is not None
    assert (found[0].page_id, found[1]) == (7, "2026-12-05 10:00")
    assert store.series.of_override(7) is None
    with store.feeds.snapshot() as view:
        of_series = view.event(7, "ics", TODAY)
        alone = view.event(8, "ics", TODAY)
    assert of_series is not None
    assert of_series[1] == "".join(feed)
    assert (of_series[0].count, of_series[0].octets) == (2, len("".join(feed).encode()))
    assert alone is not None
    assert "UID:8@" in alone[1]
    assert "RECURRENCE-ID" not in alone[1]


def test_fragments_when_filtered_then_a_series_has_its_changed_dates(
    store: Store,
) -> None:
    store.put(record(series(country="DE")), changed(country="NZ", topics=("other",)))
    assert ids(store, ("country", "de")) == [7, 7]
    assert ids(store, ("country", "nz")) == [8]
    assert ids(store, ("topic", "other")) == [8]
    assert ids(store, ("country", "de"), ("country", "nz")) == [7, 7]
    nz = store.feeds.summary("ics", wanted("event", ("country", "nz")), TODAY)
    assert (nz.count, nz.zones) == (1, ())
    zones = store.feeds.summary("ics", wanted("event", ("country", "de")), TODAY).zones
    assert [use.tzid for use in zones] == ["Pacific/Auckland"]


def test_lists_when_a_changed_date_says_no_topic_then_it_has_that_of_its_series(
    store: Store,
) -> None:
    store.put(record(series()), changed())
    rows = store.events.between(None, None, wanted("event", ("topic", "glam")))
    assert [row.publication.page_id for row in rows] == [7, 8, 7, 7]
    assert store.records.get(8) == changed()


@pytest.mark.parametrize(
    "other",
    [
        event(7),
        event(7, recurrence="FREQ=MONTHLY"),
        None,
    ],
    ids=["no series", "another rule", "not published"],
)
def test_put_when_the_series_has_no_such_date_then_the_page_stands_alone(
    store: Store, other: Publication | None
) -> None:
    store.put(record(series()), changed())
    if other is None:
        store.put(Record(7, "event", "Space/Events/Page 7", 0, 70, "withdrawn"))
    else:
        store.put(record(other))
    assert (8, "2026-12-06 18:00") in shown(store)
    feed = list(store.feeds.fragments("ics", Filter("event"), TODAY))
    assert not any("RECURRENCE-ID" in text for text in feed)
    assert "UID:8@" in feed[-1]


@pytest.mark.parametrize("state", ["deleted", "declined"])
def test_remove_when_a_changed_date_goes_then_that_of_the_series_is_back(
    store: Store, state: str
) -> None:
    store.put(record(series()), changed())
    if state == "deleted":
        store.remove(8)
    else:
        store.put(Record(8, "event", "Space/Events/Page 8", 0, 80, state))
    assert (7, "2026-12-05 10:00") in shown(store)
    assert ids(store) == [7]


def test_put_when_two_pages_change_one_date_then_the_older_one_stands_for_it(
    store: Store,
) -> None:
    store.put(changed(9), record(series()))
    store.put(changed(8))
    assert ids(store) == [7, 9, 7]
    store.remove(8)
    assert ids(store) == [7, 7]


def test_set_series_aliases_when_a_title_is_another_then_the_series_is_found(
    store: Store,
) -> None:
    store.put(record(series()), changed(series="Old title"))
    assert store.series.unknown_titles() == ("Old title",)
    assert ids(store) == [7, 8]
    store.set_series_aliases({"Old title": "Space/Events/Page 7"})
    assert ids(store) == [7, 7]
    store.set_series_aliases({})
    assert ids(store) == [7, 8]


def test_prepare_when_the_day_changes_then_changed_dates_stay_changed(
    store: Store,
) -> None:
    store.put(record(series()), changed())
    before = shown(store)
    store.prepare(KEY, TODAY + timedelta(days=40))
    assert shown(store) == before
