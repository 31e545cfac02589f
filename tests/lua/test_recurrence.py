"""Agreement of Module:Space/Recurrence with space/dates/recurrence.py."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.lua.scribunto import Scribunto
from tests.support.corpus.rule_shapes import SHAPES, read_by_python

READ = """
local Reader = require('Module:Space/Reader')
local field = mw.loadData('Module:Space/Fields').event.fields.recurrence
local rules = {}
for place, shape in ipairs(...) do
    rules[place] = Reader.value('recurrence', field, mw.text.trim(shape)) or false
end
return rules
"""
DESCRIBE = """
local found = {}
for place, shape in ipairs(...) do
    found[place] = require('Module:Space/Recurrence').describe(shape)
end
return found
"""
# What rules are written with, and what is near it.
PIECES = (
    *(
        "FREQ=",
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
        ";",
        ",",
        "=",
        "+",
        "-",
        "0",
        "1",
    ),
    *(
        "INTERVAL=",
        "COUNT=",
        "UNTIL=",
        "2026",
        "1231",
        "T",
        "Z",
        "235959",
        "BYDAY=",
        "MO",
    ),
    *(
        "BYMONTHDAY=",
        "BYMONTH=",
        "BYSETPOS=",
        "WKST=",
        "SU",
        "31",
        "366",
        " ",
        "é",
        "%",
    ),
)


def read_by_lua(lua: Scribunto, shapes: list[str]) -> dict[str, str | None]:
    answers = lua.run(READ, shapes)
    return {s: rule or None for s, rule in zip(shapes, answers, strict=True)}


def test_rule_of_every_shape_is_read_as_python_reads_it(lua: Scribunto) -> None:
    assert read_by_lua(lua, SHAPES) == {each: read_by_python(each) for each in SHAPES}


@example("FREQ=YEARLY;UNTIL=20261328")
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_rule_of_any_text_is_read_as_python_reads_it(lua: Scribunto, text: str) -> None:
    assert read_by_lua(lua, [text]) == {text: read_by_python(text)}


def test_rules_that_are_read_are_said_without_an_error(lua: Scribunto) -> None:
    rules = [rule for shape in SHAPES if (rule := read_by_python(shape))]

    said = lua.run(DESCRIBE, rules)

    assert all(said)
    assert "every week" in said[rules.index("FREQ=WEEKLY")]
