"""Runs tasks on an in-memory wiki as `python -m bots` runs them."""

from dataclasses import replace
from threading import Event
from typing import Any

from bots.job import Job, Options
from bots.report import Report
from bots.saving import Saver
from bots.stop import Stop, stop_page
from bots.tasks import TASKS
from space.errors import WikiUnavailableError
from space.settings.environment import BotConfig
from space.settings.onwiki import Settings
from space.sources.ics_calendar import FetchCalendar, no_calendar
from space.sources.source import Ask, no_source
from space.store.build_key import build_key
from space.sync import Sources, read_ruling
from space.text.messages import Translator, read_catalogue
from space.wiki.port import Wiki
from tests.support.wiki.bot_and_wiki import ADDRESSES, BotAndWiki

CONFIG = BotConfig(
    bot_user="SpaceBot",
    wiki_url="https://wiki.test/w/api.php",
    root="Space",
    database_url="sqlite://",
    public_url=ADDRESSES.public_url,
)
TRANSLATOR = Translator(read_catalogue(), "en")


class BotRunner:
    """Runs tasks on the wiki and store of a bot, each a minute after the last."""

    def __init__(self, bot_and_wiki: BotAndWiki) -> None:
        self.bot_and_wiki = bot_and_wiki
        self.settings = replace(Settings.of(), write_interval=0)
        self.terminated = Event()
        self.commons: Wiki | WikiUnavailableError | None = None
        self.ask_source: Ask = no_source
        self.ask_views: Ask = no_source
        self.fetch_calendar: FetchCalendar = no_calendar
        self.config = CONFIG

    def run(self, task: str, **options: Any) -> Report:
        """One start of a task, with a new process's memory."""
        return self.job(task, **options).perform(TASKS[task])

    def _commons(self) -> Wiki:
        assert self.commons, "nothing is written there unless the settings say so"
        if isinstance(self.commons, WikiUnavailableError):
            raise self.commons
        return self.commons

    def job(self, task: str, *, dry_run: bool = False, **options: Any) -> Job:
        """What the task would get."""
        bot_and_wiki, now = (
            self.bot_and_wiki,
            self.bot_and_wiki.admin.advance(minutes=1),
        )
        bot_and_wiki.store.prepare(build_key(bot_and_wiki.store.addresses), now.date())
        sources = Sources(bot_and_wiki.bot, bot_and_wiki.store)
        return Job(
            task=task,
            wiki=bot_and_wiki.bot,
            account="SpaceBot",
            config=self.config,
            store=bot_and_wiki.store,
            sources=sources,
            ruling=read_ruling(bot_and_wiki.bot, sources, "Space", ["SpaceBot"]),
            settings=self.settings,
            translator=TRANSLATOR,
            now=now,
            saver=Saver(
                bot_and_wiki.bot,
                Stop(bot_and_wiki.bot, [stop_page("SpaceBot", task)], self.terminated),
                dry_run,
            ),
            clock=lambda: bot_and_wiki.admin.state.now,
            commons=self._commons,
            ask_source=self.ask_source,
            ask_views=self.ask_views,
            fetch_calendar=self.fetch_calendar,
            options=Options(**options),
        )
