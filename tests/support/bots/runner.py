"""The bots' desk in a newsroom: tasks run there as `python -m bots` runs them."""

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
from space.store.build_key import build_key
from space.sync import Sources, read_ruling
from space.text.messages import Translator, read_catalogue
from space.wiki.port import Wiki
from tests.support.wiki.bot_and_wiki import ADDRESSES, Newsroom

CONFIG = BotConfig(
    bot_user="SpaceBot",
    wiki_url="https://wiki.test/w/api.php",
    root="Space",
    database_url="sqlite://",
    public_url=ADDRESSES.public_url,
)
TRANSLATOR = Translator(read_catalogue(), "en")


class Desk:
    """Runs tasks on a newsroom's wiki and store, each a minute after the last."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.settings = replace(Settings.of(), write_interval=0)
        self.terminated = Event()
        self.commons: Wiki | WikiUnavailableError | None = None

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
        room, now = self.room, self.room.admin.advance(minutes=1)
        room.store.prepare(build_key(room.store.addresses), now.date())
        sources = Sources(room.bot, room.store)
        return Job(
            task=task,
            wiki=room.bot,
            account="SpaceBot",
            config=CONFIG,
            store=room.store,
            sources=sources,
            ruling=read_ruling(room.bot, sources, "Space", ["SpaceBot"]),
            settings=self.settings,
            translator=TRANSLATOR,
            now=now,
            saver=Saver(
                room.bot,
                Stop(room.bot, [stop_page("SpaceBot", task)], self.terminated),
                dry_run,
            ),
            commons=self._commons,
            options=Options(**options),
        )
