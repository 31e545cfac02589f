"""The structure of wikitext as MediaWiki's preprocessor sees it, in linear time.

Where a template call ends and where its arguments part is decided by braces, brackets
and bars alone, outside of comments and extension tags; HTML, tables and external links
play no part. Parsers that weigh those, too, cut arguments where the wiki does not
(`docs/decisions/0001-wikitext-structure.md`). The rules are those of Preprocessor_Hash:
https://www.mediawiki.org/wiki/Preprocessor_ABNF
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from space.codec.grammar import EXTENSION_TAGS, TRANSPARENT_TAGS

HIDDEN = "\x7f"  # no wiki stores them: these stand for what the wiki drops,
OPAQUE = "\x01"  # and for what it puts aside, which is no part of any name

_TRANSPARENT = rf"/?(?:{'|'.join(TRANSPARENT_TAGS)})(?:[\s|/][^<>]*)?>|/>"
_HIDING = re.compile(
    rf"<(?:!--|(?P<transparent>{_TRANSPARENT})"
    rf"|(?P<tag>{'|'.join(EXTENSION_TAGS)}|includeonly)(?=[\s/>]))",
    re.IGNORECASE | re.ASCII,
)
# Every branch begins with one literal, which makes the search skip what none has.
_TOKEN = re.compile(r"-\{(?!\{)|\{\{+|\[\[+|\}\}*|\]\]+|\||\n={0,6}|=")
DROPPED = frozenset(("comment", "includeonly", "markup"))
_PAIRS = {"}": "{", "]": "["}
_LONGEST = {"{": 3, "[": 2}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A piece without structure: `name` is `comment`, a tag's name or `markup`.

    `markup` is a tag that only Translate or transclusion looks at; its content is
    outside of the piece. `content` bounds what stands between an extension's tags.
    """

    name: str
    start: int
    end: int
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part between two bars; `equals` is the offset of its first top-level `=`."""

    start: int
    end: int
    equals: int | None


@dataclass(frozen=True, slots=True)
class Element:
    """A `{{template}}`, a `{{{argument}}}` or a `[[link]]`, with its brackets."""

    kind: Literal["template", "argument", "link"]
    start: int
    end: int
    parts: tuple[Part, ...]


@dataclass(slots=True)
class _Open:
    bracket: str  # "{", "[", "-" for language converter's -{, or "\n" for a heading
    count: int
    start: int
    bars: list[int] = field(default_factory=list)
    equals: dict[int, int] = field(default_factory=dict)  # part number → offset


def hidden(text: str, end: int | None = None) -> Iterator[Hidden]:
    """Comments, extension tags with their content, and tags to look through.

    With `end`, only those that begin before it; they may go on after it.
    """
    unclosed: set[str] = set()
    position = text.find("<", 0, end)
    while position >= 0:
        match = _HIDING.match(text, position)
        piece = _hidden_piece(text, match, unclosed) if match else None
        if piece:
            yield piece
        position = text.find("<", piece.end if piece else position + 1, end)


def _hidden_piece(text: str, match: re.Match[str], unclosed: set[str]) -> Hidden | None:
    start, after = match.span()
    if match["transparent"]:
        return Hidden("markup", start, after, (after, after))
    if match["tag"]:
        return _tag(text, match, unclosed)
    close = text.find("-->", after)
    end = len(text) if close < 0 else close + 3
    return Hidden("comment", start, end, (after, end))


def _tag(text: str, match: re.Match[str], unclosed: set[str]) -> Hidden | None:
    """An extension tag; None for one that never ends, which is plain text.

    What is found to be missing is kept in `unclosed`, so that no tag is looked for
    to the end of the text more than once.
    """
    name = match["tag"].lower()
    if name in unclosed or ">" in unclosed:
        return None
    bracket = text.find(">", match.end())
    if bracket < 0:
        unclosed.add(">")
        return None
    start, content = match.start(), bracket + 1
    if text[bracket - 1] == "/":
        return Hidden(name, start, content, (content, content))
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, content)
    if closing:
        return Hidden(name, start, closing.end(), (content, closing.start()))
    if name == "includeonly":  # the wiki closes it at the end of the page
        return Hidden(name, start, len(text), (content, len(text)))
    unclosed.add(name)
    return None


def mask(text: str, end: int | None = None) -> str:
    """The text, as long as before, without what has no structure.

    With `end`, nothing that begins after it is masked.
    """
    pieces = []
    position = 0
    for piece in hidden(text, end):
        sign = HIDDEN if piece.name in DROPPED else OPAQUE
        pieces += [text[position : piece.start], sign * (piece.end - piece.start)]
        position = piece.end
    return "".join([*pieces, text[position:]]) if pieces else text


def without_comments(text: str) -> str:
    """The text without what the wiki drops: comments, and tags to look through."""
    if "<" not in text:
        return text
    pieces = []
    position = 0
    for piece in hidden(text):
        if piece.name in DROPPED:
            pieces.append(text[position : piece.start])
            position = piece.end
    return "".join([*pieces, text[position:]])


class Elements:
    """The elements of a masked text, each when its brackets close: inner ones first.

    Only what lies between `start` and `end` is looked at. After the last element,
    `open` has the offset and the look of every bracket that nothing closed, outermost
    first; for the wiki those are plain text.
    """

    def __init__(self, masked: str, start: int = 0, end: int | None = None) -> None:
        self._text = masked
        self._bounds = (start, len(masked) if end is None else end)
        self._stack: list[_Open] = []
        self._read = 0  # up to here a token was used together with the one before

    @property
    def open(self) -> list[tuple[int, str]]:
        """Offsets and brackets that are not closed so far."""
        return [
            (piece.start, self._text[piece.start : piece.start + 2])
            for piece in self._stack
            if piece.bracket != "\n"
        ]

    def __iter__(self) -> Iterator[Element]:
        stack = self._stack
        for match in _TOKEN.finditer(self._text, *self._bounds):
            token = match[0]
            first = token[0]
            if match.start() < self._read:
                continue
            if first in "{[-":
                stack.append(_Open(first, len(token), match.start()))
            elif not stack:
                continue
            elif first == "\n":
                self._line(token, match.start())
            elif first == "|":
                stack[-1].bars.append(match.start())
            elif first == "=":
                top = stack[-1]
                top.equals.setdefault(len(top.bars), match.start())
            else:
                yield from self._close(token, match.start())

    def _line(self, token: str, position: int) -> None:
        """A new line ends a heading, and `=` begins one in which nothing closes."""
        stack = self._stack
        if stack[-1].bracket == "\n":
            stack.pop()
        signs = len(token) - 1
        if not stack or not signs:
            return
        top = stack[-1]
        named = len(top.bars) in top.equals or not top.bars or top.bracket != "{"
        if signs == 1 and not named:  # taken for the sign between name and value
            top.equals[len(top.bars)] = position + 1
        else:
            stack.append(_Open("\n", signs, position))

    def _close(self, token: str, position: int) -> Iterator[Element]:
        stack = self._stack
        left, end = len(token), position + len(token)
        while stack and left:
            top = stack[-1]
            if top.bracket == "-" and self._text.startswith("}-", end - 1):
                stack.pop()
                left, self._read = 0, end + 1
            elif top.bracket != _PAIRS[token[0]]:
                return
            else:
                count = min(left, top.count, _LONGEST[top.bracket])
                if count < 2:
                    return
                stack.pop()
                yield _element(top, count, position)
                position += count
                left -= count
                if top.count - count >= 2:
                    stack.append(_Open(top.bracket, top.count - count, top.start))


def _element(piece: _Open, count: int, close: int) -> Element:
    start = piece.start + piece.count - count
    bounds = [start + count - 1, *piece.bars, close]
    parts = tuple(
        Part(before + 1, after, piece.equals.get(number))
        for number, (before, after) in enumerate(pairwise(bounds))
    )
    if piece.bracket == "[":
        return Element("link", start, close + count, parts)
    kind: Literal["template", "argument"] = "template" if count == 2 else "argument"
    return Element(kind, start, close + count, parts)


def outermost(masked: str) -> list[Element]:
    """The elements that lie in no other one, in the order of the text."""
    outer: list[Element] = []
    for element in Elements(masked):
        while outer and outer[-1].start > element.start:
            outer.pop()
        outer.append(element)
    return outer
