import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

from bots.liveness import NAME, signs_of_life
from bots.process_folder import PREFIX
from space.wiki.values import RequestCount

ROOT = Path(__file__).parents[3]
LONG_AGO = 16 * 60  # seconds


def made_old(file: Path) -> float:
    time = file.stat().st_mtime - LONG_AGO
    os.utime(file, (time, time))
    return file.stat().st_mtime


def test_file_when_a_request_is_sent_then_is_young_again(tmp_path: Path) -> None:
    requests = RequestCount()
    file = tmp_path / NAME
    with signs_of_life(tmp_path, requests, every=0.001):
        old = made_old(file)
        requests.other += 1
        while file.stat().st_mtime == old:
            pass


def test_file_when_no_request_is_sent_then_grows_old(tmp_path: Path) -> None:
    requests = Watched()
    with signs_of_life(tmp_path, requests, every=0.001):
        old = made_old(tmp_path / NAME)
        looks = requests.looks
        while requests.looks < looks + 3:
            pass
    assert (tmp_path / NAME).stat().st_mtime == old


class Watched(RequestCount):
    """Counters that count how often they are looked at."""

    looks = 0

    @property
    def total(self) -> int:
        Watched.looks += 1
        return 0


def test_health_check_when_a_process_hangs_then_fails(tmp_path: Path) -> None:
    check = health_check().replace("/tmp/", f"{tmp_path}/")  # noqa: S108
    assert exit_code(check) != 0
    folder = tmp_path / f"{PREFIX}1"
    folder.mkdir()
    with signs_of_life(folder, RequestCount()):
        assert exit_code(check) == 0
        made_old(folder / NAME)
        assert exit_code(check) != 0


def health_check() -> str:
    jobs: list[dict[str, Any]] = yaml.safe_load((ROOT / "jobs.yaml").read_text("utf-8"))
    return str(jobs[0]["health-check-script"])


def exit_code(script: str) -> int:
    return subprocess.run(["/bin/sh", "-c", script], check=False).returncode
