from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sandbox.accounts import ACCOUNTS
from sandbox.sample_talk import QUESTIONS, TITLE, ask
from space.wiki.talk.wikitext import read_talk
from tests.fakes.wiki_state import SITE

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Page:
    """A client that knows one page."""

    text_: str | None = None

    def text(self, title: str) -> str | None:
        assert title == TITLE
        return self.text_

    def edit(self, title: str, text: str) -> None:
        assert title == TITLE
        self.text_ = text


def test_ask_when_page_is_new_puts_threads_that_can_be_read() -> None:
    page: Any = Page()
    assert ask(page, NOW) == len(QUESTIONS)
    threads = read_talk(page.text_, replace(SITE))
    assert [thread.title for thread in threads] == list(QUESTIONS)
    assert [len(t.comments) for t in threads] == [len(s) for s in QUESTIONS.values()]
    people = {name for thread in threads for name in thread.people}
    assert people <= {account.name for account in ACCOUNTS}
    assert not all(thread.answered for thread in threads)


def test_ask_when_asked_already_leaves_the_page() -> None:
    page: Any = Page()
    ask(page, NOW)
    before = page.text_
    assert ask(page, NOW.replace(year=2027)) == 0
    assert page.text_ == before
