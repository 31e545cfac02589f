"""Growth of the time of Lua readers on hostile shapes, as ratios."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from space.bounds import BOUNDS
from space.codec.readers import read_value
from space.schema.kinds import load_kind
from tests.lua.scribunto import Scribunto
from tests.lua.test_values import READ
from tests.support.hostile.growth import STEEP, growth
from tests.support.hostile.shapes import ALL, Shape

READERS = """
local Fields = mw.loadData('Module:Space/Fields')
local Calls = require('Module:Space/Calls')
local Reader = require('Module:Space/Reader')
local readers = {
    page = Calls.first,
    ['by arguments'] = function (text)
        return Calls.record(text, 'event', { title = 'a' })
    end,
    parameter = function (text)
        return Reader.page('event', { title = text, [text] = 'a' }, 'A')
    end,
    wikitext = Reader.wikitext,
    ['name of a template'] = require('Module:Space/Links').template,
    ['plain text'] = require('Module:Space/Text').plain,
    link = require('Module:Space/Text').link,
}
for _, kind in ipairs({ 'post', 'event' }) do
    for name, field in pairs(Fields[kind].fields) do
        readers['value of ' .. field.reader] = function (text)
            return Reader.value(name, field, text)
        end
    end
end
local name, text = ...
if not name then
    local names = {}
    for each in pairs(readers) do
        table.insert(names, each)
    end
    return names
end
readers[name](text)
"""
MARKUP = (
    *(Shape("a", opening) for opening in ("[//", "[[", "[[a|", "<", "&", "__", "{{")),
    *(ALL[name] for name in ("[//a", "[[a|", "{{!}}", "<a ")),
)
PLAIN = (
    *(Shape(piece, "a", "x") for piece in (" ", "\n", ";", "()")),
    *(Shape(piece, "", "x") for piece in ("0", ": ")),
    Shape("1", "https://", "["),
)
DOUBLINGS = 4  # as the wiki's own functions for Unicode are slow in Lua


def reader(lua: Scribunto, name: str) -> Callable[[str], Any]:
    return lambda text: lua.run(READERS, name, text)


def steep(lua: Scribunto, name: str, shapes: Iterable[Shape]) -> list[object]:
    read = reader(lua, name)
    return [(name, shape) for shape in shapes if growth(read, shape, DOUBLINGS) > STEEP]


def test_readers_take_linear_time(lua: Scribunto) -> None:
    names = lua.run(READERS)
    assert "value of text" in names

    found = [case for name in names for case in steep(lua, name, PLAIN)]
    for name in names:
        if not name.startswith("value of ") or name == "value of text":
            found += steep(lua, name, MARKUP)

    assert found == []


def test_call_by_another_name_is_looked_for_in_linear_time(lua: Scribunto) -> None:
    def nested(text: str) -> Any:
        return lua.run(READERS, "by arguments", text + "}}" * (len(text) // 4))

    assert growth(nested, Shape("{{a|")) < STEEP


@pytest.mark.parametrize("letter", ["a", "é"])
def test_value_that_is_too_long_has_the_problem_of_the_codec(
    lua: Scribunto, letter: str
) -> None:
    text = letter * (BOUNDS.value + 1)

    read = lua.run(READ, "event", "title", text)

    (problem,) = read_value(load_kind("event").fields["title"], text).problems
    assert read == {"problems": [problem.code]}
    assert lua.run(READ, "event", "title", text[1:])["value"] == text[1:]
