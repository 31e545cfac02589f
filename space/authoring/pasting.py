"""Pasted HTML, reduced to elements that a wiki page can have.

Word processors put HTML full of styles on the clipboard. Headings, lists, tables,
links, bold and italic stay; other elements are replaced by their text. The wiki's
Parsoid converts the result to wikitext (https://www.mediawiki.org/wiki/Parsoid).
"""

import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import nh3

from space.bounds import BOUNDS
from space.codec.values.web_addresses import is_safe_url
from space.text.html.cut import Cut
from space.text.html.nesting import is_flat

MAX_HTML = BOUNDS.pasted
MAX_REDUCED = 300_000  # characters of reduced HTML, and of wikitext

_SAME: Mapping[str, str] = MappingProxyType(
    {
        name: name
        for name in (
            *("p", "br", "ul", "ol", "li", "b", "i", "a", "blockquote", "pre"),
            *("table", "tr", "td", "th", "dl", "dt", "dd", "sub", "sup", "code"),
        )
    }
    | {"strong": "b", "em": "i", "div": "p"}
)
_UNSEEN = frozenset({"script", "style", "title", "template", "noscript"})
_EMPTY = frozenset({"br"})
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_HEADING_TAG = re.compile(r"</?h([1-6])>")
_BOLD = re.compile(r"font-weight\s*+:\s*+(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"font-weight\s*+:\s*+(?:normal|400)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*+:\s*+(?:italic|oblique)", re.IGNORECASE)
_TAG_OR_SPACE = re.compile(r"<[^<>]*+>|\s")
_CUT = Cut(
    {*_SAME, *_HEADINGS, "span"},
    {"*": {"style"}, "a": {"href"}, "b": {"style"}},
    _UNSEEN,
)
_TABLE = '<table class="wikitable">'  # which has borders, unlike one without a class
_DETOUR = re.compile(r"https://www\.google\.com/url\?")


def reduced(html: str) -> str:
    """Well-formed HTML without styles, hidden elements and attributes except `href`.

    The highest heading moves to the second level, below the title of the page. Empty
    for HTML without text, and for what is too long or too deep to be read.
    """
    if len(html) > MAX_HTML or not is_flat(html):
        return ""
    reader = _PasteReader()
    reader.feed(_CUT(html))
    reader.close()
    written = "".join(reader.parts)[:MAX_REDUCED]
    clean = nh3.clean(
        written,
        tags={*_SAME.values(), *_HEADINGS},
        attributes={"a": {"href"}, "table": {"class"}},
        link_rel=None,
        url_schemes={"http", "https"},
    )
    return _below_the_title(clean) if _TAG_OR_SPACE.sub("", clean) else ""


def _below_the_title(html: str) -> str:
    """HTML with headings moved so that the highest has the second level."""
    shift = 2 - min(
        (int(heading[1]) for heading in _HEADING_TAG.finditer(html)), default=2
    )
    return _HEADING_TAG.sub(
        lambda tag: f"{tag[0][:-2]}{min(int(tag[1]) + shift, 6)}>", html
    )


class _PasteReader(HTMLParser):
    """Collects pieces of well-formed HTML with the elements that are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._open: list[list[str]] = []  # what stands for each open element
        self._inside: Counter[str] = Counter()  # how many of each name are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = self._names(tag, given)
        for name in names:
            href = _address(given.get("href", "")) if name == "a" else ""
            start = f'<a href="{escape(href)}">' if href else f"<{name}>"
            self.parts.append(_TABLE if name == "table" else start)
        if tag not in _EMPTY:
            self._open.append(names)
            self._inside.update(names)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            names = self._open.pop()
            self._inside.subtract(names)
            self.parts += [f"</{name}>" for name in reversed(names)]

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data.replace("\xa0", " ")))

    def _names(self, tag: str, given: Mapping[str, str]) -> list[str]:
        """The elements that replace an element; none where only its text stays."""
        style = given.get("style", "")
        if tag in _HEADINGS:
            return [tag]
        names = []
        name = _SAME.get(tag)
        if name == "a" and not _address(given.get("href", "")):
            name = None
        if name == "p" and self._has("li", "td", "th", "dd", "p"):
            name = None  # wikitext has one paragraph in a list item
        if name == "b" and _PLAIN.search(style):
            name = None
        if name and not (name in {"b", "i"} and self._has(name)):
            names.append(name)
        if tag == "span" and not self._has(*_HEADINGS):
            names += ["b"] if _BOLD.search(style) and not self._has("b") else []
            names += ["i"] if _SLANTED.search(style) and not self._has("i") else []
        return names

    def _has(self, *names: str) -> bool:
        return any(self._inside[name] for name in names)


def _address(href: str) -> str:
    """The URL of a link; empty for one that no page should have."""
    if _DETOUR.match(href):  # Google Docs wraps all links
        href = "".join(parse_qs(urlsplit(href).query).get("q", [href])[:1])
    return href if is_safe_url(href) else ""
