"""vdirsyncer (Debian), which fills khal, Radicale and phones, syncs the tool's feed.

It gives each event a file of its own with the calendar's properties, and takes the
first UID in it for the event's: a UID of the calendar left one event of all.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.readers import run
from tests.support.feeds.ics_parts import Component, Property, events_of, parse
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

CONFIG = """\
[general]
status_path = "{folder}/status"
[pair events]
a = "space"
b = "here"
collections = null
[storage space]
type = "http"
url = "{address}/feeds/events.ics"
[storage here]
type = "filesystem"
path = "{folder}/here"
fileext = ".ics"
"""


@pytest.fixture
def tool(tmp_path: Path) -> Iterator[ToolApp]:
    """The tool, with a series of which one date differs among its events."""
    with served_tool(tmp_path) as tool:
        tool.publish(
            event(
                24,
                title="Weekly, but later",
                start="2026-12-06 11:00",
                end="",
                series="Space/Events/Page 22",
                occurrence="2026-12-05",
            )
        )
        yield tool


def synced(tool: ToolApp, folder: Path) -> dict[str, str]:
    """The files of events by name after one more sync."""
    files, config = folder / "here", folder / "config"
    files.mkdir(exist_ok=True)
    config.write_text(
        CONFIG.format(folder=folder, address=tool.config.public_url), encoding="utf-8"
    )
    for task in ("discover", "sync"):
        run(["/usr/bin/vdirsyncer", "-c", str(config), task], HOME=str(folder))
    return {file.name: file.read_text("utf-8") for file in files.glob("*.ics")}


def known_by(event: Component) -> tuple[Property, ...]:
    """An event without its UID, for which vdirsyncer has a sum of the event's text."""
    return tuple(prop for prop in event.properties if prop.name != "UID")


def parsed(text: str) -> Component:
    """The calendar in a file, whose lines vdirsyncer parts as it likes."""
    return parse("".join(f"{line}\r\n" for line in text.splitlines()).encode())


def test_feed_when_vdirsyncer_syncs_it_then_every_event_is_in_its_file(
    tool: ToolApp, tmp_path: Path
) -> None:
    served = events_of(parse(tool.get("/feeds/events.ics").data))
    files = [events_of(parsed(text)) for text in synced(tool, tmp_path).values()]
    assert len(served) > 5
    # Changed dates stand with their series.
    assert len(files) == len({each.value("UID") for each in served})
    arrived = [known_by(each) for events in files for each in events]
    assert sorted(map(str, arrived)) == sorted(str(known_by(each)) for each in served)


def test_feed_when_one_event_changes_then_vdirsyncer_changes_one_file(
    tool: ToolApp, tmp_path: Path
) -> None:
    before = synced(tool, tmp_path)
    assert synced(tool, tmp_path) == before
    tool.publish(event(18, title="Sure", mode="online", country=""))
    after = synced(tool, tmp_path)
    (gone,) = before.items() - after.items()
    (new,) = after.items() - before.items()
    assert ("SUMMARY:Maybe" in gone[1], "SUMMARY:Sure" in new[1]) == (True, True)
