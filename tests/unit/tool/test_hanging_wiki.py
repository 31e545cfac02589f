"""The tool beside a wiki that hangs, drips, lies or fails: what is stored is served.

Requests run as in a process of gunicorn: by as many threads as it has, in the order in
which they come.
"""

import json
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from statistics import median
from threading import Thread
from time import monotonic, time
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from sandbox.faults import ALL, BROKEN, Fault, FaultProxy
from sandbox.faults.broken import HTML, NONE, REDIRECT, RESET, SILENT
from sandbox.place import HOST
from space.settings.environment import ToolConfig
from space.store.keys import SITE
from space.store.store import Store
from space.store.tables.toolsdb import open_database
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.feeds.publications import (
    ADDRESSES,
    NOW,
    TODAY,
    event,
    post,
    record,
)
from tests.support.tool.app import CONFIG, Silent
from tests.support.tool.event_form import EVENT
from tool.app.factory import create_app
from tool.app.services import EXTENSION, Services
from tool.app.web.visitor import COOKIE, CSRF_FIELD
from tool.signin.sessions import Session
from tool.upstream.call_limits import WAITERS
from tool.wsgi import build, warm_up

LONG = 30  # seconds
THREADS = 2 * WAITERS
LISTS = ("/events", "/feeds/events.ics", "/blog", "/feeds/posts.atom", "/healthz")
PAGES = (
    *LISTS,
    "/",
    "/calendar",
    "/map",
    "/discuss",
    "/review",
    "/status",
    "/subscribe",
)
BODIES = ("/events/12", "/blog/13")
NEEDY = ("/review/12", "/edit/12") * 4
SERVER_ERROR = ALL["500"]
FAULTS = (*BROKEN, SERVER_ERROR)


@dataclass
class Process:
    """A process of the tool that has just started, before a wiki that fails."""

    app: Flask
    proxy: FaultProxy
    services: Services

    def get(self, path: str) -> TestResponse:
        return self.app.test_client().get(
            path, base_url=CONFIG.public_url, follow_redirects=True
        )

    def save_event(self) -> TestResponse:
        """The response to the form of an event, sent by Olu."""
        session = Session(user="Olu")
        token = {"access_token": "a", "expires_at": time() + 3600}
        self.services.wiki_pool._executor = Silent()  # for what readers see besides
        client = self.app.test_client()
        key = self.services.sessions.add(session, token)
        client.set_cookie(COOKIE, key, domain="space.example.org", secure=True)
        fields = EVENT | {CSRF_FIELD: session.csrf}
        return client.post("/write/event", data=fields, base_url=CONFIG.public_url)

    def lists(self, threads: Executor, rounds: int) -> list[float]:
        """The seconds of each list, from when it is asked for; one after the other."""
        seconds: list[float] = []
        for path in LISTS * rounds:
            begun = monotonic()
            assert threads.submit(self.get, path).result().status_code == 200
            seconds.append(monotonic() - begun)
        return seconds


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultProxy]:
    with FaultProxy(f"http://{HOST}:9", drip=0.1).serving() as proxy:
        yield proxy


@pytest.fixture(scope="module")
def app(
    proxy: FaultProxy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, ToolConfig]]:
    """An application over stored events and posts, none of which is rendered."""
    api = f"{proxy.url}/w/api.php"
    database = f"sqlite:///{tmp_path_factory.mktemp('hanging') / 'space.sqlite'}"
    config = replace(
        CONFIG,
        wiki_url=api,
        commons_url=api,
        wikidata_url=api,
        database_url=database,
        wiki_seconds=LONG,
    )
    store = Store(open_database(database, scoped=True), ADDRESSES)
    store.prepare("key", TODAY)
    store.put(
        record(event(12, title="Tea walk", summary="Tea at four.", image="Tea.jpg")),
        record(post(13, title="What we learned", summary="Tea is hot.")),
    )
    store.set_checkpoint(NOW)
    store.set_value(SITE, MemoryWiki().site())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        yield create_app(build(config)), config


def started(
    app: tuple[Flask, ToolConfig], proxy: FaultProxy, seconds: int = LONG
) -> Process:
    """A process with a deadline."""
    application, config = app
    services = build(replace(config, wiki_seconds=seconds))
    application.extensions[EXTENSION] = services
    proxy.asked.clear()
    return Process(application, proxy, services)


@pytest.fixture
def process(app: tuple[Flask, ToolConfig], proxy: FaultProxy) -> Process:
    return started(app, proxy)


@pytest.fixture
def hasty(app: tuple[Flask, ToolConfig], proxy: FaultProxy) -> Process:
    """A process whose deadline is soon over."""
    return started(app, proxy, 1)


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.hangs], ids=str)
def test_pages_when_a_process_has_just_started_then_none_waits_for_the_wiki(
    process: Process, fault: Fault
) -> None:
    process.proxy.fault = fault
    warm_up(process.services)
    for path in (*PAGES, *BODIES):
        assert process.get(path).status_code == 200, path
    asked = process.services.wiki_pool.asked
    process.proxy.fault = RESET
    process.proxy.let_go()
    # Nothing was answered meanwhile, so nobody can have waited for it.
    assert len(asked) == len(BODIES) + 1


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_lists_when_others_wait_for_the_wiki_then_are_served_as_ever(
    process: Process, fault: Fault
) -> None:
    process.proxy.fault = fault
    with ThreadPoolExecutor(THREADS) as threads:
        alone = process.lists(threads, 3)
        needy = [threads.submit(process.get, path) for path in NEEDY]
        beside = process.lists(threads, 10)
        waiting = [request for request in needy if not request.done()]
        process.proxy.fault = RESET  # reading is tried a second time
        process.proxy.let_go()
    # The lists did not wait until others had stopped to wait.
    if fault.hangs:
        assert len(waiting) == WAITERS
    assert median(beside) <= 2 * max(alone)
    for request in needy:
        assert request.result().status_code == 503
        assert "Retry-After" in request.result().headers


@pytest.mark.parametrize("fault", [SILENT, SERVER_ERROR, HTML, REDIRECT])
def test_page_when_the_wiki_fails_then_shows_what_is_stored(
    hasty: Process, fault: Fault
) -> None:
    hasty.proxy.fault = fault
    for path, summary in (("/events/12", "Tea at four."), ("/blog/13", "Tea is hot.")):
        response = hasty.get(path)
        assert response.status_code == 200
        assert summary in response.text
        assert "the text is missing here" in response.text


@pytest.fixture
def wiki(proxy: FaultProxy) -> Iterator[list[str]]:
    """A wiki behind the proxy that knows Olu and takes no edit; what it was asked."""
    asked: list[str] = []
    me = {"id": 7, "name": "Olu", "groups": ["user"], "rights": ["edit"]}
    answer = {"query": {"userinfo": me, "tokens": {"csrftoken": "t"}}}

    def answer_and_fall_silent(_: object, start: Any) -> list[bytes]:
        asked.append("question")
        proxy.fault = SILENT
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    server = make_server(HOST, 0, answer_and_fall_silent)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    before, proxy.target = proxy.target, urlsplit(f"http://{HOST}:{server.port}")
    yield asked
    proxy.target = before
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            NONE,
            "we do not know whether your text was saved",
        ),  # silent to the edit
        (SILENT, "so nothing was saved"),  # silent to the question before it
    ],
)
def test_save_when_the_deadline_strikes_then_the_text_is_kept(
    hasty: Process, wiki: list[str], fault: Fault, words: str
) -> None:
    hasty.proxy.fault = fault
    hasty.proxy.asked.clear()
    response = hasty.save_event()
    assert response.status_code == 409
    assert words in response.text
    assert "Tea at four." in response.text
    assert hasty.proxy.count() == (2 if fault is NONE else 1)
    assert len(wiki) == hasty.proxy.count() - 1


def test_save_when_too_many_wait_then_the_text_is_kept(process: Process) -> None:
    process.proxy.asked.clear()
    for _ in range(WAITERS):
        assert process.services.tokens.bounds._slots.acquire(blocking=False)
    response = process.save_event()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Tea at four." in response.text
    assert process.proxy.count() == 0
