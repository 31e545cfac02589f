"""Marks of the Translate extension in the source of a page.

https://www.mediawiki.org/wiki/Help:Extension:Translate/Page_translation_example: tags
around what is to be translated, a numbered comment before each paragraph, variables.
All of them are invisible to readers, and to take them away is to delete them.
"""

import re
from collections.abc import Iterable, Iterator

from space.codec.scanner import hidden

_TAG = re.compile(r"<translate(?: nowrap)?>|</translate>")
_LANGUAGES = re.compile(r"^<languages */>\n|(?:^|\n)<languages */>\Z", re.MULTILINE)
_NUMBER = r"<!--T:[^<>\n]{1,100}?-->"
_BEFORE = re.compile(rf"[ \t]*({_NUMBER}(?: |$))")
_BEHIND = re.compile(rf"( {_NUMBER}|{_NUMBER})[ \t]*$")
_NAME = r"(?:'[^'<>\s]{0,100}'|\"[^\"<>\s]{0,100}\"|[^'\"<>\s]{0,100})"
_SPACE = r"\s{0,20}"  # bounded, as all of these are, to take linear time
_VARIABLE = re.compile(
    r"<tvar\|[^<>\s]{1,100}>|</>"
    rf"|<tvar\s{_SPACE}name{_SPACE}={_SPACE}{_NAME}{_SPACE}>|</tvar{_SPACE}>",
    re.IGNORECASE,
)
_OLD = "</>"
_NOWIKI = frozenset({"nowiki"})
_QUOTING = _NOWIKI | {"pre", "source", "syntaxhighlight"}

_Span = tuple[int, int]


def without_marks(text: str) -> str:
    """The text without the marks of the Translate extension, as its readers see it.

    With a tag goes the line end within, with a number the space or line end by which
    the extension parts it from its unit. A text whose tags do not match stays as it is:
    the extension makes nothing of it. Nor does it of what stands in `<nowiki>`.
    """
    masked = _masked(text, _NOWIKI)
    tags = [match.span() for match in _TAG.finditer(masked)]
    wrong = (_opens(masked, tag) == bool(place % 2) for place, tag in enumerate(tags))
    if len(tags) % 2 or any(wrong):
        return text
    return _without(text, masked, tags)


def text_without_marks(text: str) -> str:
    """Wikitext without the marks, to be shown or copied; quoted marks stay.

    A part of a page may hold one half of a pair of tags, at which the extension gives
    up, and its numbers are of the page's own units.
    """
    masked = _masked(text, _QUOTING)
    tags: list[_Span] = []
    for tag in (match.span() for match in _TAG.finditer(masked)):
        if _opens(masked, tag) == bool(len(tags) % 2):
            border = tag[0] if tags else 0
            tags.append((border, border))
        tags.append(tag)
    if len(tags) % 2:
        tags.append((len(text), len(text)))
    return _without(text, masked, tags)


def _opens(text: str, tag: _Span) -> bool:
    return not text.startswith("</", tag[0]) and tag[0] < tag[1]


def _masked(text: str, quoting: frozenset[str]) -> str:
    """The text with a letter for each character that is quoted."""
    pieces, position = [], 0
    for quote in hidden(text) if "<" in text else ():
        if quote.name in quoting:
            pieces += [text[position : quote.start], "q" * (quote.end - quote.start)]
            position = quote.end
    return "".join([*pieces, text[position:]])


def _without(text: str, masked: str, tags: Iterable[_Span]) -> str:
    """The text without the marks of units between pairs of tags, and these."""
    spans = [match.span() for match in _LANGUAGES.finditer(masked)]
    pairs = iter(tags)
    for opening, closing in zip(pairs, pairs, strict=True):
        spans += _of_units(masked, opening, closing)
    pieces, position = [], 0
    for start, end in sorted(spans):
        pieces.append(text[position : max(position, start)])
        position = max(position, end)
    return "".join([*pieces, text[position:]])


def _of_units(text: str, opening: _Span, closing: _Span) -> Iterator[_Span]:
    """The spans of two tags and of the marks of units between them."""
    start, end = opening[1], closing[0]
    if opening[0] < start < end and text[start] == "\n":
        start += 1
    if start < end < closing[1] and text[end - 1] == "\n":
        end -= 1
    yield opening[0], start
    yield end, closing[1]
    yield from _numbers(text, start, end)
    yield from _variables(text, start, end)


def _numbers(text: str, start: int, end: int) -> Iterator[_Span]:
    """The spans of units' numbers: before their text, or behind a line of it.

    A unit begins after an empty line.
    """
    begins, position = True, start
    lines = text[start:end].split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        before = _BEFORE.match(line) if begins else None
        behind = None if before else _BEHIND.search(line)
        if before:
            is_line = not before[1].endswith(" ")
            if (following if is_line else line[before.end() :]).strip():
                yield position + before.start(1), position + before.end() + is_line
        elif behind and line[: behind.start()].strip():
            yield position + behind.start(1), position + behind.end(1)
        begins = not line.strip() and (begins or not line)
        position += len(line) + 1


def _variables(text: str, start: int, end: int) -> Iterator[_Span]:
    """The spans of tags around variables, in pairs."""
    opened: re.Match[str] | None = None
    for tag in _VARIABLE.finditer(text, start, end):
        is_closing = tag[0].startswith("</")
        if opened is None:
            opened = None if is_closing else tag
        elif is_closing and ("|" in opened[0][:6]) == (tag[0] == _OLD):
            yield opened.span()
            yield tag.span()
            opened = None
