"""Where a message stands: in the file of those who read it, and in no other."""

import json
from collections import Counter, defaultdict

import pytest

from space.text.messages import DOCUMENTATION, FOLDER, SOURCE

READERS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def keys(reader: str, code: str = SOURCE) -> list[str]:
    text = (FOLDER / reader / f"{code}.json").read_text(encoding="utf-8")
    return [key for key in json.loads(text) if key != "@metadata"]


def test_message_when_looked_for_then_stands_in_one_folder() -> None:
    counted = Counter(key for reader in READERS for key in keys(reader))
    assert [key for key, count in counted.items() if count > 1] == []


def test_family_of_messages_when_looked_for_then_has_one_reader() -> None:
    # A key begins with what it belongs to (`tool-review-…`), and so does a new one.
    found: dict[str, set[str]] = defaultdict(set)
    for reader in READERS:
        for key in keys(reader):
            found["-".join(key.split("-")[:2])].add(reader)
    assert {family: at for family, at in found.items() if len(at) > 1} == {}


@pytest.mark.parametrize(
    ("prefix", "readers"),
    [
        ("field-event-", {"writer"}),
        ("choice-type-", {"reader"}),
        ("problem-", {"reader", "writer", "reviewer"}),
        ("outcome-", {"writer"}),
        ("wiki-", {"wiki", "reviewer"}),
        ("tool-review-", {"reviewer"}),
        ("bots-outcome-", {"operator"}),
        ("tool-", {"reader", "writer", "reviewer"}),
    ],
)
def test_messages_of_a_kind_when_looked_for_then_are_where_their_readers_are(
    prefix: str, readers: set[str]
) -> None:
    found = {
        reader for reader in READERS for key in keys(reader) if key.startswith(prefix)
    }
    assert found == readers


@pytest.mark.parametrize("reader", READERS)
def test_messages_when_written_then_each_is_documented(reader: str) -> None:
    assert keys(reader) == keys(reader, DOCUMENTATION)
