from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta

import pytest

from space.errors import WikiUnavailableError
from space.wiki.port import WikiReader
from space.wiki.values import Site
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.tool.app import CONFIG, AtOnce, Silent
from tool.upstream.call_limits import CallLimits
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.site import SiteFacts


class Reader:
    """Opens a wiki that may be away, and counts how often it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, tzinfo=UTC)
        self.away = False
        self.asked = 0
        self.stored: Site | None = None
        self.executor: Executor = AtOnce()

    def __call__(self) -> WikiReader:
        self.asked += 1
        if self.away:
            raise WikiUnavailableError("away")
        return MemoryWiki()

    def facts(self) -> SiteFacts:
        pool = ReaderPool(CallLimits(), executor=self.executor)
        return SiteFacts(CONFIG, lambda: self.stored, self, lambda: self.now, pool)


def test_site_when_known_then_the_wiki_is_asked_once() -> None:
    reader = Reader()
    facts = reader.facts()
    assert facts.site() == facts.site()
    assert facts.addresses().public_url == "https://space.example.org"
    assert reader.asked == 1


def test_site_when_sync_stored_it_then_the_wiki_is_not_asked() -> None:
    reader = Reader()
    reader.stored = MemoryWiki().site()
    reader.away = True
    assert reader.facts().site() == reader.stored
    assert reader.asked == 0


def test_site_when_nobody_knows_it_then_no_page_waits_for_it() -> None:
    reader = Reader()
    reader.executor = Silent()
    facts = reader.facts()
    assert facts.addresses() == facts.guess()
    assert reader.asked == 0


def test_site_when_the_wiki_is_away_then_it_is_left_alone_for_a_while() -> None:
    reader = Reader()
    reader.away = True
    facts = reader.facts()
    for _ in range(5):
        with pytest.raises(WikiUnavailableError):
            facts.site()
    assert reader.asked == 1
    reader.away = False
    reader.now += timedelta(minutes=2)
    assert facts.site().host


def test_addresses_when_the_wiki_is_away_then_links_still_work() -> None:
    reader = Reader()
    reader.away = True
    facts = reader.facts()
    address = facts.addresses().page("Space/Events/Tea & cake")
    assert address.startswith("https://meta.wikimedia.org/w/index.php?title=Space/")
    assert "%26" in address
    assert facts.talk_title("Space") == "Space"
