"""A UID that changes makes every event a new one.

Calendars tell events apart by UID alone (RFC 5545 §3.8.4.7). A random one doubles the
calendar at each fetch (angusmcleod/angus-events-plugin #51, #62), one that occurrences
share hides all but one (PlaceCal #2993), one made of the start turns a reschedule into
another event. Ours is the page id, which neither moves nor edits change.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from space.publication.publication import Publication
from tests.support.feeds.calendars import file, read, unique
from tests.support.feeds.ics_parts import parse
from tests.support.feeds.publications import NOW, event, events


def test_vevent_when_moved_and_renamed_then_uid_stays_and_stamps_follow() -> None:
    later = replace(
        event(12, title="New", start="2027-01-01", end="", timezone="Asia/Tokyo"),
        page_title="Elsewhere",
        updated=NOW,
        sequence=99,
    )
    (found,) = read(file(later)).values()
    assert found["UID"] == "12@meta.wikimedia.org"
    assert found["SEQUENCE"] == 99
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == NOW


@given(st.lists(events(), max_size=8))
def test_calendar_when_made_of_any_events_then_no_two_are_one(
    some: list[Publication],
) -> None:
    publications = unique(some)
    parts = parse(file(*publications).encode()).parts
    found = [
        (part.value("UID"), part.value("RECURRENCE-ID"))
        for part in parts
        if part.name == "VEVENT"
    ]
    assert len(set(found)) == len(found) == len(publications)
