"""A cancelled event that stays in calendars as if it took place.

What is dropped from a feed stays where it was imported (sabre/dav #969), and a title
with "[CANCELLED]" is never seen where Google hides the event (hackgreenville #498,
shift-docs #730). So it stays under its UID as STATUS:CANCELLED. iCalendar has no
"postponed"; that is TENTATIVE, on the day it had, and no date is invented.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from space.publication.filters import Filter
from space.publication.publication import Tombstone
from space.store import Record, Store, open_engine
from tests.support.feeds.calendars import only
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", "CONFIRMED"),
        ("confirmed", "CONFIRMED"),
        ("tentative", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_vevent_when_status_changes_then_uid_and_date_stay(
    status: str, expected: str
) -> None:
    found = only(status=status)
    assert found["STATUS"] == expected
    assert found["UID"] == "12@meta.wikimedia.org"
    assert found.start == only().start


def test_event_when_its_page_is_gone_then_it_is_struck_out_for_thirty_days() -> None:
    engine: Engine = open_engine("sqlite://")
    store = Store(engine, ADDRESSES)
    store.prepare("key", TODAY)
    gone = Tombstone(12, NOW, NOW, 7)
    store.put(Record(12, "event", "T", 0, 1, "gone", tombstone=gone))

    def feed(day: date) -> list[str]:
        return list(store.feeds.fragments("ics", Filter("event"), day))

    for days in (0, 29):
        (text,) = feed(TODAY + timedelta(days=days))
        assert "STATUS:CANCELLED\r\n" in text
        assert "UID:12@meta.wikimedia.org\r\n" in text
    assert feed(TODAY + timedelta(days=32)) == []
    engine.dispose()


def test_event_when_cancelled_then_stays_however_old_it_is() -> None:
    assert only(start="2020-01-01", end="", status="cancelled")["STATUS"] == "CANCELLED"
