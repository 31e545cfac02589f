"""A reschedule that does not reach those who subscribed.

Clients keep what they have unless SEQUENCE or LAST-MODIFIED rises (GatherPress #2058,
Meetable #115 and #176, OpenACalendar #176); some put the time of change into the UID
instead, which makes two events of one. Ours rise with what is published, never fall,
and LAST-MODIFIED is a time of the wiki's.
"""

import pytest

from tests.support.feeds.ics_parts import Component, parse
from tests.support.wiki.bot_and_wiki import BotAndWiki

TITLE = "Space/Events/Photo walk"


def shown(bot_and_wiki: BotAndWiki) -> Component:
    """The event as the calendar has it."""
    record = bot_and_wiki.store.records.find(TITLE)
    assert record
    text = bot_and_wiki.store.feeds.fragment("ics", record.page_id)
    return parse(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n".encode()).parts[0]


def edited(bot_and_wiki: BotAndWiki, text: str = "", **values: str) -> Component:
    """The same after an edit that was approved."""
    bot_and_wiki.approve(TITLE, bot_and_wiki.event(TITLE, text, **values))
    bot_and_wiki.sync()
    return shown(bot_and_wiki)


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
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.publish(TITLE)
    before, after = shown(bot_and_wiki), edited(bot_and_wiki, **change)
    assert after.value("UID") == before.value("UID")
    assert int(after.value("SEQUENCE")) > int(before.value("SEQUENCE"))
    assert after.value("LAST-MODIFIED") > before.value("LAST-MODIFIED")
    assert after.value("CREATED") == before.value("CREATED")


def test_event_when_an_edit_is_undone_then_sequence_does_not_fall() -> None:
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.publish(TITLE)
    changed = edited(bot_and_wiki, start="2026-11-29 10:00")
    undone = edited(bot_and_wiki)
    assert undone.value("DTSTART") == "20261128T100000"
    assert int(undone.value("SEQUENCE")) > int(changed.value("SEQUENCE"))


def test_event_when_nothing_happens_then_nothing_rises() -> None:
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.publish(TITLE)
    before = shown(bot_and_wiki)
    for _ in range(3):
        bot_and_wiki.sync(full=True)
    assert shown(bot_and_wiki) == before
