"""A program of the sandbox in the background."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 10.0  # seconds between asking a program to end and ending it
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Service:
    """A program with its children, in a process group of its own.

    `php -S` leaves its workers behind when only the parent is ended, so the whole group
    is. The record holds the start time beside the process id: an id alone may have
    passed to another program.
    """

    name: str
    folder: Path  # holds <name>.pid and <name>.log

    @property
    def record(self) -> Path:
        """The file that remembers the running process."""
        return self.folder / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        """The file of the program's output."""
        return self.folder / f"{self.name}.log"

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start the program, unless it runs already."""
        if self.process is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        log = str(self.log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644
        number = os.posix_spawnp(  # lives on when this process ends
            command[0],
            list(command),
            {**environment, "PYTHONPATH": str(ROOT)},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, *log),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )
        self.record.write_text(f"{number} {_started(number)}", "utf-8")

    @property
    def process(self) -> int | None:
        """The id of the running process; None if it ended or the id passed on."""
        try:
            number, started = self.record.read_text("utf-8").split()
        except (OSError, ValueError):
            return None
        return int(number) if _started(int(number)) == started else None

    def stop(self) -> None:
        """End the group and wait until it has ended."""
        number = self.process
        if number is not None:
            for order in (signal.SIGTERM, signal.SIGKILL):
                _signal(number, order)
                if _ended(number, PATIENCE):
                    break
        self.record.unlink(missing_ok=True)


def _status(number: int | str) -> list[str] | None:
    """The fields of proc(5)'s stat after the name; None if the process has ended."""
    try:
        text = Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields


def _started(number: int) -> str | None:
    """The start time of a process in clock ticks; None if it has ended."""
    status = _status(number)
    return status[19] if status else None


def _ended(group: int, patience: float) -> bool:
    """Whether every process of a group ends within some seconds.

    Children outlive the parent for a moment, and with it the port they hold.
    """
    deadline = time.monotonic() + patience
    while _members(group):
        if time.monotonic() >= deadline:
            return False
        _reap(group)
        time.sleep(0.02)
    _reap(group)
    return True


def _members(group: int) -> list[str]:
    processes = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
    statuses = {number: _status(number) for number in processes}
    return [
        number
        for number, status in statuses.items()
        if status and status[2] == str(group)
    ]


def _signal(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def _reap(number: int) -> None:
    """Collect a child that has ended; processes of earlier starts are no children."""
    try:
        os.waitpid(number, os.WNOHANG)
    except ChildProcessError:
        return
