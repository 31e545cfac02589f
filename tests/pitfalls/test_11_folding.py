"""Lines folded inside a character, or not at all.

The limit is 75 octets (RFC 5545 §3.1), not characters (GatherPress, ical.net #693,
golang-ical #13, collective/icalendar #1501) nor UTF-16 units (ical-generator #221).
Readers that do not unfold within an escape get a stray backslash.
"""

import re

from hypothesis import given
from hypothesis import strategies as st

from space.feeds.icalendar import fold_line
from space.publication.publication import Publication
from tests.support.feeds.calendars import file, unique
from tests.support.feeds.publications import events


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_fold_line_when_unfolded_then_the_line_is_back(line: str) -> None:
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == f"{line}\r\n"
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


@given(st.text(st.sampled_from("\\;né女"), min_size=60, max_size=400))
def test_fold_line_when_folded_then_as_late_as_may_be_and_in_no_escape(
    line: str,
) -> None:
    units = re.findall(r"\\.|.", line)
    lines = [""]
    for unit in units:
        if len(f"{lines[-1]}{unit}".encode()) > 75:
            lines.append(" ")
        lines[-1] += unit
    assert fold_line(line) == "".join(f"{each}\r\n" for each in lines)


@given(st.lists(events(), max_size=4))
def test_calendar_when_made_of_any_events_then_each_line_is_utf_8_of_75_octets(
    some: list[Publication],
) -> None:
    data = file(*unique(some)).encode()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
