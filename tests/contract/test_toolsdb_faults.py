"""What ToolsDB does to the tool and the bots, on a real MariaDB server."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pymysql
import pytest
from sqlalchemy import URL, Engine, event, text
from werkzeug.test import TestResponse

from space.store import open_engine
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.review.tool_and_bot import ToolAndBot, rev_of
from tests.support.store.mariadb import account, still_open
from tests.support.tool.app import csrf_of
from tests.support.tool.event_form import EVENT, TITLE
from tests.support.wiki.bot_and_wiki import BotAndWiki

pytestmark = pytest.mark.mariadb

CONNECTIONS = 4  # one is in use; the server takes a while to end those before it
_THREADS = text("SELECT id FROM information_schema.processlist WHERE user = 'tool'")


@pytest.fixture(scope="module")
def address(server: URL) -> Iterator[URL]:
    with account(server, CONNECTIONS) as made:
        yield made


@pytest.fixture(scope="module")
def tool(address: URL) -> ToolAndBot:
    made = ToolAndBot(own_app=True, engine=open_engine(address, scoped=True))
    made.sign_in()
    return made


@pytest.fixture
def admin(server: URL) -> Engine:
    return open_engine(server)


@contextmanager
def away(engine: Engine, admin: Engine) -> Iterator[None]:
    """The server takes no connection of an engine, and has ended those there were."""

    def refuse(*_: object) -> None:
        # As the driver does, which leaves its socket open then.
        raise pymysql.OperationalError(2003, "Can't connect to MySQL server")

    with admin.connect() as connection:
        ids = connection.scalars(_THREADS).all()
        for each in ids:
            connection.exec_driver_sql(f"KILL {each}")
    event.listen(engine, "do_connect", refuse)
    try:
        yield
    finally:
        event.remove(engine, "do_connect", refuse)


@contextmanager
def read_only(admin: Engine) -> Iterator[None]:
    """The server takes no writes, as while ToolsDB moves to another machine."""
    with admin.connect() as connection:
        connection.exec_driver_sql("SET GLOBAL read_only = 1")
    try:
        yield
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql("SET GLOBAL read_only = 0")


@contextmanager
def impatient(admin: Engine) -> Iterator[None]:
    """The server ends connections that idle for a second."""
    with admin.connect() as connection:
        connection.exec_driver_sql("SET GLOBAL wait_timeout = 1")
    try:
        yield
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql("SET GLOBAL wait_timeout = DEFAULT")


@contextmanager
def counting(engine: Engine) -> Iterator[Counter[str]]:
    """How often connections of an engine were taken and given back."""
    found: Counter[str] = Counter()
    listeners = {
        "checkout": lambda *_: found.update(["taken"]),
        "checkin": lambda *_: found.update(["returned"]),
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield found
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


def bots(tool: ToolAndBot) -> None:
    """All tasks of the bots, once."""
    both = BotAndWiki()
    both.admin, both.bot, both.store = tool.wiki, tool.bot, tool.store
    report = BotRunner(both).run("run")
    assert not report.held_up, report.lines()
    tool.now = tool.wiki.state.now


def read(answer: TestResponse) -> TestResponse:
    """An answer that was read to its end, with which its connection ends."""
    assert answer.text
    answer.close()
    return answer


def test_road_when_the_store_is_mariadb_then_a_form_becomes_a_line_in_a_feed(
    tool: ToolAndBot, server: URL
) -> None:
    bots(tool)
    sent = EVENT | {"csrf": csrf_of(read(tool.get("/write/event")))}
    saved = read(tool.post_raw("/write/event", **sent))
    assert saved.status_code == 303
    bots(tool)
    assert "Women's day" in unescape(read(tool.get("/review")).text)
    tool.approve(TITLE)
    bots(tool)
    assert "SUMMARY:Women's day 🎉 हिन्दी" in read(tool.get("/feeds/events.ics")).text
    for path in ("/events", "/search?q=हिन्दी", "/api/v1/events"):
        assert "🎉" in read(tool.get(path)).text
    month = tool.page("User:SpaceBot/Space/Events/2026-11.json")
    assert "Women's day 🎉" in month.latest.text
    assert still_open(server) == 0


def test_tool_when_the_server_goes_and_comes_back_then_so_does_it(
    tool: ToolAndBot, server: URL, admin: Engine
) -> None:
    token = csrf_of(read(tool.get("/write/event")))
    sent = EVENT | {"title": "After a restart", "csrf": token}
    with away(tool.engine, admin):
        for path in ("/events", "/feeds/posts.atom", "/review"):
            answer = read(tool.get(path))
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        answer = read(tool.post_raw("/write/event", **sent))
        assert answer.status_code == 503
        assert EVENT["body"] in unescape(answer.text)
    assert read(tool.get("/events")).status_code == 200
    assert read(tool.post_raw("/write/event", **sent)).status_code == 303
    assert still_open(server) == 0


def test_tool_when_the_server_ends_what_idles_while_the_wiki_answers_then_goes_on(
    tool: ToolAndBot, admin: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/review/{tool.write('Space/Events/Late')}"
    tool.sign_in("Pavati")
    page = read(tool.get(path))
    sent = {"csrf": csrf_of(page), "rev": rev_of(page.text), "verdict": "approve"}
    ended = 0

    def wait(*_: object, **__: object) -> None:
        nonlocal ended
        with admin.connect() as connection:
            ended += len(connection.scalars(_THREADS).all())
            while connection.scalars(_THREADS).all():
                connection.exec_driver_sql("DO SLEEP(0.1)")

    monkeypatch.setattr(MemoryWiki, "_asked", wait)
    with impatient(admin):
        assert read(tool.post_raw(path, **sent)).status_code == 303
    assert ended
    tool.sign_in()


def test_bots_when_they_ask_the_wiki_then_no_connection_waits_for_its_answer(
    tool: ToolAndBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server would end it; the tables' locks would last as long as the answer."""
    ask, open_meanwhile = MemoryWiki._asked, set()
    with counting(tool.engine) as seen:

        def count(wiki: MemoryWiki, times: int, *, content: bool = False) -> None:
            open_meanwhile.add(seen["taken"] - seen["returned"])
            ask(wiki, times, content=content)

        monkeypatch.setattr(MemoryWiki, "_asked", count)
        tool.write("Space/Events/Later")
        bots(tool)
    assert seen["taken"] > 0
    assert open_meanwhile == {0}


def test_tool_when_the_server_takes_no_writes_then_reads_and_keeps_what_was_typed(
    tool: ToolAndBot, admin: Engine
) -> None:
    stranger, base = tool.new_client(), tool.config.public_url
    token = csrf_of(read(stranger.get("/write/event", base_url=base)))
    draft = EVENT | {"csrf": token, "return_to": "/write/event"}
    with read_only(admin):
        for path in ("/events", "/feeds/events.ics", "/write/post"):
            assert read(tool.get(path)).status_code == 200
        answer = read(stranger.post("/login", data=draft, base_url=base))
        assert answer.status_code == 503
        assert EVENT["body"] in unescape(answer.text)
        token = csrf_of(read(tool.get("/write/event")))
        sent = EVENT | {"title": "While it moves", "csrf": token}
        assert read(tool.post_raw("/write/event", **sent)).status_code == 303
    answer = read(stranger.post("/login", data=draft, base_url=base))
    assert answer.location.startswith("https://meta.wikimedia.org/authorize")
