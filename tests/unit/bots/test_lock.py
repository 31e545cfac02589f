import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from bots.lock import AlreadyRunningError, single_run
from space.config import Config

HOLDER = """
import sys
from threading import Event
from bots.lock import single_run
from space.config import Config
with single_run(Config(
    wiki_url="https://wiki.test/w/api.php", root="Space",
    database_url=sys.argv[1], public_url="https://space.test",
), Event()):
    print("held", flush=True)
    sys.stdin.read()
"""


def config(folder: Path, root: str = "Space") -> Config:
    return Config(
        wiki_url="https://wiki.test/w/api.php",
        root=root,
        database_url=f"sqlite:///{folder / 'store.sqlite'}",
        public_url="https://space.test",
    )


def test_single_run_when_another_is_going_on_then_is_refused(tmp_path: Path) -> None:
    with (
        single_run(config(tmp_path), Event()),
        pytest.raises(AlreadyRunningError),
        single_run(config(tmp_path), Event()),
    ):
        pytest.fail("two at a time")


def test_single_run_when_the_other_is_of_another_root_then_is_allowed(
    tmp_path: Path,
) -> None:
    with (
        single_run(config(tmp_path), Event()),
        single_run(config(tmp_path, "Elsewhere"), Event()),
    ):
        pass


def test_single_run_when_the_other_ended_then_is_allowed(tmp_path: Path) -> None:
    for _ in range(2):
        with single_run(config(tmp_path), Event()):
            pass


def test_single_run_when_the_other_was_killed_then_is_allowed(tmp_path: Path) -> None:
    settings = config(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, settings.database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError), single_run(settings, Event()):
            pytest.fail("two at a time")
        other.kill()
        other.wait()
        with single_run(settings, Event()):
            pass
