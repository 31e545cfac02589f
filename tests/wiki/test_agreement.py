"""The wiki itself, Lua on it and Python read alike: names, references, values, banners.

The cases are those of `tests/support/corpus/agreement.py`, in few requests.
"""

import html
import json
import re
import unicodedata
from typing import Any

import pytest

from sandbox.client import Client
from space.codec.entities import decode
from space.codec.page import read_page
from space.codec.readers import read_value
from tests.support.corpus.agreement import (
    CALL,
    CASES,
    NAMES,
    REFERENCES,
    cased,
    marked_up,
    spaced,
)
from tests.support.wiki.pages import expanded

pytestmark = pytest.mark.wiki

READ = """
local Fields = mw.loadData('Module:Space/Fields')
local Reader = require('Module:Space/Reader')
local read = {}
for place, case in ipairs(mw.text.jsonDecode([==[%s]==])) do
    local field = Fields[case[1]].fields[case[2]]
    local value, problems = Reader.value(case[2], field, case[3])
    local codes = {}
    for _, problem in ipairs(problems) do
        table.insert(codes, problem.code)
    end
    read[place] = { value or false, codes }
end
mw.log(mw.text.jsonEncode(read))
"""
CAPITALS = """
local Normal = require('Module:Space/Normal')
local made = {}
for place, letter in ipairs(mw.text.jsonDecode([==[%s]==])) do
    local title = mw.title.new(letter .. 'x')
    made[place] = { Normal.capitalize(letter .. 'x'), title.text }
end
mw.log(mw.text.jsonEncode(made))
"""


def console(client: Client, question: str) -> Any:
    answer = client.post(
        action="scribunto-console",
        title="Module:Space/Console",
        content="return {}",
        question=question,
    )
    assert answer["type"] == "normal", answer["message"]
    return json.loads(answer["print"])


def test_template_when_named_is_called_when_the_page_is_a_record(olu: Client) -> None:
    text = "\n".join(
        f"@{number}@{{{{{name}{CALL}@/@" for number, name in enumerate(NAMES)
    )

    made = expanded(olu, text)

    shown = dict(re.findall(r"@(\d+)@(.*?)@/@", made, re.DOTALL))
    called = {
        name for n, name in enumerate(NAMES) if 'class="space-card"' in shown[str(n)]
    }
    ours = {name for name in NAMES if read_page(f"{{{{{name}{CALL}", title="A").kind}
    assert ours == called


def test_references_when_shown_are_what_is_read(olu: Client) -> None:
    # The wiki shows a number of no character as it stands; it is read as U+FFFD.
    known = [each for each in REFERENCES if "\ufffd" not in decode(each)]
    text = "\n".join(f'<div class="r">({each})</div>' for each in known)

    page = expanded(olu, text, "Project:Sandbox")  # with letters, as readers have it

    shown = re.findall(r'<div class="r">\((.*?)\)</div>', page, re.DOTALL)
    assert [html.unescape(each) for each in shown] == list(map(decode, known))


def test_values_when_lua_on_the_wiki_reads_them_are_pythons(olu: Client) -> None:
    # A third, as tests/lua has them all; and what the wiki stores is in NFC.
    table = [
        (field, unicodedata.normalize("NFC", raw))
        for field, raw in [*spaced(), *cased(), *marked_up()][::3]
    ]

    read = console(olu, READ % json.dumps([[f.kind, f.name, raw] for f, raw in table]))

    expected = [
        (reading.value, tuple(problem.code for problem in reading.problems))
        for reading in (read_value(field, raw) for field, raw in table)
    ]
    found = [
        (tuple(value) if isinstance(value, list) else value or None, tuple(codes))
        for value, codes in read
    ]
    differ = [
        (field.name, raw, want, got)
        for (field, raw), want, got in zip(table, expected, found, strict=True)
        if want != got
    ]
    assert not differ


def test_first_letters_when_capitalized_are_those_of_the_wikis_titles(
    olu: Client,
) -> None:
    letters = [letter for letter in CASES if letter not in "ßﬁŉǰﬓ"]  # two letters there

    assert [
        ours == title for ours, title in console(olu, CAPITALS % json.dumps(letters))
    ]
