"""Entries of geonotices: for events with a place, as coarse as a region."""

import json
from datetime import date
from typing import Any

import pytest

from space.dates.schedule import span_of
from tests.support.feeds.publications import event
from tool.app.tell.geonotice import geonotice

TODAY = date(2026, 11, 1)


def entry(**values: str) -> dict[str, Any]:
    found = event(12, **values)
    text = geonotice(found, span_of(found.values), "[[m:X|Tea]]", TODAY)
    read: dict[str, Any] = json.loads(text) if text else {}
    return read


def test_entry_of_an_event_is_shown_from_two_weeks_before_it_to_its_end() -> None:
    assert entry() == {
        "begin": "13 November 2026 00:00 UTC",
        "end": "29 November 2026 00:00 UTC",
        "country": "NZ",
        "text": "[[m:X|Tea]]",
    }
    assert entry(start="2026-11-05", end="")["begin"] == "1 November 2026 00:00 UTC"


@pytest.mark.parametrize(
    ("coordinates", "corners"),
    [
        ("-36.85061, 174.76791", [[-35.9, 173.8], [-37.9, 175.8]]),
        ("89.95, -179.95", [[90, -180], [89, -178.9]]),
    ],
)
def test_entry_of_an_event_with_a_point_has_corners_far_round_it(
    coordinates: str, corners: list[list[float]]
) -> None:
    found = entry(coordinates=coordinates)
    assert found["corners"] == corners
    # English Wikipedia's bot takes no number without a decimal point.
    assert {type(number) for each in found["corners"] for number in each} == {float}
    assert "country" not in found


def test_entry_of_an_event_of_no_place_is_none() -> None:
    assert entry(country="", mode="online") == {}
