"""The bench of an upgrade is ended: by a signal, or by an error of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks import upgrade
from benchmarks.serving import ending_at_sigterm


def test_upgrade_when_it_is_told_to_end_then_ends_its_servers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running: set[Path] = set()

    @contextmanager
    def server(*_: object, program: Path, **__: object) -> Iterator[tuple[int, Any]]:
        running.add(program)
        yield 1, ()
        running.remove(program)

    def end(*_: object) -> None:
        assert len(running) == 2
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(upgrade, "server", server)
    monkeypatch.setattr(upgrade, "bots", lambda _: None)
    monkeypatch.setattr(upgrade, "_other_version", lambda folder: folder)
    monkeypatch.setattr(upgrade.Crowd, "wait", end)
    with pytest.raises(KeyboardInterrupt), ending_at_sigterm():
        upgrade.takes_over("sqlite://", bots_first=False)
    assert not running


def test_other_version_when_it_is_copied_then_has_whatever_its_bots_load(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "benchmarks.upgrade", "--help"]
    program = upgrade._other_version(tmp_path / "newer")
    subprocess.run(command, cwd=program, check=True)
