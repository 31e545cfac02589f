"""Drafts from a corpus of calendar files, one for each program."""

import json
from pathlib import Path

import pytest

from space.imports.calendar.decoding import decode
from space.imports.read import read
from space.schema.kinds import load_kind
from tool.app.form.fields import read_form, typed_from

CORPUS = Path(__file__).parents[3] / "corpus" / "ics"
SOURCES = sorted(CORPUS.glob("*.ics")) + sorted(CORPUS.glob("*.txt"))
TOPICS = {"edit-a-thon": "edit-a-thon", "climate": "climate-change"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r"], ids=["CRLF", "LF", "CR"])
def test_draft_when_read_then_is_what_the_corpus_says(
    source: Path, line_end: bytes
) -> None:
    expected = json.loads(source.with_suffix(".json").read_text("utf-8"))
    data = source.read_bytes().replace(b"\n", line_end)
    source = read(decode(data))
    topics = {name: TOPICS[name] for name in source.categories(0) if name in TOPICS}
    draft = source.draft(0, topics)
    values = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in draft.values.items()
    }
    assert values == expected["values"]
    assert draft.body == expected["body"]
    assert [note.code for note in draft.notes] == expected["notes"]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_form_when_filled_then_only_says_what_the_file_does_not(source: Path) -> None:
    of = load_kind("event")
    draft = read(decode(source.read_bytes())).draft(0, {})
    form = read_form(of, typed_from(of, draft.values), draft.body)
    faulty = {control.field.name for control, _ in form.errors if control}
    assert faulty <= {"timezone", "country", "recurrence"}
    assert form.values["start"] == draft.values["start"]
