"""Addresses that came past the codec leave by no format."""

import json

import pytest
from sqlalchemy import select, update

from space.data_pages.pages import event_pages
from space.publication.filters import Filter
from space.schema.kinds import load_kind
from space.store.tables.tables import records
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp

FIELDS = [f.name for f in load_kind("event").fields.values() if f.reader == "url"]
PAYLOADS = (
    *("javascript:alert(1)", "data:text/html,alert(1)", "JaVaScript:alert(1)"),
    *("vbscript:alert(1)", "\x01javascript:alert(1)", "https://a.example\\alert(1)"),
    *("//a.example/alert(1)", "https://user@a.example/alert(1)", " ws://a/alert(1)"),
)
FORMATS = (
    *("/", "/events", "/events/12", "/events/12.ics", "/map", "/calendar/2026-11"),
    *("/embed/events", "/embed/map", "/search?q=Event", "/subscribe"),
    *("/api/v1/events", "/api/v1/events/12", "/feeds/events.ics"),
    *("/feeds/events.geojson", "/feeds/events.csv", "/feeds/posts.atom"),
)
FRAGMENTS = ("/events/12.ics", "/feeds/")
"""What is rendered when a page is stored, and not read from its values again."""

with_each_payload = pytest.mark.parametrize("payload", PAYLOADS)


def assert_absent(tool: ToolApp, *paths: str) -> None:
    for path in paths:
        response = tool.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        assert "alert(1)" not in response.text, path


@with_each_payload
def test_formats_when_an_unsafe_address_came_past_the_codec_then_none_has_it(
    tool: ToolApp, payload: str
) -> None:
    tool.publish(event(12, **dict.fromkeys(FIELDS, payload), link_access="public"))
    assert_absent(tool, *FORMATS)
    rows = tool.store.events.after(Filter("event"), None, 5)
    pages = json.dumps(event_pages("User:SpaceBot/Space", rows), default=str)
    assert "Event 12" in pages
    assert "alert(1)" not in pages


@with_each_payload
def test_formats_when_a_row_has_an_unsafe_address_then_none_has_it(
    tool: ToolApp, payload: str
) -> None:
    tool.publish(event(12, link_access="public"))
    with tool.engine.begin() as connection:
        fields = json.loads(connection.execute(select(records.c.fields)).scalar_one())
        fields |= dict.fromkeys(FIELDS, payload)
        connection.execute(update(records).values(fields=json.dumps(fields)))
    assert_absent(tool, *(path for path in FORMATS if not path.startswith(FRAGMENTS)))


def test_formats_when_addresses_are_safe_then_have_them(tool: ToolApp) -> None:
    address = "https://example.org/a_(b)?c=d"
    tool.publish(event(12, **dict.fromkeys(FIELDS, address), link_access="public"))
    for path in ("/events/12", "/events/12.ics", "/api/v1/events", "/feeds/events.csv"):
        assert address in tool.get(path, follow_redirects=True).text
