"""Calendars of strangers' servers: what is fetched, and what keeps it from being."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from urllib3.connection import HTTPConnection, HTTPSConnection

from bots.calendar_reader import connect_securely, is_public
from space.bounds import BOUNDS
from space.sources.ics_calendar import REFUSED, CalendarState
from space.sources.source import SourceUnreadableError
from tests.support.bots.calendar_server import (
    CALENDAR,
    FEED,
    HOST,
    PUBLIC,
    Answer,
    CalendarServer,
    serving_calendars,
)
from tests.support.wiki.certificate import certificate

FEW = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NOTHING = CalendarState()


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with serving_calendars() as server:
        yield server


def trouble(server: CalendarServer, *hosts: str, url: str = FEED) -> str:
    with pytest.raises(SourceUnreadableError) as raised:
        server.reader(*hosts).fetch(url, NOTHING)
    return str(raised.value)


def test_calendar_when_fetched_is_asked_for_at_the_address_that_was_checked(
    server: CalendarServer,
) -> None:
    server.put(FEW, path="/feed.ics?key=1", ETag='"1"', Last_Modified="Sun, 29 Nov")

    answer = server.reader().fetch(f"{FEED}?key=1#part", NOTHING)

    assert (answer.data, answer.etag, answer.modified) == (FEW, '"1"', "Sun, 29 Nov")
    assert server.connected == [(HOST, PUBLIC)]
    path, headers = server.asked[0]
    assert path == "/feed.ics?key=1"
    assert headers["Host"] == HOST
    assert headers["User-Agent"] == "Space tests"
    assert "Cookie" not in headers


def test_calendar_when_asked_again_is_sent_only_if_it_changed(
    server: CalendarServer,
) -> None:
    server.answers["/feed.ics"] = Answer(304)
    known = CalendarState('"1"', "Sun, 29 Nov")

    assert server.reader().fetch(FEED, known).data is None
    headers = server.asked[0][1]
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Sun, 29 Nov"
    assert trouble(server) == "status 304"


URLS = [
    "https://elsewhere.example/feed.ics",
    f"http://{HOST}/feed.ics",
    f"https://{HOST}:8443/feed.ics",
    f"https://root@{HOST}/feed.ics",
    f"https://{HOST}.evil.example/feed.ics",
    "https://127.0.0.1/feed.ics",
    "https://[::1]/feed.ics",
    "https://[",
]


def test_address_when_not_of_an_allowed_host_is_not_asked(
    server: CalendarServer,
) -> None:
    server.put(FEW)

    for url in URLS:
        assert trouble(server, url=url) == REFUSED
    assert not server.connected


INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
]


def test_host_when_at_an_address_inside_is_not_asked(
    server: CalendarServer,
) -> None:
    for address in INSIDE:
        assert not is_public(address), address
        server.addresses[HOST] = (PUBLIC, address)
        assert trouble(server) == "the host is not on the open internet"
    assert not server.connected


def test_host_when_it_has_public_addresses_is_asked_or_not_known(
    server: CalendarServer,
) -> None:
    assert is_public("2606:4700::1111")
    server.addresses = {}
    assert trouble(server) == "OSError"
    server.addresses = {HOST: ()}
    assert trouble(server) == "the host is not on the open internet"


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status, {"Location": to})


def test_redirects_when_allowed_are_followed_up_to_three(
    server: CalendarServer,
) -> None:
    server.addresses["new.example.org"] = (PUBLIC,)
    server.answers["/feed.ics"] = redirect("/2", 301)
    server.answers["/2"] = redirect("https://new.example.org/3", 307)
    server.answers["/3"] = redirect("4", 308)
    server.put(FEW, path="/4")

    answer = server.reader(HOST, "new.example.org").fetch(FEED, NOTHING)

    assert answer.data == FEW
    assert [host for host, _ in server.connected] == [HOST] * 2 + [
        "new.example.org"
    ] * 2
    server.answers["/4"] = redirect("/5")
    server.put(FEW, path="/5")
    assert trouble(server, HOST, "new.example.org") == "more than 3 redirects"


ELSEWHERE = [
    "http://127.0.0.1/secret",
    "https://127.0.0.1/secret",
    "https://localhost/secret",
    f"http://{HOST}/secret",
    f"https://{HOST}:22/secret",
    "https://inside.example.org/secret",
    "file:///etc/passwd",
    "//elsewhere.example/",
    "https://[",
]


def test_redirect_when_it_leads_elsewhere_is_not_followed(
    server: CalendarServer,
) -> None:
    server.addresses["inside.example.org"] = ("127.0.0.1",)
    server.put(FEW, path="/secret")
    told = set()
    for to in ELSEWHERE:
        server.answers["/feed.ics"] = redirect(to)
        told.add(trouble(server, HOST, "inside.example.org"))

    assert told == {
        "it redirects to a host that is not asked",
        "the host is not on the open internet",
        "ValueError",
    }
    assert {path for path, _ in server.asked} == {"/feed.ics"}


def big(size: int) -> bytes:
    return FEW + b" " * (size - len(FEW))


def test_calendar_when_as_long_as_may_be_is_taken_and_no_longer(
    server: CalendarServer,
) -> None:
    server.put(big(BOUNDS.upload))
    assert server.reader().fetch(FEED, NOTHING).data == big(BOUNDS.upload)
    server.put(big(BOUNDS.upload + 1))
    assert trouble(server) == "more than 512 KiB"
    server.put(gzip.compress(big(BOUNDS.upload)), Content_Encoding="gzip")
    assert server.reader().fetch(FEED, NOTHING).data == big(BOUNDS.upload)


def test_calendar_when_a_bomb_is_not_unpacked(server: CalendarServer) -> None:
    server.put(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    assert trouble(server) == "more than 512 KiB"


NO_CALENDARS = [
    (Answer(404), "status 404"),
    (Answer(410), "status 410"),
    (Answer(429, {"Retry-After": "9999"}), "status 429"),
    (Answer(500), "status 500"),
    (Answer(206, CALENDAR, (FEW,)), "status 206"),
    (
        Answer(200, {"Content-Type": "text/html"}, (b"<html>",)),
        "the answer is of another type",
    ),
    (Answer(200, {}, (FEW,)), "the answer is of another type"),
    (Answer(200, CALENDAR | {"Content-Length": "99"}, (FEW,)), "ProtocolError"),
    (
        Answer(200, CALENDAR | {"Content-Encoding": "br"}, (FEW,)),
        "the answer is compressed in another way",
    ),
    (
        Answer(200, CALENDAR | {"Content-Encoding": "gzip"}, (FEW,)),
        "the answer cannot be decompressed",
    ),
    (
        Answer(
            200,
            CALENDAR | {"Content-Encoding": "gzip"},
            (gzip.compress(FEW)[:-9],),
        ),
        "the answer is cut off",
    ),
    (redirect(""), "more than 3 redirects"),
]


def test_answer_when_no_calendar_is_not_taken(
    server: CalendarServer,
) -> None:
    for answer, told in NO_CALENDARS:
        server.answers["/feed.ics"] = answer
        assert trouble(server) == told


def test_calendar_when_it_drips_is_not_waited_for(server: CalendarServer) -> None:
    over = Event()
    dripping = Answer(200, CALENDAR, (b"B",) * 1000, lambda: over.wait(0.05))
    server.answers["/feed.ics"] = dripping

    with pytest.raises(SourceUnreadableError, match="TimeoutError"):
        server.reader(deadline=0.2).fetch(FEED, NOTHING)

    over.set()


def test_connection_when_made_is_to_the_address_with_the_name_of_the_host() -> None:
    made = connect_securely(HOST, PUBLIC)

    assert isinstance(made, HTTPSConnection)
    assert (made.host, made.port, made.server_hostname) == (PUBLIC, 443, HOST)
    assert made.cert_reqs == "CERT_REQUIRED"


def test_connection_when_the_certificate_is_of_another_host_is_not_used(
    tmp_path: Path,
) -> None:
    own = "127.0.0.1"
    file = certificate(tmp_path, own)
    with serving_calendars(file) as server:
        server.put(FEW)
        server.addresses = {HOST: (PUBLIC,), own: (PUBLIC,)}

        def connect(host: str, address: str) -> HTTPConnection:
            assert address == PUBLIC
            return connect_securely(host, own, server.port, str(file))

        reader = replace(server.reader(HOST, own), connect=connect)

        assert reader.fetch(f"https://{own}/feed.ics", NOTHING).data == FEW
        with pytest.raises(SourceUnreadableError, match="SSLCertVerificationError"):
            reader.fetch(FEED, NOTHING)
        assert len(server.asked) == 1
