from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from typing import Any

from space.errors import WikiBusyError, WikiUnavailableError
from space.settings.onwiki import Settings
from space.wiki.port import WikiReader
from space.wiki.templates import Templates
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.tool.app import AtOnce, Silent
from tool.upstream.call_limits import CallLimits
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.community import MAX_AGE, CommunitySettings


class Clock(Executor):
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, tzinfo=UTC)
        self.wiki = MemoryWiki()
        self.down = False
        self.trouble: WikiUnavailableError | None = None
        self.asked = 0
        self.executor: Executor = AtOnce()
        self.stored = Settings.of()
        self.community = CommunitySettings(
            lambda: self.stored,
            self.reader,
            self,
            ReaderPool(CallLimits(), executor=self),
        )

    def __call__(self) -> datetime:
        return self.now

    def submit(self, work: Any, /, *args: Any, **_: Any) -> "Future[Any]":
        return self.executor.submit(work, *args)

    def reader(self) -> WikiReader:
        self.asked += 1
        if self.trouble:
            raise self.trouble
        if self.down:
            raise WikiUnavailableError("down")
        return self.wiki


def test_reviews_when_rights_change_follows_after_a_while() -> None:
    clock = Clock()
    clock.wiki.register("Pavati", "patroller")
    assert clock.community.reviews("Pavati")
    clock.wiki.remove_groups("Pavati", "patroller")
    asked = clock.wiki.requests.other
    assert clock.community.reviews("Pavati")
    assert clock.wiki.requests.other == asked
    assert not clock.community.reviews_now("Pavati")
    clock.now += MAX_AGE
    assert not clock.community.reviews("Pavati")


def test_reviews_when_nobody_is_signed_in_asks_nothing() -> None:
    clock = Clock()
    clock.down = True
    assert not clock.community.reviews(None)


def test_reviews_when_an_account_is_blocked_is_false() -> None:
    clock = Clock()
    clock.wiki.register("Pavati", "patroller")
    clock.wiki.block("Pavati")
    assert not clock.community.reviews("Pavati")


def test_reviews_when_the_settings_name_another_right_goes_by_that() -> None:
    clock = Clock()
    clock.stored = Settings.of("{{Space settings|reviewer right=delete}}")
    clock.wiki.register("Pavati", "patroller")
    assert not clock.community.reviews("Pavati")
    assert clock.community.reviews("Admin")


def test_settings_when_somebody_edits_their_page_then_only_sync_says_if_it_counts() -> (
    None
):
    clock = Clock()
    clock.wiki.write("Space/Settings", "{{Space settings|reviewer right=edit}}")
    clock.wiki.register("Eve")
    assert not clock.community.reviews_now("Eve")
    assert clock.community.settings() == Settings.of()


def test_reviewers_when_answers_are_old_then_nobody_waits_for_newer_ones() -> None:
    clock = Clock()
    clock.wiki.register("Pavati", "patroller")
    assert clock.community.reviews("Pavati")
    clock.wiki.remove_groups("Pavati", "patroller")
    clock.now += MAX_AGE
    clock.executor = silent = Silent()
    for _ in range(3):
        assert clock.community.reviews("Pavati")
    (ask,) = silent.asked
    ask()
    assert not clock.community.reviews("Pavati")


def test_reviewers_when_the_wiki_fails_then_is_left_alone_for_a_while() -> None:
    clock = Clock()
    clock.down = True
    for _ in range(3):
        assert not clock.community.reviews("Pavati")
    assert clock.asked == 1


def test_templates_when_nobody_knows_them_then_only_who_needs_them_asks() -> None:
    clock = Clock()
    clock.executor = Silent()
    assert clock.community.known_templates() is None
    assert clock.asked == 0
    assert clock.community.templates() == Templates.read(clock.wiki)
    clock.down = True
    assert clock.community.known_templates() == Templates.read(clock.wiki)


def test_templates_when_the_wiki_was_not_asked_then_the_next_request_asks() -> None:
    clock = Clock()
    clock.trouble = WikiBusyError("too many")
    assert clock.community.known_templates() is None
    clock.trouble = None
    assert clock.community.known_templates() is not None


def test_templates_when_the_wiki_is_silent_then_are_not_known() -> None:
    clock = Clock()
    clock.down = True
    assert clock.community.known_templates() is None
    assert clock.community.templates() == Templates.plain()
