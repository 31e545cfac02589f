"""Folding away what is long decided, so that an entry stays small.

A page that is edited for years gathers causes without end. Once there are many, the
state up to some time becomes the entry's floor, and replays start from there. What
is published does not change by it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from space.review.model import (
    Acceptance,
    Floor,
    Judged,
    LedgerEntry,
    PageHistory,
    VerdictKind,
)
from space.review.policy import Policy
from space.review.replay import HEARD, ReviewState, approval, replay

MOST_CAUSES = 24
LEFT_CAUSES = 8
LEFT_ACCEPTED = 4  # to yield to when newer ones are hidden
LEFT_REJECTED = 8
LEFT_CLEARED = 64
LEFT_RETRACTORS = 64
LEFT_REFUSED = 5
LEFT_SEEN = 128


def fold(
    history: PageHistory, entry: LedgerEntry, policy: Policy, course: ReviewState
) -> LedgerEntry:
    """Bound an entry: all causes are kept as long as they are few.

    `course` is how they led to the entry's standing.
    """
    entry = _without_old_refusals(entry)
    times = sorted(_times(history, entry))
    if len(times) <= MOST_CAUSES:
        return entry
    until = times[-LEFT_CAUSES - 1]
    floor = replay(history, entry, policy, until).floor(until)
    return _above(history, entry, _bounded(floor, course), until)


def compact(entry: LedgerEntry) -> LedgerEntry:
    """Fold away all but what is published, where nothing waits.

    For want of room only: should that revision be hidden, nothing is left to yield to,
    and the page waits for review again.
    """
    published, newest = entry.standing.published, entry.standing.newest
    if entry.standing.pending or published is None or newest is None:
        return entry
    accepted = [*entry.floor.accepted, *entry.accepted, *_approvals(entry)]
    found = [a for a in accepted if a.revision == published.revision]
    if not found:
        return entry
    older = [a.revision for a in accepted if a.revision < published.revision]
    reviewed = max(found, key=lambda acceptance: acceptance.at)
    times = [reviewed.at, newest.at, *(j.verdict.at for j in entry.verdicts)]
    entry = _forget(entry, {j.verdict.mark for j in entry.verdicts})
    return replace(
        entry,
        floor=Floor(
            at=max(times),
            accepted=(reviewed,),
            dropped=max([entry.floor.dropped, *older]),
            first=entry.standing.first,
            changed=entry.standing.updated,
        ),
        patrols=(),
        accepted=(),
        trusted=(),
        retractors=tuple(r for r in entry.retractors if r > published.revision),
    )


def _approvals(entry: LedgerEntry) -> Iterator[Acceptance]:
    for judged in entry.verdicts:
        if judged.verdict.kind is VerdictKind.APPROVE and not judged.verdict.flaw:
            yield approval(judged)


def _times(history: PageHistory, entry: LedgerEntry) -> Iterator[datetime]:
    """When each cause happened."""
    trusted = frozenset(entry.trusted)
    yield from (j.verdict.at for j in entry.verdicts if not j.verdict.flaw)
    yield from (patrol.at for patrol in entry.patrols)
    yield from (acceptance.at for acceptance in entry.accepted)
    yield from (r.timestamp for r in history.revisions if r.id in trusted)


def _bounded(floor: Floor, course: ReviewState) -> Floor:
    """Forget the oldest; the newest that are accepted now, and then, are needed."""
    newest = floor.accepted[-LEFT_ACCEPTED:]
    later = [course.accepted[r] for r in sorted(course.accepted)[-LEFT_ACCEPTED:]]
    needed = {acceptance.revision for acceptance in (*newest, *later)}
    needed.update(acceptance.anchor for acceptance in (*newest, *later))
    dropped = [a.revision for a in floor.accepted if a.revision not in needed]
    return replace(
        floor,
        accepted=tuple(a for a in floor.accepted if a.revision in needed),
        dropped=max([floor.dropped, *dropped]),
        rejected=floor.rejected[-LEFT_REJECTED:],
        cleared=floor.cleared[:LEFT_CLEARED],
    )


def _above(
    history: PageHistory, entry: LedgerEntry, floor: Floor, until: datetime
) -> LedgerEntry:
    """The entry on this floor, with only what happened after it."""
    folded = {r.id for r in history.revisions if r.timestamp <= until}
    entry = replace(
        entry,
        floor=floor,
        patrols=tuple(patrol for patrol in entry.patrols if patrol.at > until),
        accepted=tuple(a for a in entry.accepted if a.at > until),
        trusted=tuple(r for r in entry.trusted if r not in folded),
    )
    over = {j.verdict.mark for j in entry.verdicts if _is_over(j, until)}
    oldest = min((a.revision for a in floor.accepted), default=0)
    above = [r for r in entry.retractors if r > oldest]
    return replace(_forget(entry, over), retractors=tuple(above[-LEFT_RETRACTORS:]))


def _is_over(judged: Judged, until: datetime) -> bool:
    return judged.verdict.flaw in HEARD and judged.verdict.at <= until


def _without_old_refusals(entry: LedgerEntry) -> LedgerEntry:
    refused = [j for j in entry.verdicts if j.verdict.flaw not in HEARD]
    return _forget(entry, {j.verdict.mark for j in refused[:-LEFT_REFUSED]})


def _forget(entry: LedgerEntry, marks: set[str]) -> LedgerEntry:
    """Leave verdicts out, but for their marks."""
    forgotten = [j.verdict.mark for j in entry.verdicts if j.verdict.mark in marks]
    return replace(
        entry,
        verdicts=tuple(j for j in entry.verdicts if j.verdict.mark not in marks),
        seen=(*entry.seen, *forgotten)[-LEFT_SEEN:],
    )
