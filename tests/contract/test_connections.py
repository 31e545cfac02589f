"""How many connections the web tool has to a real MariaDB server."""

import pytest
from flask import Flask
from sqlalchemy import URL, Engine, QueuePool, text

from space.store import Store, open_engine
from tests.support.publications import ADDRESSES
from tool.app import connections

pytestmark = pytest.mark.mariadb
_OWN = text("SELECT connection_id()")
_ALL = text(
    "SELECT id FROM information_schema.processlist WHERE user <> 'event_scheduler'"
)


def own(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(_OWN) or 0)


def test_request_when_it_asks_often_then_has_one_connection_and_leaves_none(
    server: URL,
) -> None:
    engine = open_engine(server, waits=True)
    assert isinstance(engine.pool, QueuePool)
    app, seen, waiting = Flask("asking"), [], []

    @app.get("/")
    def ask() -> str:
        seen.append({own(engine) for _ in range(3)})
        waiting.append(engine.pool.checkedin())
        return "answered"

    connections.init_app(app, Store(engine, ADDRESSES))
    client = app.test_client()
    for _ in range(2):
        with client.get("/") as answer:
            assert answer.text == "answered"
        waiting.append(engine.pool.checkedin())
    first, second = seen
    assert (len(first), len(second), len(first | second)) == (1, 1, 2)
    assert waiting == [1, 0, 1, 0]


def test_request_when_the_server_ended_its_connection_then_has_another(
    server: URL,
) -> None:
    engine, other = open_engine(server, waits=True), open_engine(server)
    ended = own(engine)
    with other.connect() as connection:
        connection.execute(text(f"KILL {ended}"))
    assert own(engine) != ended
    engine.dispose()
