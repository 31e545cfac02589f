"""What the writers write shows on a real wiki as it was typed and does nothing."""

import random
import unicodedata
from html.parser import HTMLParser

import pytest

from space.codec.entities import storable
from space.codec.writers import write_value
from space.schema.kinds import load_kind
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

PIECES = (
    *("{{", "}}", "{{{", "}}}", "{|", "|}", "|", "=", "==", "[[", "]]", "[", "]", "-{"),
    *("<!--", "-->", "<nowiki>", "</nowiki>", "<ref>", "<b>", "</div>", "<br>", "''"),
    *("~~~~", "~~~", "__NOTOC__", "__NOINDEX__", "_", "&", "&lt;", "&#59;", "&nbsp;"),
    *(
        "Category:X",
        "[[Category:X]]",
        "[[File:X.jpg]]",
        "[[X]]",
        "{{X}}",
        "{{PAGENAME}}",
    ),
    *(";", "*", "#", ":", "----", " ", "  ", "\n", "\t", "'", "a", "é", "e\u0301", "অ"),
    *("😀", "\u202e", "\u200c", "{{subst:X}}", "{{!}}", "{{=}}", "<translate>", "AT&T"),
)
SEED, VALUES = 20261122, 200


def typed() -> list[str]:
    choose = random.Random(SEED)  # noqa: S311 - the same texts on every run
    mixed = (choose.choices(PIECES, k=choose.randint(1, 7)) for _ in range(VALUES))
    return [*PIECES, *map("".join, mixed)]


class Texts(HTMLParser):
    """The text in each `<section>`, which no value can make as all tags are escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if ("class", "value") in attrs:
            self.found.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "div"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def seen(text: str) -> str:
    """Text but for what the wiki changes in all text: NFC, and some spaces' kind."""
    return unicodedata.normalize("NFC", text.strip("\n")).replace("\u00a0", " ")


def test_values_when_shown_by_the_wiki_are_what_was_typed(sandbox: Sandbox) -> None:
    field = load_kind("event").fields["city"]
    values = typed()
    text = "\n".join(
        f'<div class="value">\n{write_value(field, value)}\n</div>' for value in values
    )
    parsed = sandbox.anonymous().post(
        action="parse",
        pst=1,
        text=unicodedata.normalize("NFC", text),
        title="Written values",
        contentmodel="wikitext",
        prop="text|categories|links|templates|images|properties",
        formatversion=2,
        wrapoutputclass="",
        disablelimitreport=1,
    )["parse"]
    shown = Texts()
    shown.feed(parsed["text"])
    assert [seen(text) for text in shown.found] == [
        seen(storable(value)) for value in values
    ]
    assert shown.tags == {"div", "p"}
    assert parsed["categories"] == parsed["links"] == parsed["templates"] == []
    assert parsed["images"] == []
    assert not parsed["properties"]
