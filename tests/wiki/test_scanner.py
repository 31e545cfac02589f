"""The scanner finds the calls and parameters that MediaWiki's preprocessor finds.

`action=expandtemplates&prop=parsetree` gives the preprocessor's tree; every call of
our templates in it must have the same parameters, byte for byte.
"""

import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from sandbox.client import Client
from space.codec.calls import Call, find_calls, template_name
from space.codec.page import record_templates
from tests.support.corpus.cases import page_cases
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

PIECES = (
    *("{", "{{", "{{{", "}", "}}", "}}}", "[", "[[", "]", "]]", "|", "=", "-{", "}-"),
    *("<!--", "-->", "<nowiki>", "</nowiki>", "<nowiki/>", "<pre>", "</pre>", "<ref>"),
    *("</ref>", "<includeonly>", "</includeonly>", "<noinclude>", "</noinclude>"),
    *("<div>", "'''", "\n", " ", "a", "b", "[http://x ", "\n=", "==\n", "|x=", "-"),
    *("{{Space event|", "{{Space event", "{{space_post|", "|title=1"),
)
# The sandbox has no such extensions, and a wiki stores no such characters.
NOT_HERE = ("<translate", "<tvar", "<languages", "<syntaxhighlight", "\0", "\r")
SEED, FUZZED = 20261122, 120

Parameters = list[tuple[str, str]]


def texts() -> Iterator[str]:
    for case in page_cases():
        if case.input and not any(sign in case.input for sign in NOT_HERE):
            yield case.input
    choose = random.Random(SEED)  # noqa: S311 - the same texts on every run
    for _ in range(FUZZED):
        pieces = choose.choices(PIECES, k=choose.randint(3, 18))
        start = "{{Space event|" * choose.randint(0, 1)
        yield start + "".join(pieces) + "}}" * choose.randint(0, 2)


def as_written(node: ET.Element, *, comments: bool = True) -> str:
    """The wikitext of a node's content."""
    pieces = [node.text or ""]
    for child in node:
        if comments or child.tag not in {"comment", "ignore"}:
            pieces.append(element(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def element(node: ET.Element) -> str:
    if node.tag in {"template", "tplarg"}:
        count = 2 if node.tag == "template" else 3
        title = as_written(node[0])
        parts = [part_as_written(part) for part in node.findall("part")]
        return "{" * count + "|".join([title, *parts]) + "}" * count
    if node.tag != "ext":
        return as_written(node)
    found = {child.tag: child.text or "" for child in node}
    opening = f"<{found['name']}{found['attr']}"
    if "inner" not in found:
        return f"{opening}/>"
    return f"{opening}>{found['inner']}{found.get('close', '')}"


def part_as_written(part: ET.Element) -> str:
    return "".join(as_written(child) for child in part)


def wiki_calls(node: ET.Element) -> Iterator[Parameters]:
    for child in node:
        names = {template_name(name) for name in record_templates()}
        if child.tag == "template" and (
            template_name(as_written(child[0], comments=False)) in names
        ):
            yield [parameter(part) for part in child.findall("part")]
        else:
            yield from wiki_calls(child)


def parameter(part: ET.Element) -> tuple[str, str]:
    name, value = part[0], part[-1]
    return name.get("index") or as_written(name, comments=False).strip(), as_written(
        value
    )


def our_calls(text: str) -> Iterator[Parameters]:
    for call in find_calls(text, record_templates()):
        if isinstance(call, Call):
            yield [
                (each.written, text[each.value_start : each.end])
                for each in call.parameters
            ]


@pytest.fixture(scope="module")
def client(sandbox: Sandbox) -> Client:
    return sandbox.anonymous()


@pytest.mark.parametrize("text", list(texts()))
def test_calls_when_scanned_are_the_preprocessors(client: Client, text: str) -> None:
    answer = client.post(
        action="expandtemplates", prop="parsetree", title="Scanner", text=text
    )
    tree = ET.fromstring(answer["expandtemplates"]["parsetree"])  # noqa: S314 - from our own wiki
    assert list(our_calls(text)) == list(wiki_calls(tree))
