"""Requests to a wiki that fails in every way, over real connections on loopback."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
import requests

from sandbox.faults import ALL, BROKEN, Fault, FaultProxy
from sandbox.faults.broken import (
    BOMB,
    DRIP_BODY,
    DRIP_HEADERS,
    HTML,
    HUGE,
    OTHER_OBJECT,
    REDIRECT,
    SILENT,
)
from sandbox.faults.refused import LAG, MAXLAG
from space.errors import NotSentError, WikiBusyError, WikiUnavailableError
from tests.support.wiki.certificate import certificate
from tool.upstream.adapter import MAX_BYTES, AnswerTooLongError, bounded
from tool.upstream.breaker import FAILURES
from tool.upstream.call_limits import CallLimits
from tool.upstream.deadline import within
from tool.wiki.client import MwclientTransport

DEADLINE = 0.3  # seconds
READ = {"action": "query", "meta": "siteinfo"}
SLOW = (SILENT, DRIP_HEADERS, DRIP_BODY)
SERVER_ERROR = ALL["500"]
FAULTS = (*(each for each in BROKEN if each is not OTHER_OBJECT), SERVER_ERROR)
"""That an object answers something else is for who asked to see (`checked`)."""


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultProxy]:
    with FaultProxy("http://127.0.0.1:9", drip=DEADLINE / 6).serving() as proxy:
        yield proxy


def session(bounds: CallLimits | None = None) -> requests.Session:
    return bounded(requests.Session(), bounds or CallLimits(), "Space tests")


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_call_when_the_wiki_fails_then_says_so_within_the_deadline(
    proxy: FaultProxy, fault: Fault, *, write: bool
) -> None:
    proxy.fault = fault
    proxy.asked.clear()
    transport = MwclientTransport(f"{proxy.url}/w/api.php", session())
    with within(DEADLINE if fault in SLOW else 60):
        start = monotonic()
        with pytest.raises(WikiUnavailableError) as raised:
            transport.call(READ, write=write)
        took = monotonic() - start
    if fault in SLOW:
        assert took < 10 * DEADLINE  # a drip alone goes on for hours
    if write:
        assert not isinstance(raised.value, NotSentError)
        assert proxy.count() == 1
    assert proxy.count() <= 2
    if fault is REDIRECT:
        assert proxy.count() == 1


@pytest.mark.parametrize("fault", [HUGE, BOMB])
def test_get_when_the_answer_is_huge_then_no_more_is_read_than_the_bound(
    proxy: FaultProxy, fault: Fault
) -> None:
    proxy.fault = fault
    with session() as pool, pytest.raises(AnswerTooLongError, match=str(MAX_BYTES)):
        pool.get(proxy.url)


def test_get_when_several_calls_share_a_deadline_then_later_ones_are_not_sent(
    proxy: FaultProxy,
) -> None:
    proxy.fault = DRIP_BODY
    proxy.asked.clear()
    with session() as pool, within(DEADLINE):
        with pytest.raises(requests.RequestException):
            pool.get(proxy.url)
        with pytest.raises(NotSentError):
            pool.get(proxy.url)
    assert proxy.count() == 1


def test_get_when_nobody_listens_then_nothing_was_sent() -> None:
    with session() as pool, pytest.raises(NotSentError):
        pool.get("http://127.0.0.1:9")


def test_get_when_a_host_failed_often_then_it_is_left_alone(proxy: FaultProxy) -> None:
    proxy.fault = SERVER_ERROR
    proxy.asked.clear()
    with session() as pool:
        for _ in range(FAILURES):
            assert pool.get(proxy.url).status_code == 500
        with pytest.raises(NotSentError):
            pool.get(proxy.url)
    assert proxy.count() == FAILURES


def test_get_when_a_host_had_no_time_then_its_silence_does_not_count(
    proxy: FaultProxy,
) -> None:
    proxy.fault = SILENT
    with session() as pool:
        for _ in range(FAILURES):
            with within(DEADLINE / 6), pytest.raises(requests.RequestException):
                pool.get(proxy.url)
        proxy.fault = HTML
        assert pool.get(proxy.url).ok


def test_get_when_too_many_wait_then_is_busy_at_once(proxy: FaultProxy) -> None:
    proxy.fault = HTML
    bounds = CallLimits(waiters=2)
    free, waiting = Event(), [Event(), Event()]

    def wait(started: Event) -> None:
        with bounds.waiting():
            started.set()
            free.wait()

    threads = [Thread(target=wait, args=(started,)) for started in waiting]
    for thread, started in zip(threads, waiting, strict=True):
        thread.start()
        started.wait()
    with session(bounds) as pool:
        with pytest.raises(WikiBusyError):
            pool.get(proxy.url)
        free.set()
        for thread in threads:
            thread.join()
        with bounds.waiting():  # a thread counts once
            assert pool.get(proxy.url).ok


def test_call_when_the_databases_lag_then_says_so_and_does_not_wait(
    proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("it waits"))
    proxy.fault = MAXLAG
    answer = MwclientTransport(f"{proxy.url}/w/api.php", session()).call(READ)
    assert answer["error"]["lag"] == LAG


@contextmanager
def over_tls(proxy: FaultProxy, folder: Path) -> Iterator[tuple[str, Path]]:
    """The proxy's address over TLS, and the certificate to trust."""
    chain = certificate(folder, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    with ExitStack() as stack:
        secure = FaultProxy("http://127.0.0.1:9", drip=proxy.drip, tls=context)
        stack.enter_context(secure.serving())
        secure.fault = proxy.fault
        yield secure.url, chain


@pytest.mark.parametrize("fault", SLOW)
def test_get_when_over_tls_then_ends_with_the_deadline(
    proxy: FaultProxy, tmp_path: Path, fault: Fault
) -> None:
    proxy.fault = fault
    with (
        over_tls(proxy, tmp_path) as (url, trusted),
        session() as pool,
        within(DEADLINE),
        pytest.raises(requests.RequestException) as raised,
    ):
        pool.get(url, verify=str(trusted))
    assert "timed out" in str(raised.value)


def test_get_when_over_tls_then_only_trusted_certificates_do(
    proxy: FaultProxy, tmp_path: Path
) -> None:
    proxy.fault = HTML
    with over_tls(proxy, tmp_path) as (url, trusted), session() as pool:
        with pytest.raises(requests.exceptions.SSLError):
            pool.get(url)
        assert "sign in" in pool.get(url, verify=str(trusted)).text
