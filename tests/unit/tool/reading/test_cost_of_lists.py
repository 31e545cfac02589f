"""What lists ask of the database: as much for many entries as for a few."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from space.store.tables.tables import terms
from tests.support.feeds.publications import NOW, event, post
from tests.support.talk.conversations import CHAT, put
from tests.support.tool.app import ToolApp

LISTS = ("/", "/events", "/blog", "/calendar/2026-11", "/map", "/people/Ana")


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """All that is executed meanwhile."""
    asked: list[str] = []
    connection: Any = engine.raw_connection().driver_connection
    connection.set_trace_callback(asked.append)
    yield asked
    connection.set_trace_callback(None)


def publish(tool: ToolApp, numbers: range) -> None:
    for number in numbers:
        tool.publish(
            event(number, organizers=("[[User:Ana|Ana]]",)),
            post(1000 + number, authors=("[[User:Ana|Ana]]",)),
        )
        for talk_id in (number, 1000 + number):
            put(tool, 5000 + talk_id, talk_id, CHAT)


@pytest.mark.parametrize("path", LISTS)
def test_list_when_it_has_more_entries_asks_the_database_no_more(
    tool: ToolApp, path: str
) -> None:
    publish(tool, range(100, 102))
    tool.get(path)  # the wiki is asked for facts only once
    tool.get(path)  # and from now on pages are stored
    publish(tool, range(102, 104))
    with statements(tool.engine) as for_few:
        assert tool.get(path).status_code == 200
    publish(tool, range(104, 120))
    with statements(tool.engine) as for_many:
        assert tool.get(path).status_code == 200
    assert len(for_many) == len(for_few)


def test_events_when_more_of_them_are_over_take_the_database_no_longer(
    tool: ToolApp,
) -> None:
    def instructions() -> int:
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        connection: Any = tool.engine.raw_connection().driver_connection
        connection.set_progress_handler(step, 1)
        for look in looks:
            assert look()
        connection.set_progress_handler(None, 1)
        return count

    events, later = tool.store.events, NOW + timedelta(days=30)
    looks = (
        lambda: events.listed(NOW, None, limit=30).rows,
        lambda: list(events.with_dropped(NOW, later)),
        lambda: list(events.wall_spans(NOW, later)),
    )
    publish(tool, range(100, 104))
    before = instructions()
    over = range(200, 230)
    for number in over:
        tool.publish(event(number, start="2025-03-04 10:00", end="2025-03-04 12:00"))
    assert instructions() - before < len(over)  # to look at one takes some


def test_list_when_its_form_was_offered_before_asks_for_no_terms_again(
    tool: ToolApp,
) -> None:
    publish(tool, range(100, 102))
    for path in ("/events", "/blog"):
        tool.get(path)
    with statements(tool.engine) as asked:
        for path in ("/events?country=NZ", "/calendar/2026-11", "/blog?topic=glam"):
            assert tool.get(path).status_code == 200
    assert not [text for text in asked if f"GROUP BY {terms.name}.field" in text]


def test_form_when_a_page_brings_another_term_offers_it_at_once(tool: ToolApp) -> None:
    publish(tool, range(100, 102))
    assert 'value="AQ"' not in tool.get("/events").text
    tool.publish(event(104, country="AQ"))
    assert 'value="AQ"' in tool.get("/events").text
