import logging
from io import StringIO

import pytest
from sqlalchemy.exc import OperationalError

from space.logs import WINDOW, CountingHandler, for_request
from space.store import Store
from space.store.tables.engine import open_engine
from tests.support.feeds.publications import ADDRESSES

PATH = "/nope\nINFO forged\x1b[2J\r\x85\x9b\u2028\u202ex"


class Log:
    """A logger of its own, on a clock, and its lines."""

    def __init__(self) -> None:
        self.now = 0.0
        self.out = StringIO()
        self.to = logging.Logger("space.test")  # noqa: LOG001 - no other has its lines
        self.to.addHandler(CountingHandler(self.out, lambda: self.now))

    @property
    def lines(self) -> list[str]:
        return self.out.getvalue().splitlines()


@pytest.fixture
def log() -> Log:
    return Log()


def test_line_when_a_message_has_pairs_then_they_are_values(log: Log) -> None:
    with for_request("ab12"):
        log.to.warning("no body page_id=%d error=%s", 12, "it is away")
    (line,) = log.lines
    assert line.startswith("time=20")
    assert line.partition(" ")[2] == (
        'level=warning from=space.test msg="no body" request=ab12 page_id=12 '
        'error="it is away"'
    )


def test_line_when_a_value_has_line_ends_then_is_one_line(log: Log) -> None:
    log.to.info("asked path=%s", PATH)
    log.to.info(PATH)
    log.to.info("a template with path=%s in it")
    log.to.info("%s: path=%s", "written", "a b")
    assert len(log.lines) == 4
    assert log.lines[3].endswith('msg="written: path=a b"')
    assert all(line.isprintable() for line in log.lines)


def test_exception_when_told_then_only_our_places_follow(log: Log) -> None:
    store = Store(open_engine("sqlite:////nowhere/space.sqlite"), ADDRESSES)
    try:
        store.records.find("hush")
    except OperationalError as error:
        log.to.error("unhandled error path=%s", "/x", exc_info=error)
        log.to.info("tables cannot be made now error=%s", error)
    first, *places, last = log.lines
    assert last.endswith('error="unable to open database file"')
    told = 'path=/x exception="OperationalError: unable to open database file"'
    assert first.endswith(told)
    assert places[0].startswith("    space/store/queries/records.py:")
    assert len(places) < 9
    assert "hush" not in log.out.getvalue()


def test_trouble_when_it_comes_again_and_again_then_is_counted(log: Log) -> None:
    for number in range(5_000):
        log.to.error("unhandled error path=%s", f"/{number}")
    assert [line.rpartition("repeats=")[2] for line in log.lines[1:]] == [
        "10",
        "100",
        "1000",
    ]
    log.now += WINDOW
    log.to.error("unhandled error path=%s", "/x")
    assert log.lines[-1].endswith("path=/x repeats=5000")
    log.to.error("another error")
    assert "repeats" not in log.lines[-1]


def test_news_when_they_come_often_then_each_is_told(log: Log) -> None:
    for number in range(3):
        log.to.info("written: page %d", number)
    assert len(log.lines) == 3
