"""Threads from wikitext: headings, indentation and signatures.

For wikis without DiscussionTools, by its rules: a comment is everything from the end
of the one before to the end of the line or paragraph that has a signature; its level
is how deep that is in lists; it answers the nearest comment above that is less deep.
Text in quotations, tables' templates, comments and nowiki signs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from space.bounds import BOUNDS
from space.codec.scanner import mask, outermost
from space.wiki.talk import ids
from space.wiki.talk.html import line_html, plain_line
from space.wiki.talk.signatures import Signature, Signs
from space.wiki.threads import Comment, Thread
from space.wiki.values import Site

_HEADING = re.compile(r"(={1,6})(?P<title>.+?)\1[ \t\x7f]*")
_LIST = re.compile(r"[ \t]*(?P<marks>[:*#;]+)")
_BLOCK = re.compile(
    r"</?(?:blockquote|div|table|center|section|dl|ul|ol|li|p|tr|td)\b|\{\||\|[-}]?|!|----",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>|</?p>|<hr\s*/?>", re.IGNORECASE)
_QUOTE = re.compile(
    r"(?P<tag><(blockquote|cite|q)\b[^<>]*>)(?P<quoted>.*?)(?=</\2\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_VERDICT, _INTEREST = (
    re.compile(rf"\{{\{{\s*(?:template:)?space[ _]{name}\s*[|}}]", re.IGNORECASE)
    for name in ("review", "interested")
)
_TEXT = re.compile(r"[^\s\x7f:*#;]")
_SHOWN = re.compile(r"[^\x01\x7f\n]")


def read_talk(text: str, site: Site) -> tuple[Thread, ...]:
    """The threads of a talk page. Total: any text gives some, or none.

    None for a page past the bounds (`space.bounds`).
    """
    if len(text) > BOUNDS.talk:
        return ()
    return _PageReader(Signs.of(site)).read(text)


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece of the page that one comment ends in or goes through."""

    depth: int  # in lists
    text: str  # without list marks, templates put aside
    raw: str  # with its templates


@dataclass(slots=True)
class _Heading:
    level: int
    anchor: str


@dataclass(slots=True)
class _Draft:
    title: str
    anchor: str
    comments: list[Comment] = field(default_factory=list)


class _PageReader:
    """State of the reading of a page."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self._threads: list[_Draft] = []
        self._headings: list[_Heading] = []
        self._anchors = ids.Anchors()
        self._ids = ids.Names()
        self._above: list[Comment | None] = [None]
        self._pending: list[_Line] = []

    def read(self, text: str) -> tuple[Thread, ...]:
        text = self._signs.unsigned(text)
        for level, title, lines in _sections(text):
            if level:
                self._begin(level, title)
            for line in lines:
                self._pending.append(line)
                signature = self._signs.find(line.text)
                if signature:
                    self._comment(signature)
            self._pending.clear()
        names = ids.Names()
        return tuple(_thread(draft, names) for draft in self._threads if draft.comments)

    def _begin(self, level: int, title: str) -> None:
        anchor = self._anchors.take(title)
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()
        if not self._headings:
            self._threads.append(_Draft(title, anchor))
        self._headings.append(_Heading(level, anchor))
        self._above = [None]

    def _comment(self, signature: Signature) -> None:
        lines, self._pending = self._pending, []
        first = next((line for line in lines if _TEXT.search(line.raw)), lines[-1])
        level = min(first.depth, lines[-1].depth) + 1
        parent = self._parent(level)
        comment = Comment(
            id=self._id(signature, parent),
            author=signature.author,
            at=signature.at,
            level=level,
            parent=parent.id if parent else "",
            html=_html(lines, signature),
            verdict=any(_VERDICT.search(line.raw) for line in lines),
            interest=any(_INTEREST.search(line.raw) for line in lines),
        )
        del self._above[level:]
        self._above.append(comment)
        if not self._threads:
            self._threads.append(_Draft("", ""))
        self._threads[-1].comments.append(comment)

    def _parent(self, level: int) -> Comment | None:
        """The comment above that is less deep; skipped levels count as its own."""
        while len(self._above) < level:
            self._above.append(self._above[-1])
        return self._above[level - 1]

    def _id(self, signature: Signature, parent: Comment | None) -> str:
        parts = ["c", ids.mark(signature.author, signature.at)]
        if parent:
            parts.append(ids.mark(parent.author, parent.at))
        elif self._headings:
            parts.append(ids.name(self._headings[-1].anchor))
        return self._ids.take("-".join(parts))


def _thread(draft: _Draft, names: ids.Names) -> Thread:
    oldest: datetime = min(comment.at for comment in draft.comments)
    name = f"h-{ids.name(draft.anchor)}-{ids.stamp(oldest)}"
    return Thread(names.take(name), draft.title, tuple(draft.comments))


def _sections(text: str) -> Iterator[tuple[int, str, list[_Line]]]:
    """Heading level and title (0 and none above the first), and the lines below."""
    masked = _QUOTE.sub(
        lambda m: m["tag"] + _SHOWN.sub("\x01", m["quoted"]), mask(text)
    )
    bare = _without_templates(masked)
    level, title = 0, ""
    lines = _Lines()
    start = 0
    for raw in masked.split("\n"):
        text_line = bare[start : start + len(raw)]
        start += len(raw) + 1
        heading = _HEADING.fullmatch(raw.strip(" \t\x7f"))
        if heading and heading["title"].strip():
            yield level, title, lines.close()
            level, title = len(heading[1]), plain_line(heading["title"])
            lines = _Lines()
        else:
            lines.add(text_line, raw)
    yield level, title, lines.close()


def _without_templates(masked: str) -> str:
    """The text, as long as before, with templates put aside."""
    pieces = []
    end = 0
    for element in outermost(masked):
        if element.kind == "template":
            pieces.append(masked[end : element.start])
            pieces.append(_SHOWN.sub("\x01", masked[element.start : element.end]))
            end = element.end
    pieces.append(masked[end:])
    return "".join(pieces)


class _Lines:
    """Gathers paragraphs: lines that nothing parts are one."""

    def __init__(self) -> None:
        self._done: list[_Line] = []
        self._open: list[tuple[str, str]] = []

    def add(self, text: str, raw: str) -> None:
        """The next line of the page."""
        marks = _LIST.match(text)
        if marks:
            self._end()
            depth = len(marks["marks"].replace(";", ""))
            self._part(depth, text[marks.end() :], raw[marks.end() :])
        elif not raw.strip(" \t\x7f"):
            self._end()
        else:
            if _BLOCK.match(text):
                self._end()
            self._open.append((text, raw))

    def close(self) -> list[_Line]:
        """End the last line and return all lines."""
        self._end()
        return self._done

    def _end(self) -> None:
        if self._open:
            text = "\n".join(text for text, _ in self._open)
            raw = "\n".join(raw for _, raw in self._open)
            self._open = []
            self._part(0, text, raw)

    def _part(self, depth: int, text: str, raw: str) -> None:
        """A paragraph or an item, in the pieces that line breaks make."""
        start = 0
        for cut in [*_BREAK.finditer(text), None]:
            end = cut.start() if cut else len(text)
            if raw[start:end].strip(" \t\n\x7f"):
                self._done.append(_Line(depth, text[start:end], raw[start:end]))
            start = cut.end() if cut else end


def _html(lines: list[_Line], signature: Signature) -> str:
    """The comment without its signature; each piece a paragraph."""
    last = lines[-1]
    unsigned = last.text[: signature.start] + last.text[signature.end :]
    shown = [
        line_html(line.text) for line in (*lines[:-1], replace(last, text=unsigned))
    ]
    kept = [html for html in shown if html]
    return kept[0] if len(kept) == 1 else "\n".join(f"<p>{html}</p>" for html in kept)
