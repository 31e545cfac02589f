"""A TZID that no VTIMEZONE explains.

RFC 5545 §3.6.5: every TZID needs one. Without it clients guess or float (osmcal #185,
owncloud/calendar #687, indico #379, urlaubsverwaltung #4827); one that comes after the
events is not found (icalendar #844), and UTC must not have any (icalendar #1124).
"""

import re

from hypothesis import given
from hypothesis import strategies as st

from space.publication.publication import Publication
from tests.support.feeds.calendars import file, unique
from tests.support.feeds.publications import events


@given(st.lists(events(), max_size=8))
def test_calendar_when_events_name_zones_then_each_is_explained_once_and_before(
    some: list[Publication],
) -> None:
    text = file(*unique(some)).replace("\r\n ", "")
    used = set(re.findall(r"^[A-Z-]+;TZID=([^:;]+):", text, re.MULTILINE))
    explained = re.findall(r"^TZID:(.+)\r$", text, re.MULTILINE)
    assert not some or sorted(used) == explained
    assert not some or "UTC" not in explained
    assert "BEGIN:VTIMEZONE" not in text.partition("BEGIN:VEVENT")[2]
