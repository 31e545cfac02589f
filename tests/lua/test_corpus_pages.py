"""Agreement of Lua and codec on the pages of `tests/corpus`."""

from typing import Any

import pytest

from space.codec.calls import Call
from space.codec.entities import storable
from space.codec.page import first_call, record_templates
from space.codec.scanner import without_comments
from tests.lua.scribunto import Scribunto
from tests.support.corpus.cases import PageCase, page_cases

TOLD = """
local function told(page)
    local problems = {}
    for _, problem in ipairs(page.problems) do
        table.insert(problems, problem.code .. ' ' .. (problem.field or ''))
    end
    return { values = page.values, problems = problems }
end
"""
FROM_PAGE = f"""{TOLD}
local text, name = ...
local call = require('Module:Space/Calls').first(text)
if not call then
    return {{}}
end
local page = told(require('Module:Space/Reader').call(call.kind, call.parameters, name))
page.kind = call.kind
return page
"""
FROM_ARGUMENTS = f"""{TOLD}
local kind, arguments, name = ...
return told(require('Module:Space/Reader').page(kind, arguments, name))
"""
# What the wiki expands or puts aside before a module is handed it.
EXPANDED = ("{{", "<nowiki", "<ref", "<pre", "<translate", "<tvar", "<includeonly")
EXPANDED = (*EXPANDED, "<noinclude", "</>")


def arguments(case: PageCase) -> dict[str | int, str] | None:
    """What the wiki hands the module, None where that takes a wiki."""
    call = first_call(case.input, record_templates())
    if not isinstance(call, Call):
        return None
    given: dict[str | int, str] = {}
    for parameter in call.parameters:
        value = without_comments(case.input[parameter.value_start : parameter.end])
        name = parameter.written
        given[name if parameter.named else int(name)] = storable(value)
    texts = (*given.values(), *map(str, given))
    expanded = any(sign in text for text in texts for sign in EXPANDED)
    return None if expanded or len(given) < len(call.parameters) else given


def name_of(case: PageCase) -> str:
    return case.title.rpartition("/")[2].rpartition(":")[2]


def values_of(read: dict[str, Any]) -> dict[str, Any]:
    values = dict(read["values"])
    return {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in values.items()
    }


def told(case: PageCase, read: dict[str, Any]) -> None:
    """What Lua says of the values and problems is what the corpus says."""
    expected = {
        " ".join(each.split()[:2]).rstrip(" 0123456789") for each in case.problems
    }
    problems: list[str] = read["problems"]
    found = {problem.strip() for problem in problems}
    assert values_of(read) == case.values
    assert found == expected


WITH_END = [
    case
    for case in page_cases()
    if not case.kind or isinstance(first_call(case.input, record_templates()), Call)
]
WITH_ARGUMENTS = [
    (case, given)
    for case in page_cases()
    if case.kind and (given := arguments(case)) is not None
]


@pytest.mark.parametrize("case", WITH_END, ids=[case.name for case in WITH_END])
def test_page_when_its_own_text_is_read_means_what_it_means_to_the_bot(
    lua: Scribunto, case: PageCase
) -> None:
    read = lua.run(FROM_PAGE, storable(case.input), name_of(case)) or {}

    assert read.get("kind") == case.kind
    if case.kind:
        told(case, read)


@pytest.mark.parametrize(
    ("case", "given"), WITH_ARGUMENTS, ids=[case.name for case, _ in WITH_ARGUMENTS]
)
def test_call_when_only_its_arguments_are_known_means_the_same(
    lua: Scribunto, case: PageCase, given: dict[str | int, str]
) -> None:
    told(case, lua.run(FROM_ARGUMENTS, case.kind, given, name_of(case)))
