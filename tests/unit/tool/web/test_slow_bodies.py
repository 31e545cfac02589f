"""A real server on this machine while bodies of requests trickle in."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from select import select
from threading import Event, Thread

import pytest
import requests

from sandbox.place import HOST
from space.store import Store, open_engine
from tests.support.feeds.publications import ADDRESSES, TODAY
from tool.app.web.slow_bodies import SLOW, SlowBodies

ROOT = Path(__file__).parents[4]
PATIENCE = 20.0  # seconds after which the test gives up; nothing is to take so long
START = 120.0  # seconds in which the server has to start, on a busy machine
PAUSE = 0.05  # seconds between two octets of a body
BODIES = 8
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the tool on gunicorn: one process, with its usual threads."""
    database = f"sqlite:///{tmp_path_factory.mktemp('db') / 'tool.sqlite'}"
    engine = open_engine(database)
    Store(engine, ADDRESSES).prepare("key", TODAY)
    engine.dispose()
    with closing(socket.create_server((HOST, 0))) as listener:
        port = listener.getsockname()[1]
        environment = os.environ | {
            "SPACE_WIKI_URL": f"http://{HOST}:9/w/api.php",
            "SPACE_ROOT": "Space",
            "SPACE_DATABASE_URL": database,
            "SPACE_PUBLIC_URL": f"http://{HOST}:{port}",
            "SPACE_SECRET_KEY": "k" * 32,
            "SPACE_OAUTH_CLIENT_ID": "id",
            "SPACE_OAUTH_CLIENT_SECRET": "secret",
        }
        command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--bind"]
        process = subprocess.Popen(
            [*command, f"fd://{listener.fileno()}", "tool.wsgi:application()"],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            requests.get(f"http://{HOST}:{port}/healthz", timeout=START)
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)  # at once
            process.wait(PATIENCE)


@contextmanager
def trickling(port: int, path: str, length: int) -> Iterator[None]:
    """Requests whose bodies come an octet at a time, and never to their end."""
    over = Event()

    def trickle(connection: socket.socket) -> None:
        try:
            while not over.wait(PAUSE):
                connection.sendall(b"a")
        except OSError:
            return  # the server hung up

    with ExitStack() as stack:
        threads = []
        for _ in range(BODIES):
            connection = socket.create_connection((HOST, port), PATIENCE)
            stack.enter_context(connection)
            connection.sendall(HEAD.format(path=path, length=length).encode())
            threads.append(Thread(target=trickle, args=(connection,)))
            threads[-1].start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join(PATIENCE)


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("/write/event", 100_000),  # read as a form
        ("/lookup/pasted", 100_000),  # refused without a session, so not read
        ("/write/event", 100_000_000),  # refused by its length
        ("/nowhere", 100_000),
    ],
)
def test_health_when_bodies_trickle_in_then_is_told_before_any_is_there(
    server: int, path: str, length: int
) -> None:
    with trickling(server, path, length):
        answer = requests.get(f"http://{HOST}:{server}/healthz", timeout=PATIENCE)
        assert answer.text == "ok"


def test_form_when_it_arrives_at_once_then_is_answered_while_others_trickle(
    server: int,
) -> None:
    with trickling(server, "/write/event", 100_000):
        answer = requests.post(
            f"http://{HOST}:{server}/write/event",
            data={"title": "Tea", "body": "x" * 50_000},
            timeout=PATIENCE,
        )
        assert "please save again" in answer.text
        assert 'value="Tea"' in answer.text


def test_bodies_when_more_are_slow_than_there_are_slots_then_one_is_cut_off() -> None:
    bodies = SlowBodies()
    connections: list[socket.socket] = []
    were_cut_off: list[Callable[[], bool]] = []
    with ExitStack() as stack:
        for _ in range(SLOW + 1):
            ours, theirs = map(stack.enter_context, socket.socketpair())
            were_cut_off.append(stack.enter_context(bodies.arriving(ours)))
            theirs.sendall(b"a")
            assert ours.recv(1) == b"a"
            connections.append(ours)
        (ended,), *_ = select(connections, [], [], PATIENCE)
        assert ended.recv(1) == b""
        assert [was_cut_off() for was_cut_off in were_cut_off] == [
            connection is ended for connection in connections
        ]


def test_body_when_it_is_there_in_time_then_its_connection_stays_open() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with SlowBodies().arriving(ours) as was_cut_off:
            theirs.sendall(b"a")
            assert ours.recv(1) == b"a"
        assert not was_cut_off()
        theirs.sendall(b"b")
        assert ours.recv(1) == b"b"
