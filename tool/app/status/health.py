"""View models of the health of the index and of the bots' tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from space.store.health import Health, TaskHealth
from tool.app.views import dates

NOTED_LAG = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task's row for a reader of `language`."""

    health: TaskHealth
    language: str

    @property
    def time(self) -> datetime:
        """When the task last began."""
        return self.health.started or self.health.at

    @property
    def when(self) -> str:
        """The same as text."""
        return dates.instant(self.time, self.language)

    @property
    def behind(self) -> str:
        """How far the task is behind the wiki; empty below a minute."""
        lag = self.health.lag
        if lag is None or lag < NOTED_LAG:
            return ""
        return dates.length(lag, self.language)

    @property
    def result(self) -> str:
        """How its last run ended: the end of a message's key."""
        return "started" if self.health.started else str(self.health.ending)


@dataclass(frozen=True, slots=True)
class HealthView:
    """The health at a time for a reader of `language`."""

    health: Health
    now: datetime
    language: str

    @property
    def synced(self) -> str:
        """When the wiki was last read."""
        time = self.health.synced
        return dates.instant(time, self.language) if time else ""

    @property
    def ago(self) -> str:
        """How long that is ago."""
        time = self.health.synced
        return dates.ago(self.now - time, self.language) if time else ""

    @property
    def tasks(self) -> list[TaskView]:
        """A row for each task."""
        return [TaskView(row, self.language) for row in self.health.tasks]
