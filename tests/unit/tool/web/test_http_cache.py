"""The cache of responses: what is stored, for whom, and until when."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from errno import ENOSPC

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from tool.app.services import EXTENSION
from tool.app.web import body_file, http_cache
from tool.app.web.http_cache import FRESHNESS, LONGEST
from tool.app.web.stored_response import Freshness
from tool.app.web.visitor import COOKIE

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
LONG = "many words " * 100
ZIPPED = {"Accept-Encoding": "br, gzip"}


class Versions:
    """Fake of the store's versions."""

    def __init__(self) -> None:
        self.feed, self.page = "f1", "p1"

    def feeds(self) -> str:
        return self.feed

    def pages(self) -> str:
        return self.page


class Store:
    def __init__(self) -> None:
        self.versions = Versions()


class Served:
    """An application that counts how often it answers, and its services."""

    def __init__(self) -> None:
        self.now, self.store = NOW, Store()
        self.made = 0
        self.text: Callable[[], str] = lambda: LONG
        self.pieces: Iterable[bytes] | None = None
        app = Flask(__name__)
        app.extensions[EXTENSION] = self

        def answer(is_page: bool, version: str) -> Response:  # noqa: FBT001
            self.made += 1
            body = self.pieces or f"{self.made} {self.text()}"
            response = Response(body, mimetype="text/html")
            fresh = Freshness(version, self.now, NOW + timedelta(minutes=15), is_page)
            request.environ[FRESHNESS] = fresh
            if self.pieces is None:
                response.add_etag()
                response.make_conditional(request)
            return response

        @app.get("/feed")
        def feed() -> Response:
            return answer(False, self.store.versions.feed)

        @app.get("/page")
        def page() -> Response:
            return answer(True, self.store.versions.page)

        @app.get("/cookie")
        def cookie() -> Response:
            response = answer(True, self.store.versions.page)
            response.set_cookie("other", "x")
            return response

        http_cache.init_app(app, "zone")
        self.app = app
        self.client = self.new_client()

    def new_client(self, cookie: str = "") -> FlaskClient:
        """A client with a cookie of this name at most."""
        client = self.app.test_client()
        if cookie:
            client.set_cookie(cookie, "value")
        return client

    def clock(self) -> datetime:
        return self.now

    def get(self, path: str, client: FlaskClient | None = None, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return (client or self.client).get(path, headers=named).text


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.mark.parametrize("path", ["/feed", "/page", "/page?a=b"])
def test_response_when_it_is_fresh_then_the_application_is_not_asked(
    served: Served, path: str
) -> None:
    assert served.get(path) == served.get(path)
    assert served.made == 1


def test_response_when_its_own_version_changes_then_it_is_made_anew(
    served: Served,
) -> None:
    served.get("/feed"), served.get("/page")
    served.store.versions.page = "p2"
    assert served.get("/feed").startswith("1 ")
    assert served.get("/page").startswith("3 ")
    served.store.versions.feed = "f2"
    assert served.get("/feed").startswith("4 ")


def test_response_when_its_time_is_over_then_it_is_made_anew(served: Served) -> None:
    served.get("/page")
    served.now = NOW + timedelta(minutes=15)
    assert served.get("/page").startswith("2 ")


def test_response_when_the_clock_is_set_back_then_it_is_made_anew(
    served: Served,
) -> None:
    served.get("/feed")
    served.now -= timedelta(hours=1)
    assert served.get("/feed").startswith("2 ")
    assert served.get("/feed").startswith("2 ")


def test_responses_when_many_are_small_then_what_is_beside_them_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http_cache, "SIZE", 2**17)
    served = Served()
    served.text = lambda: "short"
    addresses = [f"/page?{number}{'x' * 3000}" for number in range(100)]
    for address in addresses:
        served.get(address)
    served.get(addresses[-1])
    assert served.made == 100
    served.get(addresses[50])  # would be there, if only the text had a size
    assert served.made == 101


def test_page_when_a_cookie_is_no_choice_then_it_is_that_of_readers_without(
    served: Served,
) -> None:
    served.get("/page")
    client = served.new_client()
    client.set_cookie("zone", "x" * 100)
    assert served.get("/page", client).startswith("1 ")


@pytest.mark.parametrize("languages", ["en, fr;q=0.5", "EN, fr;q=0.1, de;q=0"])
def test_page_when_readers_mean_the_same_languages_then_they_have_the_same(
    served: Served, languages: str
) -> None:
    served.get("/page", Accept_Language="en,fr")
    assert served.get("/page", Accept_Language=languages).startswith("1 ")


def test_page_when_readers_differ_then_each_has_their_own(served: Served) -> None:
    assert served.get("/page").startswith("1 ")
    assert served.get("/page", Accept_Language="ar").startswith("2 ")
    assert served.get("/page", served.new_client("zone")).startswith("3 ")
    assert served.get("/page", served.new_client("unknown")).startswith("1 ")


def test_feed_when_readers_differ_then_all_have_the_same(served: Served) -> None:
    signed_in = served.new_client(COOKIE)
    assert served.get("/feed") == served.get("/feed", signed_in, Accept_Language="ar")


def test_page_when_the_reader_has_a_session_then_it_is_neither_stored_nor_found(
    served: Served,
) -> None:
    signed_in = served.new_client(COOKIE)
    served.get("/page", signed_in)
    assert served.get("/page").startswith("2 ")
    assert served.get("/page", signed_in).startswith("3 ")


def test_response_when_it_sets_a_cookie_then_it_is_not_stored(served: Served) -> None:
    served.get("/cookie", served.new_client())
    assert served.get("/cookie", served.new_client()).startswith("2 ")


def test_response_when_the_method_is_post_then_the_application_is_asked(
    served: Served,
) -> None:
    served.get("/page")
    assert served.client.post("/page").status_code == 405


def test_response_when_the_reader_has_it_then_it_is_not_sent_again(
    served: Served,
) -> None:
    first = served.client.get("/page")
    again = served.client.get("/page", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Type" not in again.headers
    assert served.client.get("/page", headers={"If-None-Match": '"x"'}).text
    assert served.made == 1


def test_response_when_the_application_says_304_then_the_cache_says_it_next(
    served: Served,
) -> None:
    tag = served.client.get("/feed").headers["ETag"]
    served.store.versions.feed = "f2"
    served.text = lambda: LONG
    served.made = 0  # so that the body is the same
    for _ in range(2):
        same = served.client.get("/feed", headers={"If-None-Match": tag})
        assert same.status_code == 304
    assert served.made == 1
    assert served.get("/feed").startswith("2 ")  # whose body nobody had stored


def test_response_when_the_reader_takes_gzip_then_it_is_compressed(
    served: Served,
) -> None:
    plain = served.client.get("/page")
    zipped = served.client.get("/page", headers=ZIPPED)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert int(zipped.headers["Content-Length"]) == len(zipped.data) < len(plain.data)
    assert zipped.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert "Accept-Encoding" in plain.headers["Vary"]
    known = served.client.get(
        "/page", headers={"If-None-Match": zipped.headers["ETag"]}
    )
    assert known.status_code == 304


@pytest.mark.parametrize("refused", ["gzip;q=0", "br, gzip; q=0.0", "x"])
def test_response_when_the_reader_refuses_gzip_then_it_is_plain(
    served: Served, refused: str
) -> None:
    served.client.get("/page", headers=ZIPPED)
    plain = served.client.get("/page", headers={"Accept-Encoding": refused})
    assert "Content-Encoding" not in plain.headers
    assert plain.text.startswith("1 ")


def test_response_when_only_its_head_is_wanted_then_it_has_the_same_headers(
    served: Served,
) -> None:
    whole = served.client.get("/page")
    head = served.client.head("/page")
    assert head.data == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def long(octets: int, read: list[int]) -> Iterator[bytes]:
    """A body in pieces of 128 KiB that notes how many were asked for."""
    for number in range(octets // 2**17):
        read.append(number)
        yield bytes([65 + number % 26]) * 2**17


def test_response_when_it_is_long_then_it_is_sent_in_pieces_at_first(
    served: Served,
) -> None:
    read: list[int] = []
    served.pieces = long(2 * LONGEST, read)
    sent = served.client.get("/feed")
    assert len(read) == 3  # of which the cache has seen enough
    assert len(sent.data) == 2 * LONGEST
    served.pieces = None
    assert served.get("/feed").startswith("2 ")


def test_response_when_it_is_long_and_asked_for_again_then_it_is_sent_from_a_file(
    served: Served,
) -> None:
    for _ in range(2):
        served.pieces = long(2 * LONGEST, [])
        first = served.client.get("/feed", buffered=True)
    again = served.client.get("/feed", buffered=True)
    zipped = served.client.get("/feed", headers=ZIPPED, buffered=True)
    assert served.made == 2
    assert again.data == first.data == gzip.decompress(zipped.data)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) == len(zipped.data)
    assert again.headers["Content-Length"] == f"{2 * LONGEST}"
    assert served.client.head("/feed").data == b""
    served.store.versions.feed = "f2"
    served.pieces = long(2 * LONGEST, [])
    served.get("/feed")
    assert served.made == 3


def full(**_: object) -> None:
    raise OSError(ENOSPC, "No space left on device")


def test_response_when_it_is_long_and_the_disk_is_full_then_it_is_sent_all_the_same(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_file, "NamedTemporaryFile", full)
    served.pieces = list(long(2 * LONGEST, []))
    whole = b"".join(served.pieces)
    for _ in range(2):
        sent = served.client.get("/feed", headers=ZIPPED, buffered=True)
        assert (sent.status_code, sent.data) == (200, whole)
    head = served.client.head("/feed", headers=ZIPPED)
    assert (head.status_code, head.data) == (200, b"")


def test_response_when_the_disk_is_full_before_it_is_zipped_then_it_is_sent_plain(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.pieces = list(long(2 * LONGEST, []))
    for _ in range(2):
        plain = served.client.get("/feed", buffered=True)
    monkeypatch.setattr(body_file, "NamedTemporaryFile", full)
    sent = served.client.get("/feed", headers=ZIPPED, buffered=True)
    assert (sent.status_code, sent.data) == (200, plain.data)
    assert "Content-Encoding" not in sent.headers
    served.store.versions.feed, served.pieces = "f2", None
    served.get("/feed")  # which ends the file


def test_response_when_its_reader_names_a_time_beside_a_tag_then_the_tag_counts(
    served: Served,
) -> None:
    served.get("/feed")
    time = {"If-Modified-Since": "Sun, 29 Nov 2026 10:00:00 GMT"}
    served.client.get("/feed", headers={**time, "If-None-Match": '"old"'})
    assert served.made == 1
    served.client.get("/feed", headers=time)
    assert served.made == 2


def test_response_when_a_piece_fails_then_the_body_is_closed(served: Served) -> None:
    closed: list[bool] = []

    class Failing:
        def __iter__(self) -> Iterator[bytes]:
            yield b"a"
            raise OSError("gone")

        def close(self) -> None:
            closed.append(True)

    served.pieces = Failing()
    with pytest.raises(OSError, match="gone"):
        served.client.get("/feed")
    assert closed == [True]


@pytest.mark.parametrize("path", ["/feed", "/page"])
def test_response_when_two_ask_at_once_then_it_is_made_once(
    served: Served, path: str
) -> None:
    with ThreadPoolExecutor() as pool:
        others: list[Future[str]] = []

        def text() -> str:
            others.append(pool.submit(served.get, path, served.new_client()))
            return LONG

        served.text = text
        first = served.get(path)
        assert [other.result() for other in others] == [first]
    assert served.made == 1
