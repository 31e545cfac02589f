"""Plain text of HTML in the properties of a calendar.

Programs put HTML where iCalendar has plain text, sometimes escaped twice. HTML is
detected by names of elements, so that `a < b` and addresses in angle brackets stay. nh3
parses it as browsers do and leaves simple HTML.
"""

import re
from html.parser import HTMLParser

import nh3

from space.text.html.cut import text_alone
from space.text.html.nesting import is_flat
from space.text.html.references import unescape

_INLINE = (
    "a b big cite code em font i kbd q s samp small span strike strong sub sup tt u"
)
_OTHER = (
    "html head body title style script template meta link base abbr address article"
    " aside blockquote br caption center col colgroup dd del details dfn div dl dt"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe img ins label"
    " li main mark nav noscript object ol p pre section summary svg table tbody td"
    " tfoot th thead time tr ul var wbr o:p"
)
_ALONE = "|".join(sorted(_OTHER.split(), key=len, reverse=True))
_NAMES = "|".join(sorted(f"{_INLINE} {_OTHER}".split(), key=len, reverse=True))
_TAG = re.compile(
    rf"</(?:{_NAMES})\s*+>|<(?:{_ALONE})(?:\s[^<>]*+)?/?>|<!--|<!doctype\b",
    re.IGNORECASE,
)
"""Tags that make a text HTML; an unclosed start of a tag does not."""
_NO_TAG = re.compile(rf"<(?!/?(?:{_NAMES})(?:[\s/>]|$)|!--|!doctype\b)", re.IGNORECASE)
_ESCAPED = re.compile(
    rf"&(?:amp;)?lt;/?(?:{_NAMES})(?:\s|/?&(?:amp;)?gt;)", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE
)
_KEPT = frozenset(
    (
        *("a", "br", "li", "td", "th", "tr", "p", "div", "ul", "ol", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "table", "blockquote", "pre", "dt", "dd", "dl", "hr"),
        *("section", "article", "header", "footer", "caption", "address", "center"),
    )
)
_DROPPED = frozenset(
    ("script", "style", "title", "template", "noscript", "iframe", "svg", "object")
)
_CELLS = frozenset(("td", "th"))
_BLOCKS = _KEPT - {"a", "li", *_CELLS}
_TIMES = 3  # levels of HTML escaped in HTML
_SPACES = re.compile(r"[ \t\xa0]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


def plain_text(text: str) -> str:
    """A text without HTML and character references, otherwise unchanged."""
    for _ in range(_TIMES):
        if _ESCAPED.search(text):
            text = unescape(text)
        if _TAG.search(text):
            text = _read(text)
    return unescape(text) if _REFERENCE.search(text) else text


def plain_line(text: str) -> str:
    """A text without HTML, on one line."""
    return " ".join(plain_text(text).split())


def _read(html: str) -> str:
    marked = _NO_TAG.sub("&lt;", html)
    if not is_flat(marked):
        return unescape(text_alone(marked))
    reduced = nh3.clean(
        marked,
        tags=set(_KEPT),
        clean_content_tags=set(_DROPPED),
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    reader = _TextReader()
    reader.feed(reduced)
    reader.close()
    return reader.text()


class _TextReader(HTMLParser):
    """Collects text: blocks become lines, cells of a row stay on one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._made: list[str] = []
        self._target = ""
        self._link: list[str] | None = None

    def text(self) -> str:
        joined = _SPACES.sub(" ", "".join(self._made))
        return "\n".join(line.strip() for line in joined.split("\n")).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._end_link()
            self._target = dict(attrs).get("href") or ""
            self._link = []
        elif tag == "li":
            self._add("\n* ")
        elif tag in _CELLS:
            self._add(" ")
        elif tag in _BLOCKS:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in _CELLS:
            self._add(" ")
        elif tag in _BLOCKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def close(self) -> None:
        super().close()
        self._end_link()

    def _add(self, text: str) -> None:
        (self._made if self._link is None else self._link).append(text)

    def _end_link(self) -> None:
        """Add a link as its text and URL, or only once if they are equal."""
        if self._link is None:
            return
        shown = " ".join("".join(self._link).split())
        same = shown.rstrip("/") in {"", self._target.rstrip("/")}
        whole = f"{shown}: {self._target}" if self._target and not same else shown
        self._link = None
        self._made.append(whole or self._target)
