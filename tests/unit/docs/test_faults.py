"""docs/faults.md names each fault, with what a person then reads."""

import json
import re
import socket
from io import BytesIO
from threading import Event
from typing import Any

import pytest

from sandbox.faults import AFTER_ACTING, ALL, REFUSED, Fault
from sandbox.faults.broken import NONE
from sandbox.faults.wire import Wire
from space.schema.kinds import SCHEMAS
from space.text.messages import read_catalogue
from space.wiki.action_api.edits import edit_outcome

DOCUMENT = (SCHEMAS.parent / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (`[^|]*) \|[^|]*\| ([^|]*) \| ([^|]*) \|$", DOCUMENT, re.MULTILINE
)


def answer_to_an_edit(fault: Fault) -> dict[str, Any]:
    assert fault.answer is not None
    file = BytesIO()
    with socket.socket() as connection:
        fault.answer(Wire(connection, file, Event(), 0, 0, ""))
    return dict(json.loads(file.getvalue().partition(b"\r\n\r\n")[2]))


def test_every_fault_has_one_row() -> None:
    named = [name for names, _, _ in ROWS for name in re.findall("`([^`]+)`", names)]
    assert len(named) == len(set(named))
    faults = {
        fault.name for fault in ALL.values() if fault not in {NONE, *AFTER_ACTING}
    }
    assert set(named) == {*faults, "away"}
    assert all(bots for _, _, bots in ROWS)


@pytest.mark.parametrize("fault", REFUSED, ids=str)
def test_row_of_a_refusal_has_the_sentence_of_its_outcome(fault: Fault) -> None:
    (read,) = (person for names, person, _ in ROWS if f"`{fault}`" in names)
    sentence = read_catalogue()["en"][
        edit_outcome(answer_to_an_edit(fault)).message_key
    ]
    quoted = read.partition('"')[2].partition('"')[0].rstrip("…: ")
    assert quoted
    assert sentence.startswith(quoted)
