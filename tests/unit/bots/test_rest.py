"""Asking a wiki's REST interface: as a stranger, in turn, and not for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bots.rest import ATTEMPTS, LONGEST_WAIT, PER_MINUTE, RestReader
from space.errors import WikiUnavailableError
from space.sources.source import SourceAnswer

OK = (200, dict[str, str]())


@contextmanager
def serving(
    answers: list[tuple[int, dict[str, str]]],
) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these answers one after the other, then the last again."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers = answers[min(len(seen), len(answers) - 1)]
            seen.append(f"{self.path} {self.headers.get('Cookie')}")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/w/api.php", seen
    finally:
        server.shutdown()
        server.server_close()


class Time:
    """A clock that moves only while somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def reader(url: str, time: Time) -> RestReader:
    made = RestReader.of(url, "Space tests")
    made.wait, made.clock = time.wait, lambda: time.now
    return made


def test_requests_when_many_are_made_keep_to_their_number_a_minute() -> None:
    time = Time()
    with serving([OK]) as (url, seen):
        asking = reader(url, time)
        for number in range(PER_MINUTE + 1):
            assert asking.ask(f"x/{number}") == SourceAnswer(200, b"{}")
    assert time.now - 100 >= 60
    assert seen[0] == "/w/rest.php/x/0 None"


def test_request_when_its_path_has_an_escaped_slash_sends_it_so() -> None:
    with serving([OK]) as (url, seen):
        asking = reader(url, Time())
        asking.url = url.removesuffix("/w/api.php") + "/api/rest_v1"
        asking.ask("user/Space%2FBlog%2FA_b%3F/daily")
    assert seen == ["/api/rest_v1/user/Space%2FBlog%2FA_b%3F/daily None"]


def test_request_when_asked_to_come_later_waits_as_long_and_gives_up_in_the_end() -> (
    None
):
    time = Time()
    with serving([(429, {"Retry-After": "7"}), OK]) as (url, _):
        assert reader(url, time).ask("x").status == 200
    assert 7 in time.waits
    time = Time()
    with serving([(503, {"Retry-After": "99999"})]) as (url, seen):
        asking = reader(url, time)
        with pytest.raises(WikiUnavailableError):
            asking.ask("x")
    assert len(seen) == ATTEMPTS
    assert max(time.waits) <= LONGEST_WAIT


@pytest.mark.parametrize("status", [404, 500])
def test_answer_when_it_is_an_error_is_for_the_source(status: int) -> None:
    with serving([(status, {})]) as (url, seen):
        assert reader(url, Time()).ask("x").status == status
    assert len(seen) == 1


def test_redirect_when_answered_is_not_followed() -> None:
    with serving([(302, {"Location": "http://127.0.0.1:1/"})]) as (url, seen):
        assert reader(url, Time()).ask("x").status == 302
    assert len(seen) == 1


def test_request_when_nobody_listens_is_trouble() -> None:
    with pytest.raises(WikiUnavailableError):
        reader("http://127.0.0.1:1/w/api.php", Time()).ask("x")
