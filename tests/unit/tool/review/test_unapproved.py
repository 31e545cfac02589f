"""Events from elsewhere that reviewers have to approve, in the queue."""

from dataclasses import replace

from space.sources.entry_pages import BLOCK
from space.sources.ics_calendar import NUMBERS
from space.store.keys import CLAIMED, SETTINGS_TEXT
from space.wiki.values import PageCopy
from tests.support.feeds.registered_events import entry_copies, registered_entry
from tests.support.tool.app import ToolApp

SETTINGS = "{{{{Space settings|registry={}|bot=SpaceBot}}}}"
OVER = {"start_time": "20261103180000", "end_time": "20261103200000"}
LATER = {"start_time": "20261210180000", "end_time": "20261210200000"}
DECIDED = """{{Space registration|19|approve}}
{{Space registration|20|hide}}
{{Space registration|21|same as=12}}
{{Space registration|page=Event:Spam}}
"""


def test_queue_when_events_have_to_be_approved_shows_those_that_nobody_decided_on(
    tool: ToolApp,
) -> None:
    entries = [
        registered_entry(16, name="Later <b>", **LATER),
        registered_entry(17, name="Trains"),
        registered_entry(18, name="Over", **OVER),
        *(registered_entry(n, name=f"Decided {n}") for n in (19, 20, 21)),
        registered_entry(22, name="Decided by page", event_page="Event:Spam"),
        registered_entry(23, name="Of a page"),
    ]
    tool.store.put_copies(*entry_copies(*entries))
    tool.store.put_copies(*entry_copies(registered_entry(117), bot="Mallory"))
    tool.store.put_copies(PageCopy("Space/Registrations", 9, "Pavati", DECIDED))
    tool.store.set_value(CLAIMED, {"23": 12})
    tool.store.set_value(SETTINGS_TEXT, SETTINGS.format("reviewed"))

    page = tool.get("/review").text

    assert "Events from elsewhere to approve" in page
    assert page.index("Trains") < page.index("Later &lt;b&gt;")
    assert "preloadparams%5B%5D=17&amp;preloadparams%5B%5D=approve" in page
    assert "preloadparams%5B%5D=16&amp;preloadparams%5B%5D=hide" in page
    for words in ("Over", "Decided", "Of a page", "event 117"):
        assert words not in page
    for policy in ("marked", "off"):
        tool.store.set_value(SETTINGS_TEXT, SETTINGS.format(policy))
        assert "Events from elsewhere to approve" not in tool.get("/review").text


def test_queue_when_calendars_have_many_events_shows_registrations_beside_them(
    tool: ToolApp,
) -> None:
    numbers = range(NUMBERS.start, NUMBERS.start + 40 * BLOCK, BLOCK)
    over = [replace(registered_entry(**OVER), id=number) for number in numbers]
    tool.store.put_copies(*entry_copies(registered_entry(17, name="Trains"), *over))
    tool.store.set_value(SETTINGS_TEXT, SETTINGS.format("reviewed"))
    assert "Trains" in tool.get("/review").text
