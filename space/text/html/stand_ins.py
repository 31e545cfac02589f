"""HTML of MediaWiki's parser, with stand-ins for what a page of the tool cannot show.

Runs inside `space.text.html.sanitize`, which gives it well-formed HTML and makes what
comes out safe; nothing here has to be.

* What the page hides by `display: none` or `visibility: hidden` goes: without its style
  it would show.
* `<h1>` becomes `<h2>`, as a page of the tool has a first heading already.
* A player becomes a link to its file's page: https://www.mediawiki.org/wiki/Extension:TimedMediaHandler
* A formula in MathML alone becomes its TeX; where there is a picture of it, that stays:
  https://www.mediawiki.org/wiki/Extension:Math
"""

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote, unquote

from space.text.html.plain import VOID

_HIDDEN = re.compile(
    r"(?:^|;)\s*+(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)\b", re.IGNORECASE
)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMMONS = "https://commons.wikimedia.org/wiki/"
_PLAYERS = frozenset(("audio", "video"))
_DISPLAY_STYLE = re.compile(r"\{\\(?:display|text)style\s++(.*)\}\s*+", re.DOTALL)

LOOKED_AT = frozenset(
    ("annotation", "audio", "h1", "math", "semantics", "source", "video")
)
"""Elements that stand-ins are made of or for."""
LOOKED_AT_ATTRIBUTES = {
    "*": {"style"},
    "annotation": {"encoding"},
    "audio": {"data-mwprovider", "data-mwtitle", "resource", "src"},
    "math": {"alttext"},
    "source": {"src"},
    "video": {"data-mwprovider", "data-mwtitle", "resource", "src"},
}

Attributes = dict[str, str]


def with_stand_ins(html: str) -> str:
    """Well-formed HTML (`space.text.html.cut`) with stand-ins; never raises."""
    rewriter = _Rewriter()
    rewriter.feed(html)
    rewriter.close()
    return rewriter.made()


class _Rewriter(HTMLParser):
    """Copies HTML as it is, but for the elements that it replaces or drops."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._made: list[str] = []
        self._inside = ""  # the tag of the element that is not copied
        self._depth = 0  # of elements of that tag
        self._attributes: Attributes = {}
        self._source = ""  # of a player
        self._tex = False  # whether this is the annotation of a formula
        self._formula: list[str] = []

    def made(self) -> str:
        """The HTML so far; a formula that nothing closes is told as far as it goes."""
        if self._inside == "math":
            self._end_element()
        return "".join(self._made)

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._inside:
            self._look_inside(tag, attributes)
        elif tag not in VOID and _is_hidden(attributes):
            self._begin_element(tag, {})
        elif tag == "math" or tag in _PLAYERS:
            self._begin_element(tag, attributes)
        else:
            text = self.get_starttag_text() or ""
            self._made.append(f"<h2{text[3:]}" if tag == "h1" else text)

    def handle_startendtag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no other way to close one

    def handle_endtag(self, tag: str) -> None:
        if not self._inside:
            self._made.append("</h2>" if tag == "h1" else f"</{tag}>")
            return
        if tag == "annotation":
            self._tex = False
        if tag == self._inside:
            self._depth -= 1
            if not self._depth:
                self._end_element()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._made.append(escape(data, quote=False))
        elif self._tex:
            self._formula.append(data)

    def _begin_element(self, tag: str, attributes: Attributes) -> None:
        self._inside, self._depth, self._attributes = tag, 1, attributes
        self._source, self._formula, self._tex = attributes.get("src", ""), [], False

    def _look_inside(self, tag: str, attributes: Attributes) -> None:
        if tag == self._inside:
            self._depth += 1
        elif tag == "source":
            self._source = self._source or attributes.get("src", "")
        elif tag == "annotation" and "tex" in attributes.get("encoding", ""):
            self._tex = True

    def _end_element(self) -> None:
        tag, self._inside = self._inside, ""
        if self._attributes and tag in _PLAYERS:
            self._made.append(_file_link(self._attributes, self._source))
        elif tag == "math":
            tex = "".join(self._formula) or self._attributes.get("alttext", "")
            plain = _DISPLAY_STYLE.fullmatch(tex.strip())
            text = (plain[1] if plain else tex).strip()
            self._made.append(f"<code>{escape(text, quote=False)}</code>")


def _is_hidden(attributes: Attributes) -> bool:
    style = _CSS_COMMENT.sub("", attributes.get("style", ""))
    return _HIDDEN.search(style) is not None


def _file_link(attributes: Attributes, source: str) -> str:
    """A link to the page of a player's file, as far as it is told, else to the file."""
    title = attributes.get("data-mwtitle", "")
    address = attributes.get("resource") or source
    if title and attributes.get("data-mwprovider") == "wikimediacommons":
        address = f"{_COMMONS}File:{quote(title)}"
    name = title or unquote(address.rpartition("/")[2])
    label = (name.partition(":")[2] or name).replace("_", " ") or address
    return f'<a href="{escape(address)}">{escape(label)}</a>' if address else ""
