"""Two versions of the program at one database, whose tables have different layouts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from space.store import Store
from space.store.keys import HEARTBEATS, LAYOUT
from space.store.queries.search import Search
from space.store.tables.layouts import KEPT, sweep_layouts
from space.store.tables.sizes import sizes
from space.store.tables.tables import LAYOUT_NAME, layout
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY, event, post, record
from tests.support.store.stores import ids
from tests.support.store.versions import OTHER_NAME, Version, other_version
from tests.support.tool.app import ToolApp
from tool.app.factory import create_app
from tool.signin.sessions import Session
from tool.signin.sessions import metadata as of_sessions

PAGES = ("/", "/events", "/blog", "/calendar/2026-11", "/feeds/events.ics", "/status")
RAN = {"sync": [NOW.isoformat(), "fine"]}
A_COLUMN = '    Column("mood", String(8), nullable=False, default="calm"),\n'
AFTER = '    Column("tzid", String(64)),\n'


def with_a_column(text: str) -> str:
    """Definitions of tables in which records have one more column."""
    assert AFTER in text
    return text.replace(AFTER, AFTER + A_COLUMN)


def unlike(text: str) -> str:
    """Definitions of tables whose rows say something else."""
    return with_a_column(text).replace("KEEPS_ROWS = True", "KEEPS_ROWS = False")


@pytest.fixture(scope="module")
def alike() -> Version:
    return other_version(with_a_column)


@pytest.fixture(scope="module")
def different() -> Version:
    return other_version(unlike)


@pytest.fixture
def tool(engine: Engine) -> Iterator[ToolApp]:
    """The web tool with an event and a post, at a database that is swept afterwards."""
    tool = ToolApp(engine=engine)
    tool.publish(event(1, title="Walk"), post(2))
    yield tool
    sweep_layouts(engine, NOW + timedelta(days=99))
    assert sizes(engine).layouts == {LAYOUT_NAME}
    of_sessions.drop_all(engine)


def other_store(version: Version, engine: Engine) -> Store:
    return version.store(engine, ADDRESSES, lambda: NOW)


def statuses(tool: ToolApp, store: Store) -> set[int]:
    """What readers get of a web tool with a store."""
    app = create_app(replace(tool.services, store=store))
    client, base = app.test_client(), tool.config.public_url
    return {client.get(path, base_url=base).status_code for path in PAGES}


def test_layout_when_tables_are_defined_anew_then_has_another_name() -> None:
    assert layout()[:8] == LAYOUT_NAME, "LAYOUT_NAME has to be the first of these"
    assert other_version(with_a_column).tables.layout() != layout()
    assert other_version().tables.layout() == layout()


def test_versions_when_bots_come_first_then_readers_of_both_are_served(
    tool: ToolApp, alike: Version
) -> None:
    newer = other_store(alike, tool.engine)
    assert newer.prepare("newer", TODAY) is True
    assert newer.records.newest_revisions() == {1: 0, 2: 0}  # to be read again
    newer.put(record(event(3)))
    newer.remove(1)
    newer.set_checkpoint(NOW)
    assert (ids(tool.store), ids(newer)) == ([1], [3])
    assert statuses(tool, tool.store) == statuses(tool, newer) == {200}


def test_versions_when_the_tool_comes_first_then_readers_see_what_was_there(
    tool: ToolApp, alike: Version
) -> None:
    tool.store.set_value(HEARTBEATS, RAN)
    alike.layouts.make_tables(tool.engine, NOW)
    newer = other_store(alike, tool.engine)
    assert statuses(tool, newer) == {200}
    assert newer.value(HEARTBEATS) == RAN
    hits = newer.search.find(Search("walk"), limit=9)
    assert [hit.publication.page_id for hit in hits.rows] == [1]
    tool.store.put(record(event(4)))  # by older bots
    tool.store.prepare("key", TODAY)
    assert (ids(tool.store), ids(newer)) == ([1, 4], [1])
    assert newer.prepare("newer", TODAY) is True
    newer.put(record(event(4)))
    assert ids(newer) == [1, 4]


def test_versions_when_rows_say_something_else_then_readers_wait_for_none(
    tool: ToolApp, different: Version
) -> None:
    newer = other_store(different, tool.engine)
    assert newer.prepare("newer", TODAY) is True
    newer.put(record(event(1)))
    assert not newer.ready()
    assert statuses(tool, tool.store) == {200}
    newer.put(record(event(5)))
    newer.set_checkpoint(NOW)
    assert (ids(tool.store), ids(newer)) == ([1], [1, 5])
    assert statuses(tool, tool.store) == statuses(tool, newer) == {200}


def test_version_when_taken_back_then_goes_on_where_it_was(
    tool: ToolApp, alike: Version
) -> None:
    newer = other_store(alike, tool.engine)
    newer.prepare("newer", TODAY)
    newer.put(record(event(6)))
    newer.set_checkpoint(NOW)
    assert tool.store.prepare("key", TODAY) is False
    assert tool.store.checkpoint is not None
    assert ids(tool.store) == [1]
    assert newer.prepare("newer", TODAY) is False


def test_sessions_and_caches_when_the_layout_changes_then_survive(
    tool: ToolApp, alike: Version
) -> None:
    key = tool.sessions.add(Session(user="Olu", drafts={"a": {"title": ["Tea"]}}))
    tool.services.renderings.put(10, "en", "<p>Tea</p>")
    newer = other_store(alike, tool.engine)
    newer.prepare("newer", TODAY)
    newer.set_checkpoint(NOW)
    rows = sizes(tool.engine).rows
    assert (rows["tool_session"], rows["tool_rendering"]) == (1, 1)
    session = tool.sessions.get(key)
    assert session is not None
    assert session.drafts == {"a": {"title": ["Tea"]}}
    kept = tool.services.renderings.get(10, "en")
    assert kept is not None
    assert kept.html == "<p>Tea</p>"


def test_layout_when_nobody_used_it_for_long_then_is_swept(
    tool: ToolApp, alike: Version
) -> None:
    newer = other_store(alike, tool.engine)
    newer.prepare("newer", TODAY)
    assert sizes(tool.engine).layouts == {LAYOUT_NAME, OTHER_NAME}
    for days, left in ((KEPT.days, {LAYOUT_NAME, OTHER_NAME}), (KEPT.days + 1, None)):
        later = Store(tool.engine, ADDRESSES, lambda d=days: NOW + timedelta(days=d))
        later.prepare("key", TODAY)
        assert sizes(tool.engine).layouts == (left or {LAYOUT_NAME})
    assert statuses(tool, tool.store) == {200}


def test_layout_when_its_making_was_cut_off_then_is_made_again(
    tool: ToolApp, alike: Version
) -> None:
    newer = other_store(alike, tool.engine)
    newer.prepare("newer", TODAY)
    newer.set_value(LAYOUT, None)
    assert newer.prepare("newer", TODAY) is True
    assert ids(newer) == [1]
