"""Later edits: revisions after the published one that may retract or correct."""

import itertools
from collections.abc import Iterable
from datetime import datetime

from space.review.corrections import GROUPS, Before
from space.review.model import Content, LedgerEntry, PageRevision
from space.review.organizers import is_organizer
from space.review.overlay import LaterEdit
from space.review.visible import RevisionTexts

RETAINED_EDITS = 64
"""How many of them are compared with the published revision, the newest, and how many
by others with each of them."""

_UNKNOWN = Content(kind=None, values={})


class LaterEdits:
    """The revisions of a page after one, 0 for all, and the edits among them."""

    def __init__(self, texts: RevisionTexts, entry: LedgerEntry, after: int) -> None:
        self._texts = texts
        self._entry = entry
        self._retractors = frozenset(entry.retractors)
        self._later = {revision.id: revision for revision in texts.after(after)}
        self._changed: dict[int, PageRevision | None] = {}
        self._others: list[PageRevision] = []
        self._others_before: dict[int, int] = {}  # how many
        self._by_organizers = _by_organizers(entry, self._later.values())
        self._repeated: set[int] = set()  # edits that restore what others wrote
        self._read()

    def is_lost(self, number: int) -> bool:
        """Whether nobody can find out again who made an edit, and what it changed."""
        revision = self._later.get(number)
        if revision is None or revision.text_hidden or revision.user is None:
            return True
        changed = self._changed[number]
        before = [changed, *self._by_others(number)]
        return any(each and each.text_hidden for each in before)

    def over(
        self, published: Content, corrections_until: datetime | None
    ) -> list[LaterEdit]:
        """The edits over a published text, oldest first, as far as texts are read.

        Those after `corrections_until`, None for no limit, correct nothing.
        """
        numbers = [
            number
            for number, revision in self._later.items()
            if not revision.text_hidden
            if number in self._by_organizers or number in self._retractors
        ]
        return [
            LaterEdit(
                revision,
                self._before(number, published),
                corrects=number in self._by_organizers
                and number not in self._repeated
                and (not corrections_until or revision.timestamp <= corrections_until),
            )
            for number in numbers[-RETAINED_EDITS:]
            if self._texts.content(revision := self._later[number])
        ]

    def _read(self) -> None:
        previous: PageRevision | None = None
        written: set[str | None] = set()
        for number, revision in self._later.items():
            self._changed[number] = previous
            self._others_before[number] = len(self._others)
            if number in self._by_organizers:
                if revision.sha1 in written:
                    self._repeated.add(number)
            else:
                self._others.append(revision)
                written.add(revision.sha1)
            previous = revision

    def _by_others(self, number: int) -> list[PageRevision]:
        """The newest revisions before an edit by those who may not correct."""
        return self._others[: self._others_before[number]][-RETAINED_EDITS:]

    def _before(self, number: int, published: Content) -> Before | None:
        """What stood there before an edit.

        None where what it changed is hidden, or it says nothing for which that matters.
        """
        said = self._later[number].content
        if said is None or not _differ(said, published):
            return None
        changed = self._changed[number]
        content = self._content(changed) if changed else published
        others = [self._content(other) or _UNKNOWN for other in self._by_others(number)]
        return Before(content, tuple(others)) if content else None

    def _content(self, revision: PageRevision) -> Content | None:
        """What a revision says; None where it is hidden, or not read yet."""
        return None if revision.text_hidden else self._texts.content(revision)


def _by_organizers(
    entry: LedgerEntry, revisions: Iterable[PageRevision]
) -> frozenset[int]:
    """Ids of the accountable edits by organizers, and of all older than the ledger has.

    These are too old to be compared, but still not by others.
    """
    accountable = frozenset(entry.accountable)
    numbers = [r.id for r in revisions if is_organizer(entry, r)]
    known = [number for number in numbers if number in accountable][-RETAINED_EDITS:]
    first = known[0] if len(known) == RETAINED_EDITS else 0
    return frozenset(n for n in numbers if n < first or n in accountable)


def _differ(one: Content, other: Content) -> bool:
    """Whether times or status, which others may have written, are not the same."""
    names = itertools.chain(*GROUPS)
    return any(one.values.get(name) != other.values.get(name) for name in names)
