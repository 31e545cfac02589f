"""A government ends summer time: another tzdata changes its zone's future alone."""

import json
import os
import shutil
import struct
import subprocess
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from space.dates.tzdata import read_zone
from tests.support.feeds.told_times import AUCKLAND, BERLIN, told

ROOT = Path(__file__).parents[4]
HEADER = struct.Struct(">4s c 15x 6L")
END = int(datetime(2027, 4, 5, tzinfo=UTC).timestamp())
"""A day after summer time ends for the last time."""


def ended_rule(data: bytes) -> bytes:
    """A TZif file of that zone with transitions until `END`, and no rule after them."""
    second = data.index(b"TZif", 4)
    counts = HEADER.unpack_from(data, second)[2:]
    isut, isstd, leap, times, types, chars = counts
    start = second + HEADER.size
    indexes, rest = start + 8 * times, start + 9 * times
    last = struct.unpack_from(">q", data, indexes - 8)[0]
    added = [each.at for each in read_zone(AUCKLAND).between(last + 1, END)]
    # Summer time and the other take turns.
    turns = (data[rest - 2 : rest] * len(added))[: len(added)]
    footer = data.index(b"\n", rest + 6 * types + chars + isut + isstd + 12 * leap)
    return b"".join(
        (
            data[:second],
            HEADER.pack(
                b"TZif", b"2", isut, isstd, leap, times + len(added), types, chars
            ),
            data[start:indexes],
            struct.pack(f">{len(added)}q", *added),
            data[indexes:rest],
            turns,
            data[rest:footer],
            b"\nNZST-12\n",
        )
    )


@pytest.fixture
def newer(tmp_path: Path) -> dict[str, dict[str, str]]:
    """What is told with a tzdata in which New Zealand has no summer time any more."""
    package = tmp_path / "tzdata"
    shutil.copytree(str(files("tzdata")), package)
    file = package / "zoneinfo" / AUCKLAND
    file.write_bytes(ended_rule(file.read_bytes()))
    about = tmp_path / "tzdata-2099.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: tzdata\nVersion: 2099.1\n")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.feeds.told_times"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer: dict[str, dict[str, str]] = json.loads(done.stdout)
    return answer


def test_tzdata_when_a_zone_has_a_new_rule_then_only_its_future_changes(
    newer: dict[str, dict[str, str]],
) -> None:
    older = told()
    assert newer["key"] != older["key"]  # so that everything is made anew
    # UID, SEQUENCE, LAST-MODIFIED and wall times are those of the page.
    assert newer["vevents"] == older["vevents"]
    assert newer["zones"][BERLIN] == older["zones"][BERLIN]
    assert newer["zones"][AUCKLAND] != older["zones"][AUCKLAND]
    assert newer["times"].keys() == older["times"].keys()  # wall times
    moved = {
        key for key, begins in older["times"].items() if newer["times"][key] != begins
    }
    assert moved == {
        "2 2027-12-15 10:00",
        "5 2027-10-25 18:00",
        "5 2027-11-25 18:00",
        "5 2027-12-25 18:00",
        "6 2027-12-15",
    }
    for key in moved:
        before, now = (
            datetime.fromisoformat(each["times"][key]) for each in (older, newer)
        )
        assert (now - before).total_seconds() == 3600
