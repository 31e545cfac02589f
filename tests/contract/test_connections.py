"""How many connections the web tool has to a real MariaDB server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask, Response, send_file
from sqlalchemy import URL, Engine, text
from werkzeug.test import EnvironBuilder
from werkzeug.wsgi import FileWrapper

from space.store import Store, open_engine
from space.store.tables.scopes import ScopedPool
from tests.support.feeds.publications import ADDRESSES, event, post
from tests.support.store.mariadb import account, still_open
from tests.support.tool.app import ToolApp
from tool.app.web import connections

pytestmark = pytest.mark.mariadb
_OWN = text("SELECT connection_id()")

THREADS = 8  # as many as gunicorn.conf.py has for all workers
ROUNDS = 2
EACH = 2  # the API holds one view of the store, and asks through another connection
PAGES = (
    "/",
    "/events",
    "/events/1-event-1",
    "/blog",
    "/calendar/2026-11",
    "/map",
    "/search?q=event",
    "/discuss",
    "/review",
    "/status",
    "/write/event",
    "/feeds/events.ics",
    "/feeds/events.geojson",
    "/feeds/posts.atom",
    "/feeds/review.atom",
    "/api/v1/events",
)


def own(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(_OWN) or 0)


def test_request_when_it_asks_often_then_has_one_connection_and_leaves_none(
    server: URL,
) -> None:
    with account(server, connections=1) as address:
        engine = open_engine(address, scoped=True)
        app, seen = Flask("asking"), []

        @app.get("/")
        def ask() -> str:
            seen.append({own(engine) for _ in range(3)})
            return "answered"

        connections.init_app(app, Store(engine, ADDRESSES))
        for _ in range(2):
            with app.test_client().get("/") as answer:
                assert answer.text == "answered"
            assert still_open(server) == 0
    first, second = seen
    assert (len(first), len(second), len(first | second)) == (1, 1, 2)


def test_requests_when_many_overlap_then_none_fails_and_no_connection_is_left(
    server: URL,
) -> None:
    with account(server, connections=THREADS * EACH) as address:
        driver = ToolApp(own_app=True, engine=open_engine(address, scoped=True))
        driver.publish(*(event(number) for number in range(1, 6)), post(7))
        together = Barrier(THREADS, timeout=20)

        def visit(number: int) -> set[int]:
            client = driver.new_client()
            seen = set()
            for turn in range(ROUNDS):
                together.wait()
                for path in PAGES[number:] + PAGES[:number] if turn else PAGES[::-1]:
                    with client.get(path, base_url=driver.config.public_url) as answer:
                        seen.add(answer.status_code)
            return seen

        with ThreadPoolExecutor(THREADS) as visitors:
            answers = set().union(*visitors.map(visit, range(THREADS)))
        assert answers == {200}
        assert still_open(server) == 0


def test_request_when_another_ends_meanwhile_then_keeps_its_connection(
    server: URL,
) -> None:
    engine = open_engine(server, scoped=True)
    pool = engine.pool
    assert isinstance(pool, ScopedPool)
    scope = pool.open_scope()
    before = own(engine)

    def other() -> None:
        theirs = pool.open_scope()
        assert own(engine) != before
        theirs.close()

    thread = Thread(target=other)
    thread.start()
    thread.join()
    assert own(engine) == before
    scope.close()


def test_scope_when_closed_then_a_connection_in_use_ends_with_its_use(
    server: URL,
) -> None:
    with account(server, connections=1) as address:
        engine = open_engine(address, scoped=True)
        pool = engine.pool
        assert isinstance(pool, ScopedPool)
        scope = pool.open_scope()
        connection = engine.connect()
        scope.close()
        assert connection.scalar(_OWN)
        connection.close()
        assert still_open(server) == 0
        own(engine)  # outside of any scope
        assert still_open(server) == 0


def test_request_when_the_application_breaks_then_leaves_no_connection(
    server: URL,
) -> None:
    with account(server, connections=1) as address:
        engine = open_engine(address, scoped=True)
        app = Flask("breaking")
        app.testing = True  # lets the error out

        @app.get("/")
        def ask() -> str:
            raise ZeroDivisionError(own(engine))

        connections.init_app(app, Store(engine, ADDRESSES))
        with pytest.raises(ZeroDivisionError):
            app.test_client().get("/")
        assert still_open(server) == 0


def test_request_when_its_reader_leaves_in_the_middle_then_leaves_no_connection(
    server: URL,
) -> None:
    with account(server, connections=1) as address:
        engine = open_engine(address, scoped=True)
        app = Flask("streaming")

        @app.get("/")
        def stream() -> Iterator[str]:
            with engine.connect() as connection:
                for _ in range(9):
                    yield str(connection.scalar(_OWN))

        connections.init_app(app, Store(engine, ADDRESSES))
        with app.test_client().get("/") as answer:
            assert next(iter(answer.response))
        assert still_open(server) == 0


def test_request_when_its_body_is_a_file_then_it_is_left_as_it_is_without_connection(
    server: URL, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"pixels")
    with account(server, connections=1) as address:
        engine = open_engine(address, scoped=True)
        app = Flask("sending")

        @app.get("/")
        def send() -> Response:
            assert own(engine)
            return send_file(picture)

        connections.init_app(app, Store(engine, ADDRESSES))
        environ = EnvironBuilder(path="/").get_environ()
        environ["wsgi.file_wrapper"] = FileWrapper  # as of gunicorn
        body = app.wsgi_app(environ, lambda *_: lambda _: None)
        assert type(body) is FileWrapper  # which gunicorn sends by sendfile(2)
        assert still_open(server) == 0  # however long its reader takes
        assert b"".join(body) == b"pixels"
        body.close()


def test_request_when_the_server_ended_its_connection_then_has_another(
    server: URL,
) -> None:
    engine, other = open_engine(server, scoped=True), open_engine(server)
    pool = engine.pool
    assert isinstance(pool, ScopedPool)
    scope = pool.open_scope()
    ended = own(engine)
    with other.connect() as connection:
        connection.execute(text(f"KILL {ended}"))
    assert own(engine) != ended
    scope.close()
