"""Verdicts, read from a talk page's history with who first added each line.

A verdict is `{{Space review|approve|rev=123|reason=…}}` with its reviewer's signature
on the same line. What counts is not what a line says but who put it there: each
revision is compared with the one before, and a line new in it is its author's. A line
signed by another, brought back by an undo, copied from elsewhere or changed where it
stood is a verdict with a flaw.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from space.codec.calls import Call, find_calls, match_arguments
from space.codec.readers import read_value
from space.codec.scanner import mask
from space.review.model import Flaw, Verdict, VerdictKind
from space.review.verdicts.signatures import LineSignature, find_signature
from space.schema import fields as schema
from space.schema.fields import Value
from space.wiki.talk.signatures import user_links
from space.wiki.values import Revision, Site

TEMPLATE = "Space review"


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict line of a text. `source` is its call, as it is written."""

    kind: VerdictKind
    revision: int | None
    readable: bool  # whether `rev`, if it is there, could be read
    reason: str
    signature: LineSignature | None
    source: str

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
    seen = set(marks)
    verdicts = []
    before = Counter[str]() if talk and not talk[0].parent else None
    for revision in talk:
        if revision.text is None:
            before = None
            continue
        lines = list(read_lines(revision.text, links, templates))
        if revision.id > read:
            for line, added in _new_lines(lines, before, seen):
                seen.add(line.mark)
                verdicts.append(_verdict(line, revision, added=added))
        before = Counter(line.source for line in lines)
    return verdicts


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
        end = masked.find("\n", call.end)
        yield Line(
            kind=VerdictKind(str(values["verdict"])),
            revision=int(str(values["rev"])) if "rev" in values else None,
            readable="rev" not in unread,
            reason=str(values.get("reason", "")),
            signature=find_signature(
                masked[call.end : end if end >= 0 else len(masked)], links
            ),
            source=text[call.start : call.end],
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
    lines: list[Line], before: Counter[str] | None, seen: set[str]
) -> Iterator[tuple[Line, bool | None]]:
    """Lines not seen so far, each with whether this revision added its call.

    None when the text before is unknown. A call that stood there already and now has
    another signature was not added.
    """
    room = Counter(line.source for line in lines)
    room.subtract(before or {})
    new = {line.mark: line for line in lines if line.mark not in seen}
    for line in new.values():
        if before is None:
            yield line, None
        else:
            room[line.source] -= 1
            yield line, room[line.source] >= 0


def _verdict(line: Line, revision: Revision, *, added: bool | None) -> Verdict:
    return Verdict(
        kind=line.kind,
        revision=line.revision,
        account=line.account,
        adder=revision.user,
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
    if line.account != revision.user or not added:
        return Flaw.NOT_SIGNER
    if not line.signature.agrees(revision.timestamp):
        return Flaw.RE_ADDED
    return Flaw.NONE if line.readable else Flaw.BAD_REV
