"""The Lua readers give what the codec gives: the shared cases of `tests/corpus`."""

import pytest

from tests.lua.scribunto import Scribunto
from tests.support.corpus import ValueCase, value_cases

READ = """
local kind, name, raw = ...
local field = mw.loadData('Module:Space/Fields')[kind].fields[name]
local value, problems = require('Module:Space/Reader').value(name, field, raw)
local codes = {}
for _, problem in ipairs(problems) do
    table.insert(codes, problem.code)
end
return { value = value, problems = codes }
"""


@pytest.mark.parametrize(
    "case",
    [case for case in value_cases() if case.lua is not None],
    ids=lambda c: c.name,
)
def test_value_is_read_as_the_codec_reads_it(lua: Scribunto, case: ValueCase) -> None:
    read = lua.run(READ, case.field.kind, case.field.name, case.lua.strip())

    value = read.get("value")
    assert (tuple(value) if isinstance(value, list) else value) == case.output
    assert tuple(read["problems"]) == case.problems
