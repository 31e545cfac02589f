from datetime import UTC, datetime, timedelta

from space.store.heartbeat import Heartbeat, RunResult, beat, heartbeats

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


class Notes:
    def __init__(self) -> None:
        self.kept: dict[str, str | None] = {}

    def note(self, name: str) -> str | None:
        return self.kept.get(name)

    def set_note(self, name: str, value: str | None) -> None:
        self.kept[name] = value


def test_heartbeats_when_nothing_ran_are_none() -> None:
    assert heartbeats(Notes()) == ()


def test_beat_when_a_task_ran_again_takes_the_place_of_its_last() -> None:
    notes = Notes()
    beat(notes, Heartbeat("sync", NOW, RunResult.PROBLEM))
    beat(notes, Heartbeat("calendar", NOW, RunResult.FINE))
    later = Heartbeat("sync", NOW + timedelta(minutes=10), RunResult.LATER)
    beat(notes, later)
    assert heartbeats(notes) == (later, Heartbeat("calendar", NOW, RunResult.FINE))
