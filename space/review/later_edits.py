"""Later edits: revisions after the published one that may retract or correct."""

import itertools
from datetime import datetime

from space.review.corrections import GROUPS
from space.review.model import Content, LedgerEntry, PageRevision
from space.review.organizers import is_organizer
from space.review.overlay import LaterEdit
from space.review.visible import RevisionTexts

RETAINED_EDITS = 64
"""How many of them are compared with the published revision, the newest."""


class LaterEdits:
    """The revisions of a page after one, 0 for all, and the edits among them."""

    def __init__(self, texts: RevisionTexts, entry: LedgerEntry, after: int) -> None:
        self._texts = texts
        self._entry = entry
        self._retractors = frozenset(entry.retractors)
        self._later = {revision.id: revision for revision in texts.after(after)}
        self._before: dict[int, tuple[PageRevision | None, ...]] = {}
        self._by_organizers: set[int] = set()
        self._repeated: set[int] = set()  # edits that restore what others wrote
        self._read()

    def is_lost(self, number: int) -> bool:
        """Whether nobody can find out again who made an edit, and what it changed."""
        revision = self._later.get(number)
        if revision is None or revision.text_hidden or revision.user is None:
            return True
        return any(each and each.text_hidden for each in self._before[number])

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
                self._contents_before(number, published),
                corrects=number in self._by_organizers
                and number not in self._repeated
                and (not corrections_until or revision.timestamp <= corrections_until),
            )
            for number in numbers[-RETAINED_EDITS:]
            if self._texts.content(revision := self._later[number])
        ]

    def _read(self) -> None:
        previous: PageRevision | None = None
        by_others: PageRevision | None = None
        written: set[str | None] = set()
        accountable = frozenset(self._entry.accountable)
        for number, revision in self._later.items():
            self._before[number] = (previous, by_others)
            if number in accountable and is_organizer(self._entry, revision):
                self._by_organizers.add(number)
                if revision.sha1 in written:
                    self._repeated.add(number)
            else:
                by_others = revision
                written.add(revision.sha1)
            previous = revision

    def _contents_before(
        self, number: int, published: Content
    ) -> tuple[Content, ...] | None:
        """What stood there before an edit, and what somebody else last wrote there.

        None where any of it is hidden, or the edit says nothing for which it matters;
        where there is none it is the published text.
        """
        said = self._later[number].content
        if said is None or not _differ(said, published):
            return None
        contents = [
            published
            if revision is None
            else None
            if revision.text_hidden
            else self._texts.content(revision)
            for revision in self._before[number]
        ]
        read = tuple(content for content in contents if content)
        return read if len(read) == len(contents) else None


def _differ(one: Content, other: Content) -> bool:
    """Whether times or status, which others may have written, are not the same."""
    names = itertools.chain(*GROUPS)
    return any(one.values.get(name) != other.values.get(name) for name in names)
