"""Times that float: ten o'clock wherever the reader is.

A DTSTART without zone or Z means the reader's own clock (Zetkin #3492, yuvomi #818,
Eventra #13349); Google takes it for UTC (verdigado/sunflower #299); an offset such as
+0530 is not allowed there and gets dropped (fastmail-mcp #45).
"""

import re

import pytest
from hypothesis import given

from space.publication.publication import Publication
from tests.support.feeds.calendars import file
from tests.support.feeds.publications import event, events


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "DTSTART:20261128T100000Z"),
        ("UTC+05:30", "DTSTART:20261128T043000Z"),
        ("Asia/Kolkata", "DTSTART;TZID=Asia/Kolkata:20261128T100000"),
    ],
)
def test_vevent_when_zone_is_given_then_no_time_floats(
    zone: str, expected: str
) -> None:
    assert f"{expected}\r\n" in file(event(12, timezone=zone))


@given(events())
def test_vevent_when_made_of_any_event_then_no_time_floats(
    publication: Publication,
) -> None:
    lines = (
        file(publication).replace("\r\n ", "").split("BEGIN:VEVENT")[1].split("\r\n")
    )
    times = [x for x in lines if re.match(r"(DTSTART|DTEND|EXDATE|RECURRENCE-ID)", x)]
    for line in times:
        name, _, value = line.partition(":")
        fixed = ";TZID=" in name or ";VALUE=DATE" in name
        assert fixed or all(each.endswith("Z") for each in value.split(",")), line
        assert not re.search(r"[+-]\d{4}$", value)
