"""Tables as Commons takes them: the rules of JsonConfig's validator."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.data_pages.tabular import (
    BAR,
    LONGEST,
    Column,
    Head,
    faults,
    joined,
    line,
    localized,
    rows_of,
    table,
    whole_line,
)

TITLE = "Data:Events/Events/2026-11.tab"
COLUMNS = (
    Column("id", "number"),
    Column("title", titles={"en": "Title", "ar": "العنوان"}),
    Column("texts", "localized"),
    Column("dropped", "boolean"),
)
HEAD = Head("CC0-1.0", {"en": "Events"}, "[https://example.org Space]")
ROW = {"id": 1, "title": "Tea", "texts": {"en": "Tea"}, "dropped": True}


def value(**changes: Any) -> Any:
    return table(COLUMNS, [ROW | changes], HEAD)


def test_table_when_made_then_has_no_faults_and_its_rows_are_read_back() -> None:
    made = table(COLUMNS, [ROW, {"id": 2}], HEAD)
    assert faults(TITLE, made) == ()
    assert list(rows_of(made)) == [ROW, {"id": 2}]
    assert made["data"][1] == [2, None, None, None]


@pytest.mark.parametrize(
    "wrong",
    [
        value(id="1"),
        value(id=True),
        value(title=" Tea"),
        value(title="Tea\n"),
        value(title="a\tb"),
        value(title="x" * 401),
        value(title=["Tea"]),
        value(texts={}),
        value(texts={"EN": "Tea"}),
        value(texts={"en": "x" * 401}),
        value(texts="Tea"),
        value(dropped="yes"),
        value() | {"license": "GPL"},
        value() | {"sources": None},
        value() | {"description": {}},
        value() | {"more": 1},
        value() | {"data": [[1]]},
        table([Column("2nd")], [], HEAD),
        table([Column("a b")], [], HEAD),
        table([Column("a"), Column("A")], [], HEAD),
        table([Column("a")], [{"a": "ж" * 400}] * 3000, HEAD),
    ],
)
def test_table_when_commons_would_refuse_it_then_has_a_fault(wrong: Any) -> None:
    assert faults(TITLE, wrong) != ()


@pytest.mark.parametrize("title", ["Data:X.map", "X.tab", "Data:/X.tab", "Data:_b.tab"])
def test_table_when_its_title_is_another_then_has_a_fault(title: str) -> None:
    assert faults(title, value()) == (f"{title}: not a title of tabular data",)


@given(st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.text()))
def test_cells_when_made_of_any_text_are_ones_that_commons_takes(
    text: str, items: list[str], texts: dict[str, str]
) -> None:
    columns = [*map(Column, "abc"), Column("d", "localized")]
    cells = {
        "a": line(text),
        "b": whole_line(text),
        "c": joined(items),
        "d": localized(texts),
    }
    assert faults(TITLE, table(columns, [cells], HEAD)) == ()


def test_cells_when_a_text_is_long_then_is_cut_and_a_list_has_whole_items() -> None:
    assert line("x" * 500) == "x" * 399 + "…"
    assert whole_line("x" * 500) is None
    assert line("ও\u09df e\u0301") == "ও\u09af\u09bc \u00e9"  # as MediaWiki stores it
    assert joined(["a|b", "", "c"]) == f"a¦b{BAR}c"
    cell = joined(f"{number:03}{'x' * 97}" for number in range(9))
    assert cell is not None
    assert len(cell) <= LONGEST
    assert [len(item) for item in cell.split(BAR)] == [100] * 3


@pytest.mark.parametrize("text", ["x", [], None, {"data": [[1]]}, {"schema": 1}])
def test_rows_when_a_value_is_no_table_are_none(text: Any) -> None:
    assert list(rows_of(text)) == []
