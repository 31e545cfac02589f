"""Load the plain-text cases of `tests/corpus` (its README says the format)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from space.schema.kinds import Field, Value, load_kind

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
BARE = ("name", "label", "field", "title")


@dataclass(frozen=True, slots=True)
class ValueCase:
    """A raw parameter value and what it means."""

    name: str
    field: Field
    input: str
    output: Value | None
    problems: tuple[str, ...]
    lua: str | None  # what Lua is handed; None: not for Lua


@dataclass(frozen=True, slots=True)
class PageCase:
    """The text of a page and what `read_page` makes of it; None: not said."""

    name: str
    title: str
    input: str
    kind: str | None
    values: dict[str, Value]
    problems: frozenset[str]
    unknown: tuple[str, ...]
    body: str | None
    call_line: int | None


@dataclass(frozen=True, slots=True)
class TalkCase:
    """The text of a talk page and its threads, as `tests/corpus/README.md` says.

    `users` are the names of the namespaces of users and their talk pages.
    """

    name: str
    input: str
    threads: list[Any]
    sub: str | None
    language: str
    zone: str
    users: tuple[str, str]


def talk_cases() -> list[TalkCase]:
    """All talk pages, in file order."""
    paths = sorted((CORPUS / "talk").glob("*.txt"))
    return [
        TalkCase(
            name=f"{path.stem}/{block['name']}",
            input=block["input"],
            threads=block["threads"],
            sub=block.get("sub"),
            language=block.get("language", "en"),
            zone=block.get("zone", "UTC"),
            users=tuple(block.get("users", ("User", "User talk"))),
        )
        for path in paths
        for block in blocks(path)
    ]


def value_cases(reader: str | None = None) -> list[ValueCase]:
    """All cases of a reader, or of all of them, in file order."""
    pattern = f"{reader}.txt" if reader else "*.txt"
    paths = sorted((CORPUS / "values").glob(pattern))
    return [case for path in paths for case in _value_cases(path)]


def page_cases() -> list[PageCase]:
    """All page cases, in file order."""
    paths = sorted((CORPUS / "pages").glob("*.txt"))
    return [_page_case(path, block) for path in paths for block in blocks(path)]


def _value_cases(path: Path) -> Iterator[ValueCase]:
    field_name = ""
    for block in blocks(path):
        field_name = block.get("field", field_name)
        kind_name, _, name = field_name.partition(".")
        yield ValueCase(
            name=f"{path.stem}/{block['name']}",
            field=load_kind(kind_name).fields[name],
            input=block["input"],
            output=_value(block["output"]),
            problems=tuple(block.get("problems", ())),
            lua=block.get("lua", block["input"]),
        )


def _page_case(path: Path, block: dict[str, Any]) -> PageCase:
    values = {name: _value(value) for name, value in block["values"].items()}
    return PageCase(
        name=f"{path.stem}/{block['name']}",
        title=block.get("title", "Space/Events/Example"),
        input=block["input"],
        kind=block["kind"],
        values={name: value for name, value in values.items() if value is not None},
        problems=frozenset(block.get("problems", ())),
        unknown=tuple(block.get("unknown", ())),
        body=block.get("body"),
        call_line=block.get("call_line"),
    )


def _value(value: Any) -> Value | None:
    return tuple(value) if isinstance(value, list) else value


def blocks(path: Path) -> Iterator[dict[str, Any]]:
    """The blocks of a file: key → text, or the value that its JSON says."""
    lines = iter(enumerate(path.read_text(encoding="utf-8").split("\n"), 1))
    block: dict[str, Any] = {}
    for number, line in lines:
        if line == "---":
            yield block
            block = {}
        elif line and not line.startswith("#"):
            key, colon, text = line.partition(":")
            if not colon or key in block:
                raise ValueError(f"{path.name}:{number}: {line}")
            block[key] = _content(key, text.strip(), lines)
    if block:
        yield block


def _content(key: str, text: str, lines: Iterator[tuple[int, str]]) -> Any:
    if text == "<<":
        written: list[str] = []
        for _, line in lines:
            if line == ">>":
                return "\n".join(written)
            written.append(line)
        raise ValueError(f"{key}: << without >>")
    return text if key in BARE else json.loads(text)
