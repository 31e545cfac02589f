import tempfile
from pathlib import Path

import pytest

from bots.process_folder import PREFIX, process_folder


def test_process_folder_when_others_are_killed_or_alive_then_sweeps_only_the_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = tmp_path / f"{PREFIX}dead"
    (dead / "throttle").mkdir(parents=True)
    other = tmp_path / "of-another-program"
    other.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(other)
    with process_folder() as alive:
        with process_folder() as own:
            (own / "cookies").touch()
            assert alive.exists()
            assert own != alive
        assert not own.exists()
        assert alive.exists()
    assert not dead.exists()
    assert other.exists()
    assert not alive.exists()
