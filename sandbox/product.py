"""The project's own programs on a sandbox wiki: the web tool and the bots."""

import os
import subprocess
import sys
from dataclasses import dataclass

from sandbox.client import Client
from sandbox.place import HOST
from sandbox.probe import wait_for_answer
from sandbox.service import Service
from sandbox.settings import DATABASE, ROOT, settings_of
from sandbox.wiki import SandboxWiki
from space.codec.editing import edit_page
from space.schema.kinds import load_kind


@dataclass(frozen=True, slots=True)
class Product:
    """The programs that Toolforge would run, for a wiki that runs here."""

    wiki: SandboxWiki

    @property
    def environment(self) -> dict[str, str]:
        """This environment with the wiki's settings. Raises `SandboxError`."""
        return os.environ | settings_of(self.wiki)

    @property
    def tool(self) -> Service:
        """The web tool as a service."""
        return Service("tool", self.wiki.place.folder / "run")

    @property
    def bots(self) -> Service:
        """The bots that watch the wiki, as a service."""
        return Service("bots", self.wiki.place.folder / "run")

    def start_watching(self) -> None:
        """Let the bots watch the wiki. Raises `SandboxError`."""
        command = [sys.executable, "-m", "bots", "watch"]
        self.bots.start(command, self.environment)

    def start_tool(self) -> None:
        """Start the web tool and wait until it is well. Raises `SandboxError`."""
        place = self.wiki.place
        server = ["gunicorn", "--threads=4", "--no-control-socket"]
        address = f"--bind={HOST}:{place.tool_port}"
        self.tool.start(
            [sys.executable, "-m", *server, address, "tool.wsgi:application()"],
            self.environment,
        )
        wait_for_answer(self.tool, f"{place.tool_url}/healthz")

    def write_at_once(self) -> None:
        """Let the bots write a data page whenever it changes; a small wiki can bear it.

        Production spares its readers' page caches.
        """
        self.change_settings(write_interval="0")

    def change_settings(self, **values: str) -> None:
        """Change some values of the settings page, which has to be there."""
        title = f"{ROOT}/Settings"
        admin = Client(self.wiki.place.api_url).login("Admin")
        text = edit_page(
            admin.text(title) or "",
            "settings",
            values,
            title=title,
            templates={load_kind("settings").template: "settings"},
        )
        admin.edit(title, text)
        admin.session.close()

    def drop_database(self) -> None:
        """Delete all that is derived from the wiki, and the sessions."""
        for path in self.wiki.place.folder.glob(f"{DATABASE}*"):
            path.unlink()

    def run_bots(
        self, task: str, *options: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one task of the bots to its end, whatever its exit code."""
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bots", task, *options],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
