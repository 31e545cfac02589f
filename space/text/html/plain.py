"""Plain text of HTML."""

import re
from html.parser import HTMLParser

from space.text.html.cut import Cut

DROPPED = frozenset(("link", "meta", "script", "style", "template"))
_BLOCKS = frozenset(
    [
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))
_LINES = re.compile(r" ?\n\s*+")
_SPACES = re.compile(r"[ \t\xa0]+")


_CUT = Cut({*_BLOCKS, "table"}, {}, DROPPED - VOID)


def text_of(html: str) -> str:
    """The text of HTML: paragraphs, items and breaks on lines of their own."""
    reader = _PlainText()
    reader.feed(_CUT(html))
    reader.close()
    return reader.text()


def line_of(html: str) -> str:
    """The text of HTML on one line, with single spaces."""
    return " ".join(text_of(html).split())


class _PlainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._made: list[str] = []

    def text(self) -> str:
        joined = _SPACES.sub(" ", "".join(self._made))
        return _LINES.sub("\n", joined).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._made.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._made.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self._made.append(data)
