"""Whole calls mean the same in Lua and in the codec: the shared pages of the corpus."""

import re

import pytest

from space.codec.calls import Call
from space.codec.reading import first_call, record_templates
from space.codec.references import storable
from space.codec.scanner import without_comments
from tests.lua.scribunto import Scribunto
from tests.support.corpus import PageCase, page_cases

READ = """
local kind, arguments, name = ...
local page = require('Module:Space/Reader').page(kind, arguments, name)
local problems = {}
for _, problem in ipairs(page.problems) do
    table.insert(problems, problem.code .. ' ' .. (problem.field or ''))
end
return { values = page.values, problems = problems }
"""
# What the wiki expands or puts aside before a module sees it.
EXPANDED = re.compile(r"\{\{|<(?:nowiki|ref|pre|translate|tvar|includeonly|noinclude)")
# A module is handed one value for each name.
UNSEEN = "duplicate-parameter"


def arguments(case: PageCase) -> dict[str | int, str] | None:
    """What the wiki hands the module, None where that takes a wiki."""
    call = first_call(case.input, record_templates())
    if not isinstance(call, Call):
        return None
    given: dict[str | int, str] = {}
    for parameter in call.parameters:
        value = without_comments(case.input[parameter.value_start : parameter.end])
        name = without_comments(parameter.written).strip()
        given[name if parameter.named else int(name)] = storable(value)
    texts = (*given.values(), *map(str, given))
    return None if any(map(EXPANDED.search, texts)) else given


CASES = [
    (case, given)
    for case in page_cases()
    if case.kind and (given := arguments(case)) is not None
]


@pytest.mark.parametrize(("case", "given"), CASES, ids=[case.name for case, _ in CASES])
def test_call_is_read_as_the_codec_reads_it(
    lua: Scribunto, case: PageCase, given: dict[str | int, str]
) -> None:
    name = case.title.rpartition("/")[2].rpartition(":")[2]

    read = lua.run(READ, case.kind, given, name)

    values = {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in dict(read["values"]).items()
    }
    expected = {" ".join(problem.split()[:2]) for problem in case.problems}
    expected = {e for e in expected if not e.startswith(UNSEEN)}
    found = {re.sub(r" $", "", problem) for problem in read["problems"]}
    assert values == case.values
    assert {re.sub(r" [0-9]+$", "", e) for e in expected} == found
