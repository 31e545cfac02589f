"""Pages of tabular data on Commons (`Data:….tab`), which Lua on any wiki can read.

A page is in the format of JsonConfig's `JCTabularContent`
(https://www.mediawiki.org/wiki/Help:Tabular_Data): a licence, a description, sources,
a schema with the name, type and titles of each column, and rows of cells.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal
from unicodedata import normalize

from space.text.clean import one_line

TITLE = re.compile(r"Data:[^/#<>\[\]|{}_][^#<>\[\]|{}]{0,200}\.tab")
LICENCES = ("CC0-1.0", "CC-BY-SA-4.0")
LONGEST = 400  # characters of a text
MAX_BYTES = 1_900_000  # of 2 MiB that a wiki page may have
BAR = "|"
"""What parts the items of a list in a cell, since a cell cannot hold one."""

_NAME = re.compile(r"(?!\d)\w+")
_LANGUAGE = re.compile(r"[a-z0-9-]{2,}")
_KEYS = frozenset(("license", "description", "sources", "schema", "data"))
_LINE = 16  # octets of a line's indentation, and more
_COLUMN_KEYS = frozenset(("name", "type", "title"))

Kind = Literal["string", "number", "boolean", "localized"]
Titles = Mapping[str, str]
"""Language code → text."""
Row = Mapping[str, Any]
"""Name of a column → cell; absent where the cell is empty."""
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in Lua, the type of its cells, and its title by language."""

    name: str
    kind: Kind = "string"
    titles: Titles = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of its data; `sources` is wikitext."""

    licence: str
    description: Titles
    sources: str


def table(columns: Sequence[Column], rows: Iterable[Row], head: Head) -> Table:
    """The value of a page."""
    return {
        "license": head.licence,
        "description": dict(head.description),
        "sources": head.sources,
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "title": dict(column.titles) or {"en": column.name},
                }
                for column in columns
            ]
        },
        "data": [[row.get(column.name) for column in columns] for row in rows],
    }


def rows_of(value: Any) -> Iterator[Row]:
    """The rows of a page, without their empty cells; none of another value."""
    try:
        names = [column["name"] for column in value["schema"]["fields"]]
        for cells in value["data"]:
            yield {
                name: cell
                for name, cell in zip(names, cells, strict=True)
                if cell is not None
            }
    except (KeyError, TypeError, ValueError):
        return


def line(text: str) -> str | None:
    """A text as a cell takes it: one line, cut to `LONGEST`; None for an empty one."""
    whole = _stored(text)
    if len(whole) > LONGEST:
        whole = f"{whole[: LONGEST - 1].rstrip()}…"
    return whole or None


def whole_line(text: str) -> str | None:
    """A text that means nothing when cut, such as an address; None if too long."""
    whole = _stored(text)
    return whole if 0 < len(whole) <= LONGEST else None


def joined(items: Iterable[str]) -> str | None:
    """Items in one cell, as many as it takes; None for none."""
    cell = ""
    for item in items:
        text = _stored(item.replace(BAR, "¦"))
        longer = f"{cell}{BAR}{text}" if cell else text
        if text and len(longer) <= LONGEST:
            cell = longer
    return cell or None


def _stored(text: str) -> str:
    """A text on one line in the form (NFC) in which MediaWiki stores it."""
    return one_line(normalize("NFC", text))


def localized(texts: Mapping[str, str]) -> Titles | None:
    """Texts by language as a cell takes them; None for none.

    JsonConfig puts English first and the others in order when it saves a page.
    """
    lines = {
        code: text
        for code, written in texts.items()
        if _LANGUAGE.fullmatch(code) and (text := line(written))
    }
    return {code: lines[code] for code in sorted(lines, key=_english_first)} or None


def _english_first(code: str) -> tuple[bool, str]:
    return code != "en", code


def parts_of(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    """The rows in runs of at most so many octets of JSON; one empty run for none."""
    part: list[Row] = []
    total = 0
    for row in rows:
        octets = len(json.dumps(row, ensure_ascii=False).encode())
        if part and total + octets > most:
            yield part
            part, total = [], 0
        part.append(row)
        total += octets
    yield part


def faults(title: str, value: Table) -> tuple[str, ...]:
    """Reasons for which Commons would refuse a page; empty if none."""
    if value.keys() != _KEYS:
        return (f"keys are not those of a table: {', '.join(sorted(value))}",)
    columns = value["schema"]["fields"]
    return tuple(
        chain(
            [] if TITLE.fullmatch(title) else [f"{title}: not a title of tabular data"],
            []
            if value["license"] in LICENCES
            else ["licence that Commons does not take"],
            _localized_faults("description", value["description"]),
            [] if isinstance(value["sources"], str) else ["sources are not a text"],
            [] if _stored_size(value) <= MAX_BYTES else ["too long"],
            _column_faults(columns),
            _cell_faults([column["type"] for column in columns], value["data"]),
        )
    )


def _stored_size(value: Table) -> int:
    """Octets at most of a page, which Commons stores with a line for each cell."""
    compact = len(json.dumps(value, ensure_ascii=False).encode())
    lines = sum(len(cells) + 2 for cells in value["data"])
    return compact + lines * _LINE


def _column_faults(columns: Sequence[Table]) -> Iterator[str]:
    names = [column["name"].lower() for column in columns]
    if len(set(names)) < len(names):
        yield "two columns of one name"
    for column in columns:
        if column.keys() != _COLUMN_KEYS or not _NAME.fullmatch(column["name"]):
            yield f"not a column: {column}"
        yield from _localized_faults(column["name"], column["title"])


def _cell_faults(kinds: Sequence[Kind], rows: Sequence[list[Any]]) -> Iterator[str]:
    for number, cells in enumerate(rows, 1):
        if len(cells) != len(kinds):
            yield f"row {number} has {len(cells)} cells"
            continue
        for kind, cell in zip(kinds, cells, strict=True):
            if cell is not None:
                yield from (
                    f"row {number}: {fault}" for fault in _faults_of(kind, cell)
                )


def _faults_of(kind: Kind, cell: Any) -> Iterator[str]:
    match kind:
        case "localized":
            yield from _localized_faults("cell", cell)
        case "boolean" if not isinstance(cell, bool):
            yield f"not true or false: {cell}"
        case "number" if isinstance(cell, bool) or not isinstance(cell, int | float):
            yield f"not a number: {cell}"
        case "string" if not _is_line(cell):
            yield f"not one line of {LONGEST} characters: {str(cell)[:40]}"


def _localized_faults(name: str, texts: Any) -> Iterator[str]:
    if not isinstance(texts, Mapping) or not texts:
        yield f"{name}: no texts by language"
        return
    for code, text in texts.items():
        if not _LANGUAGE.fullmatch(code) or not _is_line(text):
            yield f"{name}: not a language with one line of text: {code}"


def _is_line(text: Any) -> bool:
    return (
        isinstance(text, str)
        and len(text) <= LONGEST
        and text == text.strip()
        and not set(text) & set("\t\r\n")
    )
