"""A reschedule that does not reach those who subscribed.

Clients keep what they have unless SEQUENCE or LAST-MODIFIED rises (GatherPress #2058,
Meetable #115 and #176, OpenACalendar #176); some put the time of change into the UID
instead, which makes two events of one. Ours rise with what is published, never fall,
and LAST-MODIFIED is a time of the wiki's.
"""

import pytest

from tests.support.feeds.ics_parts import Component, parse
from tests.support.wiki.bot_and_wiki import Newsroom

TITLE = "Space/Events/Photo walk"


def shown(room: Newsroom) -> Component:
    """The event as the calendar has it."""
    record = room.store.records.find(TITLE)
    assert record
    text = room.store.feeds.fragment("ics", record.page_id)
    return parse(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n".encode()).parts[0]


def edited(room: Newsroom, text: str = "", **values: str) -> Component:
    """The same after an edit that was approved."""
    room.approve(TITLE, room.event(TITLE, text, **values))
    room.sync()
    return shown(room)


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2026-11-29 10:00"},
        {"end": "2026-11-28 18:00"},
        {"venue": "Library"},
        {"status": "cancelled"},
    ],
)
def test_event_when_edited_then_sequence_rises_under_the_same_uid(
    change: dict[str, str],
) -> None:
    room = Newsroom()
    room.publish(TITLE)
    before, after = shown(room), edited(room, **change)
    assert after.value("UID") == before.value("UID")
    assert int(after.value("SEQUENCE")) > int(before.value("SEQUENCE"))
    assert after.value("LAST-MODIFIED") > before.value("LAST-MODIFIED")
    assert after.value("CREATED") == before.value("CREATED")


def test_event_when_an_edit_is_undone_then_sequence_does_not_fall() -> None:
    room = Newsroom()
    room.publish(TITLE)
    changed = edited(room, start="2026-11-29 10:00")
    undone = edited(room)
    assert undone.value("DTSTART") == "20261128T100000"
    assert int(undone.value("SEQUENCE")) > int(changed.value("SEQUENCE"))


def test_event_when_nothing_happens_then_nothing_rises() -> None:
    room = Newsroom()
    room.publish(TITLE)
    before = shown(room)
    for _ in range(3):
        room.sync(full=True)
    assert shown(room) == before
