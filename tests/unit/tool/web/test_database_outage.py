"""The database goes away and comes back, as at a restart of ToolsDB."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import OperationalError

from tests.support.feeds.publications import TODAY, event
from tests.support.tool.app import ToolApp, fields_of
from tool.app.web.visitor import COOKIE
from tool.start_up import make_now_or_later, make_when_missing

BODY = "We met below the old bridge & talked.\n\n<b>Then</b> it rained."
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "space.sqlite"


@pytest.fixture
def tool(file: Path) -> ToolApp:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    made = ToolApp(engine=engine, own_app=True)  # whose pages no other test has stored
    made.publish(event(1, title="Walk"))
    made.sign_in()
    return made


@contextmanager
def away(file: Path) -> Iterator[None]:
    """No database while the context lasts."""
    elsewhere = file.rename(file.with_suffix(".elsewhere"))
    file.mkdir()
    yield
    file.rmdir()
    elsewhere.rename(file)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/events", "text/html"),
        ("/events/1-walk", "text/html"),
        ("/status", "text/html"),
        ("/write/event", "text/html"),
        ("/feeds/events.ics", "text/plain"),
        ("/api/v1/events", "application/problem+json"),
    ],
)
def test_request_when_the_database_is_away_then_says_when_to_come_back(
    tool: ToolApp, file: Path, path: str, kind: str
) -> None:
    with away(file):
        answer = tool.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert answer.mimetype == kind
        assert "The database of this tool is not responding" in answer.text
        assert "Set-Cookie" not in answer.headers  # who is signed in stays so
        assert tool.get("/healthz").status_code == 200
    assert tool.get(path).status_code == 200


def test_page_when_it_was_stored_then_is_served_while_the_database_is_away(
    tool: ToolApp, file: Path
) -> None:
    reader = tool.new_client()
    base = tool.config.public_url
    for _ in range(2):  # the first one waits for the wiki, and is not stored
        assert "Walk" in reader.get("/events", base_url=base).text
    with away(file):
        assert "Walk" in reader.get("/events", base_url=base).text
        assert reader.get("/blog", base_url=base).status_code == 503


def test_form_when_the_database_is_away_then_has_its_text_and_can_be_sent_again(
    tool: ToolApp, file: Path
) -> None:
    typed = {"title": "Rain", "summary": "A short walk", "topics": "glam"}
    fields = fields_of(tool.get("/write/post").text) | typed | {"body": BODY}
    with away(file):
        answer = tool.post_raw("/write/post", **fields)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert 'action="/write/post"' in answer.text
    form = answer.text.partition('action="/write/post"')[2]
    again = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    assert again == fields
    shown = answer.text.partition("readonly")[2].partition("</textarea>")[0]
    assert BODY in unescape(shown)
    assert "Set-Cookie" not in answer.headers
    saved = tool.post_raw("/write/post", **again)
    assert saved.status_code == 303
    assert tool.client.get_cookie(COOKIE, domain="space.example.org")


def test_page_when_a_query_is_wrong_then_it_is_our_fault(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("SELECT x", {}, Exception("no such column: x"))

    monkeypatch.setattr(type(tool.store.posts), "page", fail)
    answer = tool.get("/blog")
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers


def failing_once(done: Event) -> Callable[[], None]:
    tries: list[str] = []

    def step() -> None:
        tries.append("try")
        if len(tries) == 1:
            raise OperationalError("CREATE", {}, Exception("read-only"))
        done.set()

    return step


def test_start_when_the_database_takes_no_writes_then_tables_are_made_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    done = Event()
    thread = make_now_or_later([failing_once(done)], pause=0.0)
    assert thread is not None
    thread.join(timeout=20)
    assert done.is_set()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert make_now_or_later([lambda: None]) is None


def test_tool_when_somebody_dropped_the_database_then_makes_its_tables_again(
    tool: ToolApp, file: Path
) -> None:
    make_when_missing(tool.engine, [tool.sessions.create_tables])
    file.unlink()
    assert tool.get("/write/event").status_code == 503
    tool.sign_in()
    tool.store.prepare("key", TODAY)  # as the next run of the bots
    tool.store.set_checkpoint(tool.now)
    tool.publish(event(1, title="Walk"))
    assert "Walk" in tool.get("/events").text
