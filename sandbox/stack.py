"""All programs of one sandbox: wiki, sign-in gateway, job runner."""

import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from sandbox.gateway.service import GatewayService
from sandbox.service import Service
from sandbox.snapshot import waiting_jobs
from sandbox.wiki import SandboxWiki

PAUSE = 1.0  # seconds between two looks at the job queue


@dataclass(frozen=True, slots=True)
class Stack:
    """A wiki with its gateway and its job runner."""

    wiki: SandboxWiki

    @property
    def gateway(self) -> GatewayService:
        """The sign-in gateway."""
        return GatewayService(self.wiki.place)

    @property
    def jobs(self) -> Service:
        """The job runner."""
        return Service("jobs", self.wiki.place.folder / "run")

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that `start` starts, in order."""
        return (self.wiki.server, self.gateway.service, self.jobs)

    def start(self) -> None:
        """Start services that do not run yet. Raises `SandboxError`."""
        self.start_wiki()
        self.start_jobs()

    def start_wiki(self) -> None:
        """Start the wiki and the gateway before it. Raises `SandboxError`."""
        self.wiki.start()
        self.gateway.start()

    def start_jobs(self) -> None:
        """Start the job runner; it competes with edits for SQLite's one writer."""
        self.jobs.start(
            [sys.executable, "-m", "sandbox", "jobs", *self.wiki.place.arguments],
            os.environ,
        )

    def stop(self) -> None:
        """End all services; the wiki's content stays."""
        for service in reversed(self.services):
            service.stop()

    def run_jobs_forever(self) -> None:
        """Run the wiki's jobs whenever there are any, until the process is ended.

        They wait while the wiki's server is started anew.
        """
        while True:
            if waiting_jobs(self.wiki.data):
                with suppress(OSError):
                    self.wiki.run_jobs()
            time.sleep(PAUSE)
