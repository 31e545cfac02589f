"""Reduced HTML of comments: text, links and simple emphasis.

The wiki's HTML of a comment is reduced to a few elements without attributes but a
link's address, so that it is the same each time it is made and nothing in it can act.
Addresses are as the wiki gives them, relative ones below its articles (`./Title`).
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

from space.text.html.plain import DROPPED, VOID

_KEPT = frozenset(  # a list of quoted names would be a column long
    "a b blockquote br code dd del dl dt em i li ol p pre s strong sub sup ul".split()  # noqa: SIM905
)
_ADDRESS = re.compile(r"(?:https?:)?//|\./", re.IGNORECASE)


def reduce(html: str) -> str:
    """The HTML with nothing but what comments need; well formed whatever comes."""
    reader = _CommentReader()
    reader.feed(html)
    reader.close()
    return reader.html()


class _CommentReader(HTMLParser):
    """Writes again what may stay; closes what is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._made: list[str] = []
        self._open: list[str] = []
        self._muted = 0

    def html(self) -> str:
        """The reduced HTML of all input so far, with open elements closed."""
        closing = [f"</{tag}>" for tag in reversed(self._open) if tag]
        return "".join([*self._made, *closing]).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED and tag not in VOID:
            self._muted += 1
        if self._muted:
            return
        if tag == "img":
            self._made.append(escape(dict(attrs).get("alt") or "", quote=False))
        elif tag == "br":
            self._made.append("<br>")
        elif tag not in VOID:
            written = self._written(tag, attrs)
            self._made.append(f"<{written}>" if written else "")
            self._open.append(tag if written else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED and tag not in VOID:
            self._muted = max(0, self._muted - 1)
        elif not self._muted and tag not in VOID and self._open:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self._made.append(escape(data, quote=False))

    def _close(self, tag: str) -> None:
        """Close the innermost element; one that was never opened closes nothing."""
        innermost = self._open[-1]
        if innermost == tag or (not innermost and tag not in _KEPT):
            self._open.pop()
            self._made.append(f"</{innermost}>" if innermost else "")
        elif tag in self._open:
            while self._open and self._open[-1] != tag:
                self._shut()
            self._shut()

    def _shut(self) -> None:
        tag = self._open.pop()
        self._made.append(f"</{tag}>" if tag else "")

    @staticmethod
    def _written(tag: str, attrs: list[tuple[str, str | None]]) -> str:
        if tag not in _KEPT:
            return ""
        if tag == "a":
            address = dict(attrs).get("href") or ""
            if not _ADDRESS.match(address):
                return ""
            return f'a href="{escape(address.partition("?action=edit")[0])}"'
        return tag


# Wikitext, where no wiki renders it

_INVISIBLE = re.compile("[\x01\x7f]+")
_LINK = re.compile(r"\[\[\s*:?(?P<target>[^\[\]|\n]+)(?:\|(?P<label>[^\[\]\n]*))?\]\]")
_OUTER = re.compile(
    r"\[(?P<address>https?://[^\s\[\]<>]+)(?:[ \t]+(?P<label>[^\]\n]*))?\]"
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
