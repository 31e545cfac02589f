"""Reduced HTML of comments: text, links and simple emphasis.

The wiki's HTML of a comment is reduced to a few elements without attributes but a
link's address, so that it is the same each time it is made and nothing in it can act.
Addresses are as the wiki gives them, relative ones below its articles (`./Title`).
"""

import re
from html import escape
from html.parser import HTMLParser

from space.text.html.cut import Cut
from space.text.html.plain import DROPPED, VOID
from space.text.html.references import unescape

_KEPT = frozenset(  # a list of quoted names would be a column long
    "a b blockquote br code dd del dl dt em i li ol p pre s strong sub sup ul".split()  # noqa: SIM905
)
_ADDRESS = re.compile(r"(?:https?:)?//|\./", re.IGNORECASE)
_CUT = Cut(_KEPT | {"img"}, {"a": {"href"}, "img": {"alt"}}, DROPPED - VOID)


def reduce(html: str) -> str:
    """The HTML with nothing but what comments need; well formed whatever comes."""
    reader = _CommentReader()
    reader.feed(_CUT(html))
    reader.close()
    return reader.html()


class _CommentReader(HTMLParser):
    """Writes well-formed HTML again, with what may stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._made: list[str] = []
        self._open: list[str] = []  # open elements; empty for one that is not written

    def html(self) -> str:
        """The reduced HTML of all input."""
        return "".join(self._made).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self._made.append(escape(dict(attrs).get("alt") or "", quote=False))
        elif tag == "br":
            self._made.append("<br>")
        else:
            nested = tag == "a" and tag in self._open
            written = "" if nested else _written(tag, attrs)
            self._made.append(f"<{written}>" if written else "")
            self._open.append(tag if written else "")

    def handle_endtag(self, tag: str) -> None:
        written = self._open.pop()
        self._made.append(f"</{tag}>" if written else "")

    def handle_data(self, data: str) -> None:
        self._made.append(escape(data, quote=False))


def _written(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    if tag != "a":
        return tag if tag in _KEPT else ""
    address = dict(attrs).get("href") or ""
    if not _ADDRESS.match(address):
        return ""
    return f'a href="{escape(address.partition("?action=edit")[0])}"'


# Wikitext, where no wiki renders it

_INVISIBLE = re.compile("[\x01\x7f]+")
_LINK = re.compile(
    r"\[\[\s*+:?(?P<target>[^\[\]|\n]++)(?:\|(?P<label>[^\[\]\n]*+))?\]\]"
)
_OUTER = re.compile(
    r"\[(?P<address>https?://[^\s\[\]<>]++)(?:[ \t]++(?P<label>[^\]\n]{0,500}+))?\]"
)
_TAG = re.compile(r"</?[a-z][^<>\n]*>", re.IGNORECASE)
_STRONG = re.compile(r"'''(.+?)'''")
_EM = re.compile(r"''(.+?)''")


def plain_line(wikitext: str) -> str:
    """A line of wikitext (masked) as text on one line: a heading."""
    shown = _LINK.sub(lambda m: m["label"] or m["target"], _INVISIBLE.sub("", wikitext))
    shown = _OUTER.sub(lambda m: m["label"] or m["address"], shown)
    shown = _TAG.sub("", shown.replace("'''", "").replace("''", ""))
    return " ".join(unescape(shown).split())


def line_html(wikitext: str) -> str:
    """A line of wikitext (masked) as reduced HTML: links and emphasis."""
    shown = _TAG.sub("", _INVISIBLE.sub("", wikitext)).strip()
    shown = escape(unescape(shown), quote=False)
    shown = _LINK.sub(_inner_link, shown)
    shown = _OUTER.sub(
        lambda m: (
            f'<a href="{m["address"].replace(chr(34), "%22")}">'
            f"{m['label'] or m['address']}</a>"
        ),
        shown,
    )
    return _EM.sub(r"<i>\1</i>", _STRONG.sub(r"<b>\1</b>", shown))


def _inner_link(match: re.Match[str]) -> str:
    target = unescape(match["target"]).strip().replace(" ", "_").replace('"', "%22")
    label = match["label"] or match["target"]
    return f'<a href="./{escape(target)}">{label}</a>'
