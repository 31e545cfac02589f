"""sabre/vobject (Debian), of Nextcloud and Baïkal, reads calendars and finds no fault.

Debian 12 has an old one, whose validator looks at names and encodings only.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from space.publication.publication import Publication
from tests.clients.seen import demo, rich
from tests.support.feeds.calendars import file
from tests.support.feeds.publications import ADDRESSES

PROGRAM = Path(__file__).with_name("read_sabre.php")


def read(data: bytes) -> Any:
    """The UIDs of the events that it finds, and the complaints of its validator."""
    command = ["php", str(PROGRAM)]
    done = subprocess.run(
        command, input=data, capture_output=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("source", [rich, demo])
def test_calendar_when_read_by_sabre_then_has_every_event_and_no_fault(
    source: Callable[[], list[Publication]],
) -> None:
    some = source()
    assert read(file(*some).encode()) == {
        "uids": [ADDRESSES.uid(each.page_id) for each in some],
        "complaints": [],
    }


def test_validation_when_a_text_is_not_utf8_then_finds_it() -> None:
    bad = file(*rich()).encode().replace(b"Event 2", b"Event \xff")
    assert set(read(bad)["complaints"]) == {"Property is not valid UTF-8!"}
