"""JSON that others wrote: an object that can be worked with, or None."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.text.json_object import DEEPEST, LARGEST_PAGE, read_object
from tests.support.corpus.hostile_json import HOSTILE, TEXTS

TREE = Path(__file__).resolve().parents[4]

OWN = {
    "space/codec/values/city_zones.py",
    "space/codec/values/countries.py",
    "space/codec/values/languages.py",
    "space/codec/values/wikis.py",
    "space/schema/kinds.py",
    "space/text/messages.py",
    "space/text/order.py",
    "space/text/digits.py",
    "space/text/languages.py",
    "space/feeds/geojson.py",
    "space/feeds/labels.py",
    "space/generate/artefacts.py",
    "space/generate/language_names.py",
    "space/generate/lua/codes.py",
    "space/generate/lua/language_names.py",
    "space/generate/manifest.py",
    "space/generate/page_translations.py",
    "space/sources/vocabulary.py",
    "space/store/tables/feed_parts.py",
    "space/store/tables/record_rows.py",
    "space/store/writing/event_texts.py",
    "space/store/tables/talk_rows.py",
    "space/store/tables/queue_rows.py",
    "space/store/keys.py",
    "bots/manifest.py",
    "tool/app/web/icons.py",
    "tool/cards/fonts.py",
    "tool/app/form/borders.py",
    "tool/signin/sessions.py",
    "space/text/json_object.py",
}
"""Modules that read JSON which this project itself wrote: files, columns."""


@pytest.mark.parametrize("name", HOSTILE)
def test_read_object_when_the_text_is_hostile_then_there_is_none(name: str) -> None:
    assert read_object(HOSTILE[name]) is None


@pytest.mark.parametrize("name", TEXTS)
def test_read_object_when_it_is_a_text_already_then_there_is_none(name: str) -> None:
    assert read_object(TEXTS[name]) is None


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@settings(max_examples=settings.default.max_examples // 4)
@given(st.dictionaries(st.text(), values, max_size=3))
def test_read_object_when_it_is_plain_then_it_is_what_was_written(
    value: dict[str, Any],
) -> None:
    for ascii_only in (False, True):
        text = json.dumps(value, ensure_ascii=ascii_only)
        assert read_object(text) == read_object(text.encode()) == value


def test_read_object_when_at_its_bounds_then_it_is_read() -> None:
    deepest = '{"a":' * DEEPEST + "1" + "}" * DEEPEST
    assert read_object(deepest) == json.loads(deepest)
    longest = '{"a": "' + "a" * (LARGEST_PAGE - len('{"a": ""}')) + '"}'
    assert read_object(longest) is not None
    assert read_object(longest, most=len(longest) - 1) is None


def readers(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Calls of `json.load`, `json.loads` and of a method `json()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_module = isinstance(node.func.value, ast.Name)
            of_module = of_module and ast.unparse(node.func.value) == "json"
            if node.func.attr in ("load", "loads") and of_module:
                yield node.func
            if node.func.attr in ("json", "get_json", "raw_api"):
                yield node.func


def test_json_of_others_is_read_by_one_function_only() -> None:
    reading = {
        str(path.relative_to(TREE))
        for top in ("space", "bots", "tool")
        for path in (TREE / top).rglob("*.py")
        if "json" in (text := path.read_text("utf-8"))
        if any(readers(ast.parse(text)))
    }
    assert reading == OWN
