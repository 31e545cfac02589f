"""A country that changes its clocks after an event was announced.

The event stays at ten o'clock; its instant moves (seminars #827). CampaignEvents has a
script for it. Here the wall time is the value and UTC is derived, so that rendering
anew under the build key of another tzdata is enough.
"""

from datetime import timedelta

import pytest

from space.store import Record, Store, open_engine
from tests.support.feeds.publications import ADDRESSES, TODAY, event
from tests.support.feeds.tzdata_zones import tzdata


def test_event_when_tzdata_changes_then_its_instant_moves_and_its_clock_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = open_engine("sqlite://")
    store = Store(engine, ADDRESSES)
    indian = event(12, timezone="Asia/Kolkata", country="IN")
    record = Record(12, "event", "T", 0, 1, "published", publication=indian)

    def indexed(key: str) -> tuple[str, object]:
        store.prepare(key, TODAY)
        store.put(record)
        (found,) = store.events.between(None, None)
        text = store.feeds.fragment("ics", 12) or ""
        assert found.start == "2026-11-28 10:00"
        return text, found.begins

    text, begins = indexed("this year's tzdata")
    monkeypatch.setattr("space.dates.moments.zone", lambda _: tzdata("Asia/Tokyo"))
    later, moved = indexed("next year's tzdata")
    assert later == text
    assert "DTSTART;TZID=Asia/Kolkata:20261128T100000\r\n" in text
    assert moved == begins - timedelta(hours=3, minutes=30)  # type: ignore[operator]
    engine.dispose()
