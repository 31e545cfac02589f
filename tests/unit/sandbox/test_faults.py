"""The fault proxy before a wiki that only notes what it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server
from werkzeug.wrappers import Request

from sandbox.faults import AFTER_ACTING, ALL, REFUSED, STATUSES, Concern, FaultProxy
from sandbox.faults.asked import asked_request
from sandbox.faults.broken import EMPTY, RESET, SLOW
from sandbox.faults.refused import BAD_TOKEN
from sandbox.place import HOST

EDIT = {"action": "edit", "title": "A"}
SENT = '--x\r\nContent-Disposition: form-data; name="action"\r\n\r\nedit\r\n--x--\r\n'


@dataclass
class Noting:
    """A wiki that answers `{}`, and what it was asked."""

    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.asked.append(Request(environ).values.get("action", ""))
        start("200 OK", [("Content-Type", "application/json")])
        return [b"{}"]


@pytest.fixture(scope="module")
def wiki() -> Iterator[tuple[Noting, str]]:
    noting = Noting()
    server = make_server(HOST, 0, noting)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield noting, f"http://{HOST}:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def serving(wiki: tuple[Noting, str]) -> Iterator[FaultProxy]:
    with FaultProxy(wiki[1], delay=0.01).serving() as proxy:
        yield proxy


@pytest.fixture
def proxy(serving: FaultProxy, wiki: tuple[Noting, str]) -> FaultProxy:
    serving.heal()
    serving.asked.clear()
    wiki[0].asked.clear()
    return serving


def ask(proxy: FaultProxy, **params: str) -> requests.Response:
    return requests.get(f"{proxy.url}/w/api.php", params, timeout=10)


def edit(proxy: FaultProxy) -> requests.Response:
    return requests.post(f"{proxy.url}/w/api.php", EDIT, timeout=10)


def test_proxy_when_a_rule_is_of_edits_then_the_chosen_ones_fail(
    proxy: FaultProxy,
) -> None:
    proxy.fail(BAD_TOKEN, Concern.EDIT, skip=1, times=1)
    answers = [edit(proxy).json() for _ in range(3)]
    assert ask(proxy, action="query", meta="userinfo|tokens").json() == {}
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        None,
        "badtoken",
        None,
    ]
    assert (proxy.count(Concern.EDIT), proxy.count(Concern.TOKEN)) == (3, 1)


def test_proxy_when_a_rule_has_a_condition_then_only_those_fail(
    proxy: FaultProxy,
) -> None:
    proxy.fail(EMPTY, where=lambda request: request.params.get("titles") == "B")
    assert ask(proxy, action="query", titles="A").json() == {}
    assert ask(proxy, action="query", titles="B").content == b""


def test_proxy_when_the_answer_is_lost_then_the_wiki_has_acted(
    proxy: FaultProxy, wiki: tuple[Noting, str]
) -> None:
    proxy.fault = RESET
    with pytest.raises(requests.ConnectionError):
        edit(proxy)
    assert wiki[0].asked == []
    proxy.fault = RESET.after_acting()
    with pytest.raises(requests.ConnectionError):
        edit(proxy)
    assert wiki[0].asked == ["edit"]


@pytest.mark.parametrize("fault", [*STATUSES, *REFUSED, SLOW], ids=str)
def test_proxy_when_it_answers_then_the_answer_is_whole(
    proxy: FaultProxy, fault: Any
) -> None:
    proxy.fault = fault
    answer = edit(proxy)
    assert fault not in STATUSES or str(answer.status_code) == fault.name
    if fault in REFUSED:
        assert {"error", "edit"} & set(answer.json())


def test_proxy_when_it_leaves_then_connections_are_refused_until_it_is_back(
    proxy: FaultProxy,
) -> None:
    proxy.leave()
    with pytest.raises(requests.ConnectionError, match="refused"):
        edit(proxy)
    proxy.come_back()
    assert edit(proxy).json() == {}


def test_faults_have_names_of_their_own() -> None:
    assert len(ALL) == len({fault.name for fault in ALL.values()})
    assert {fault.name for fault in AFTER_ACTING} <= set(ALL)


@pytest.mark.parametrize(
    ("address", "concern"),
    [
        ("/w/api.php?action=edit", Concern.EDIT),
        ("/w/api.php?action=query&meta=tokens", Concern.TOKEN),
        ("/w/api.php?action=login", Concern.SIGN_IN),
        ("/w/rest.php/oauth2/access_token", Concern.SIGN_IN),
        ("/w/api.php?action=parse", Concern.READ),
        ("/w/api.php", Concern.READ),
        ("/w/index.php?action=edit", Concern.PAGE),
    ],
)
def test_asked_request_is_about_its_action(address: str, concern: Concern) -> None:
    assert asked_request("GET", address, "", b"").concern is concern


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-8", "action=edit"),
        ("multipart/form-data; boundary=x", SENT),
    ],
)
def test_asked_request_when_it_is_a_form_then_has_its_fields(
    content_type: str, body: str
) -> None:
    request = asked_request("POST", "/w/api.php", content_type, body.encode())
    assert request.params == {"action": "edit"}
