"""The tool with a bot that keeps the ledger, and people who write and review."""

import re

from werkzeug.test import TestResponse

from space.store.heartbeat import SYNC, Heartbeat, RunResult, beat
from space.sync import sync
from tests.fakes.wiki_state import StoredPage
from tests.support.tool.app import ToolApp, csrf_of
from tests.support.wiki.bot_and_wiki import RULES, event

TITLE = "Space/Events/A"


class ToolAndBot(ToolApp):
    """The tool with a bot that keeps the ledger, and people who write."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.bot = self.wiki.as_user("SpaceBot", "bot")
        self.olu = self.wiki.as_user("Olu")
        self.wiki.register("Pavati", "patroller")
        self.wiki.register("Rita", "patroller")

    def sync(self) -> None:
        """The bot runs."""
        now = self.wiki.advance(minutes=1)
        sync(self.bot, self.store, RULES, now=now, save=self.bot.save)
        beat(self.store, Heartbeat(SYNC, now, RunResult.FINE))
        self.now = now

    def write(self, title: str = TITLE, text: str = "", by: str = "Olu") -> int:
        """Somebody writes an event, and the bot reads it; the page's id."""
        saved = self.wiki.as_user(by).write(title, text or event())
        self.sync()
        return saved.page_id

    def page(self, title: str) -> StoredPage:
        found = self.wiki.state.page(title)
        assert found is not None
        return found

    def talk(self) -> str:
        found = self.wiki.state.page(f"Talk:{TITLE}")
        return found.latest.text if found else ""

    def approve(self, title: str = TITLE) -> None:
        line = f"{{{{Space review|approve|rev={self.page(title).latest.id}}}}} ~~~~"
        self.wiki.as_user("Pavati").write(f"Talk:{title}", line)
        self.sync()

    def give(self, page_id: int, verdict: str, **fields: str) -> TestResponse:
        page = self.get(f"/review/{page_id}")
        sent = {"csrf": csrf_of(page), "rev": rev_of(page.text), **fields}
        return self.post_raw(f"/review/{page_id}", verdict=verdict, **sent)


def rev_of(html: str) -> str:
    found = re.search(r'name="rev" value="(\d+)"', html)
    return found[1] if found else ""
