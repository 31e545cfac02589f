import os
import signal
from threading import Event

import pytest

from bots.stop import CALLS_BETWEEN_READS, Stop, stop_page, termination
from tests.fakes.memory_wiki import MemoryWiki

PAGE = stop_page("SpaceBot", "calendar")


@pytest.mark.parametrize("text", ["off", "", "stop, please"])
def test_reason_when_the_stop_page_says_otherwise_then_it_is_named(text: str) -> None:
    wiki = MemoryWiki()
    wiki.write(PAGE, text or " ")
    assert PAGE in Stop(wiki, [PAGE], Event()).reason()


@pytest.mark.parametrize("text", ["on", "On\n"])
def test_reason_when_the_stop_page_says_on_then_there_is_none(text: str) -> None:
    wiki = MemoryWiki()
    wiki.write(PAGE, text)
    assert Stop(wiki, [PAGE], Event()).reason() == ""


def test_reason_when_there_is_no_stop_page_then_there_is_none() -> None:
    assert Stop(MemoryWiki(), [PAGE], Event()).reason() == ""


def test_reason_when_the_page_is_made_later_then_it_is_seen_within_ten_calls() -> None:
    wiki = MemoryWiki()
    stop = Stop(wiki, [PAGE], Event())
    assert stop.reason() == ""
    wiki.write(PAGE, "off")
    assert any(stop.reason() for _ in range(CALLS_BETWEEN_READS))
    assert PAGE in stop.seen


def test_seen_when_the_wiki_was_not_asked_then_only_a_signal_is_a_reason() -> None:
    wiki, terminated = MemoryWiki(), Event()
    wiki.write(PAGE, "off")
    stop = Stop(wiki, [PAGE], terminated)
    assert stop.seen == ""
    terminated.set()
    assert stop.seen == "terminated"
    assert wiki.requests.content == 0


def test_including_when_either_page_says_otherwise_then_it_is_named() -> None:
    wiki = MemoryWiki()
    stop = Stop(wiki, [PAGE], Event()).including(stop_page("SpaceBot", "run"))
    wiki.write(stop_page("SpaceBot", "run"), "off")
    assert "run/run" in stop.reason()


def test_reason_when_asked_often_then_the_wiki_is_asked_once_in_ten() -> None:
    wiki = MemoryWiki()
    stop = Stop(wiki, [PAGE], Event())
    for _ in range(CALLS_BETWEEN_READS):
        stop.reason()
    assert wiki.requests.content == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_termination_when_a_signal_comes_then_the_event_is_set(number: int) -> None:
    before = signal.getsignal(number)
    with termination() as event:
        os.kill(os.getpid(), number)
        assert Stop(MemoryWiki(), [], event).reason() == "terminated"
    assert signal.getsignal(number) is before


def test_reason_when_the_process_hears_of_no_change_then_the_wiki_is_not_asked() -> (
    None
):
    wiki = MemoryWiki()
    stop = Stop(wiki, [PAGE], Event())
    stop.reason()
    before = wiki.requests.content
    for _ in range(3 * CALLS_BETWEEN_READS):
        stop.hear({"Another page"})
        assert stop.reason() == ""
    assert wiki.requests.content == before


def test_reason_when_the_process_hears_of_the_stop_page_then_it_is_read_at_once() -> (
    None
):
    wiki = MemoryWiki()
    run = Stop(wiki, [stop_page("SpaceBot", "run")], Event())
    part = run.including(PAGE)
    assert part.reason() == ""
    wiki.write(PAGE, "off")
    run.hear({PAGE})
    assert PAGE in part.reason()
