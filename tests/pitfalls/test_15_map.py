"""Points that are swapped, hidden behind each other, or in the sea off Africa.

iCalendar has latitude first, GeoJSON longitude (Mobilizon swapped them); markers at
one point cannot be clicked (Leaflet.markercluster #8, #502, #509); missing numbers
become 0, 0. Both come from one value here, and one building is one place.
"""

import pytest

from space.data_pages.map import map_pages
from space.dates.schedule import Schedule
from space.store import Occurrence
from tests.support.feeds.calendars import only
from tests.support.feeds.maps import collection, features
from tests.support.feeds.publications import TODAY, event


def test_point_when_written_then_each_format_has_its_order() -> None:
    here = {"coordinates": "-36.8506, 174.7679"}
    assert only(**here)["GEO"].to_ical() == "-36.8506;174.7679"
    (found,) = features(collection([event(12, **here)]))
    assert found["geometry"]["coordinates"] == [174.7679, -36.8506]


def test_map_when_ten_events_are_in_one_building_then_it_is_one_place() -> None:
    rows = []
    for number in range(1, 11):
        publication = event(number, coordinates="-36.8506, 174.7679")
        (span,) = Schedule.of(publication.values).times(TODAY)
        start, end = span.start_utc, span.end_utc
        rows.append(Occurrence(publication, str(span.start), None, start, end))
    (page,) = map_pages("Bot", rows, TODAY).values()
    (place,) = page["places"]
    assert len(place["events"]) == 10


@pytest.mark.parametrize(
    "values",
    [
        {"coordinates": "0, 0"},
        {"coordinates": "91, 0"},
        {"coordinates": "10, 181"},
        {"coordinates": "10, 10", "mode": "online"},
    ],
)
def test_point_when_there_can_be_none_then_there_is_none(
    values: dict[str, str],
) -> None:
    for found in features(collection([event(12, **values)])):
        assert found["geometry"] is None
    assert "GEO" not in only(**values)
