"""Verdicts, read from a talk page's history with who first added each line.

A verdict is `{{Space review|approve|rev=123|reason=…}}` with its reviewer's signature
on the same line. What counts is not what a line says but who put it there: each
revision is compared with the one before, and a line new in it is its author's. A line
signed by another, brought back by an undo, copied from elsewhere or changed where it
stood is a verdict with a flaw. It stays apart from the same line by the account that
signs it (`Verdict.seen_mark`): nobody can write another's verdict before them.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from space.bounds import BOUNDS
from space.codec.calls import Call, find_calls, match_arguments
from space.codec.readers import read_value
from space.codec.scanner import mask
from space.review.marks import without_origin
from space.review.model import Flaw, Verdict, VerdictKind
from space.review.verdicts.signatures import (
    LINE_LIMIT,
    LineSignature,
    find_signature,
)
from space.schema import kinds as schema
from space.schema.kinds import Value
from space.wiki.talk.signatures import user_links
from space.wiki.values import Revision, Site

TEMPLATE = "Space review"

REVERTS = frozenset({"mw-undo", "mw-rollback", "mw-manual-revert"})
"""Tags of revisions that only bring back what stood before
(https://www.mediawiki.org/wiki/Manual:Reverts). Nobody can set or remove them."""


AT_ONCE = 20
"""Lines of one edit that may count: for each the texts are searched."""


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict line of a text.

    `source` is its call and `signed` the time of its signature, as they are written.
    """

    kind: VerdictKind
    revision: int | None
    readable: bool  # whether `rev`, if it is there, could be read
    reason: str
    signature: LineSignature | None
    source: str
    signed: str

    @property
    def account(self) -> str:
        """The account that signed; empty without a signature."""
        return self.signature.account if self.signature else ""

    @property
    def mark(self) -> str:
        """A hash that tells this line from others, but not from its copies.

        The reason is left out: mending its spelling makes no new verdict.
        """
        stamp = self.signature.stamp if self.signature else ""
        text = "|".join((self.kind, str(self.revision), self.account, stamp))
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def read_verdicts(
    talk: Sequence[Revision],
    read: int,
    marks: Collection[str],
    site: Site,
    templates: Collection[str] = (TEMPLATE,),
) -> list[Verdict]:
    """Find the verdict lines that are new in a talk page's history.

    `talk` has, oldest first and with text, every revision after `read`
    (`entry.read.talk`), and before them the newest one read if it still exists.
    `marks` (`entry.marks`) are of lines seen before. `templates` are the names of the
    verdict template, redirects to it among them. Total: any text gives verdicts, and
    a line that nobody can be held to has a flaw.
    """
    links = user_links(site)
    seen = _Seen(marks)
    verdicts = []
    before = _TalkText("", []) if talk and not talk[0].parent else None
    for revision in talk:
        lines = lines_within_bounds(revision.text, links, templates)
        if lines is None:
            before = None
            continue
        text = _TalkText(revision.text or "", lines)
        if revision.id > read:
            for line, added in _new_lines(text, before):
                verdict = _verdict(line, revision, added=added)
                if seen.admit(verdict):
                    verdicts.append(verdict)
        before = text
    return verdicts


@dataclass(frozen=True, slots=True)
class _TalkText:
    """A talk page's text with its verdict lines."""

    text: str
    lines: list[Line]

    def signatures_elsewhere(self, line: Line) -> int:
        """How often the line's signature stands where it makes no verdict.

        In a comment or `<nowiki>`, say, or behind a call of another template.
        """
        here = sum(other.signed == line.signed for other in self.lines)
        return max(0, self.text.count(line.signed) - here)


def lines_within_bounds(
    text: str | None, links: re.Pattern[str], templates: Collection[str]
) -> list[Line] | None:
    """The verdict lines of a text; None for a hidden one, and for one past the bounds.

    Lines that are new after such a text have an adder whom nobody knows.
    """
    if text is None or len(text) > BOUNDS.talk:
        return None
    lines = list(islice(read_lines(text, links, templates), BOUNDS.verdicts + 1))
    return lines if len(lines) <= BOUNDS.verdicts else None


class _Seen:
    """The lines that were seen so far, by their marks."""

    def __init__(self, marks: Collection[str]) -> None:
        self._marks = set(marks)
        self._lines = {without_origin(mark) for mark in marks}

    def admit(self, verdict: Verdict) -> bool:
        """Take in a line; False when it was seen already.

        A line that is not its signer's own is no news after any other copy of it.
        """
        if verdict.is_of_others:
            is_new = verdict.mark not in self._lines
        else:
            is_new = verdict.mark not in self._marks
        self._marks.add(verdict.seen_mark)
        self._lines.add(verdict.mark)
        return is_new


def read_lines(
    text: str, links: re.Pattern[str], templates: Collection[str] = (TEMPLATE,)
) -> Iterator[Line]:
    """The verdict lines of a text, in its order; calls without a verdict are none."""
    masked = mask(text)
    for call in find_calls(text, dict.fromkeys(templates, "verdict")):
        if not isinstance(call, Call):
            continue
        values, unread = _values(text, call)
        if "verdict" not in values:
            continue
        line, _, _ = masked[call.end : call.end + LINE_LIMIT].partition("\n")
        signature = find_signature(line, links)
        place = (signature.start, signature.end) if signature else (0, 0)
        yield Line(
            kind=VerdictKind(str(values["verdict"])),
            revision=int(str(values["rev"])) if "rev" in values else None,
            readable="rev" not in unread,
            reason=str(values.get("reason", "")),
            signature=signature,
            source=text[call.start : call.end],
            signed=text[call.end + place[0] : call.end + place[1]],
        )


def _values(text: str, call: Call) -> tuple[dict[str, Value], set[str]]:
    """The values of a call, and the fields that could not be read."""
    fields = schema.load_kind(call.kind).fields
    values: dict[str, Value] = {}
    unread = set()
    for name, parameter in match_arguments(text, call).chosen.items():
        raw = text[parameter.value_start : parameter.end]
        reading = read_value(fields[name], raw)
        if reading.value is not None:
            values[name] = reading.value
        elif reading.problems:
            unread.add(name)
    return values, unread


def _new_lines(
    now: _TalkText, before: _TalkText | None
) -> Iterator[tuple[Line, bool | None]]:
    """Lines that did not stand in the text before, and whether they were added.

    None when the text before is unknown. A call that stood there already and now has
    another signature was not added, nor was a signature that only became a verdict's,
    nor any line after the first `AT_ONCE`. Of equal lines the last is given.
    """
    if before is None:
        lines = {line.mark: line for line in now.lines}
        yield from ((line, None) for line in lines.values())
        return
    standing = Counter(line.mark for line in before.lines)
    calls = Counter(line.source for line in now.lines)
    calls.subtract(line.source for line in before.lines)
    new = {}
    for line in now.lines:
        standing[line.mark] -= 1
        if standing[line.mark] < 0:
            new[line.mark] = line
    for number, line in enumerate(new.values()):
        calls[line.source] -= 1
        is_added = number < AT_ONCE and calls[line.source] >= 0
        yield line, is_added and not _was_uncovered(line, now, before)


def _was_uncovered(line: Line, now: _TalkText, before: _TalkText) -> bool:
    """Whether the signature stood there already, where it made no verdict."""
    if not line.signed or line.signed not in before.text:
        return False
    return before.signatures_elsewhere(line) > now.signatures_elsewhere(line)


def _verdict(line: Line, revision: Revision, *, added: bool | None) -> Verdict:
    return Verdict(
        kind=line.kind,
        revision=line.revision,
        account=line.account,
        adder=revision.user,
        adder_id=revision.user_id,
        at=revision.timestamp,
        talk=revision.id,
        mark=line.mark,
        reason=line.reason,
        flaw=_flaw(line, revision, added=added),
    )


def _flaw(line: Line, revision: Revision, *, added: bool | None) -> Flaw:
    """The flaw of a new line, as far as the talk page tells; NONE without one."""
    if added is None or revision.user is None:
        return Flaw.UNKNOWN_ADDER
    if line.signature is None:
        return Flaw.UNSIGNED
    is_revert = not REVERTS.isdisjoint(revision.tags)
    if line.account != revision.user or not added or is_revert:
        return Flaw.NOT_SIGNER
    if not line.signature.agrees(revision.timestamp):
        return Flaw.RE_ADDED
    return Flaw.NONE if line.readable else Flaw.BAD_REV
