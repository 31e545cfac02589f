"""Compaction of ledger entries: old causes give way to a snapshot of the state.

A page that is edited for years gathers causes without end. Once there are many, the
state at an earlier time becomes the entry's snapshot, and replays begin there. Which
revision is published does not change.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from space.review.judge import RETAINED_REFUSED
from space.review.later_edits import RETAINED_EDITS
from space.review.model import (
    Acceptance,
    Judged,
    LedgerEntry,
    PageHistory,
    Snapshot,
    VerdictKind,
)
from space.review.organizers import is_organizer
from space.review.policy import Policy
from space.review.replay import COUNTED, approval, replay
from space.review.state import ReviewState, anchor_of

MAX_CAUSES = 24
"""An entry with more causes is compacted."""

RETAINED_CAUSES = 8
RETAINED_ACCEPTED = 4  # for when newer ones are hidden
RETAINED_REJECTED = 8
RETAINED_PATROLLED = 64
RETAINED_RETRACTORS = 64
RETAINED_MARKS = 128


def compact(
    history: PageHistory, entry: LedgerEntry, policy: Policy, state: ReviewState
) -> LedgerEntry:
    """Bound an entry's size; unchanged while its causes are few.

    `state` is the one that all causes of the entry led to.
    """
    entry = _without_old_edits(history, _without_old_refusals(entry), state)
    times = sorted(_times(history, entry))
    if len(times) <= MAX_CAUSES:
        return entry
    until = times[-RETAINED_CAUSES - 1]
    snapshot = replay(history, entry, policy, until).snapshot(until)
    return _begun_from(history, entry, _bounded(snapshot, state), until)


def compact_to_published(entry: LedgerEntry) -> LedgerEntry:
    """Keep only the published revision's acceptance; unchanged while one is pending.

    For want of room only: if that revision is hidden later, no older one can take its
    place, and the page waits for review again.
    """
    published, newest = entry.status.published, entry.status.newest
    if entry.status.pending or published is None or newest is None:
        return entry
    accepted = [*entry.snapshot.accepted, *entry.accepted, *_approvals(entry)]
    candidates = [a for a in accepted if a.revision == published.revision]
    if not candidates:
        return entry
    older = [a.revision for a in accepted if a.revision < published.revision]
    reviewed = max(candidates, key=lambda acceptance: acceptance.at)
    times = [reviewed.at, newest.at, *(j.verdict.at for j in entry.verdicts)]
    entry = _forget(entry, {j.verdict.seen_mark for j in entry.verdicts})
    return replace(
        entry,
        snapshot=Snapshot(
            at=max(times),
            accepted=(reviewed,),
            last_dropped_revision=max([entry.snapshot.last_dropped_revision, *older]),
            first_accepted=entry.status.first_accepted,
            changed=entry.status.updated,
        ),
        patrols=(),
        accepted=(),
        trusted=(),
        retractors=tuple(r for r in entry.retractors if r > published.revision),
        accountable=tuple(r for r in entry.accountable if r > published.revision),
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


def _bounded(snapshot: Snapshot, state: ReviewState) -> Snapshot:
    """A snapshot without its oldest values.

    The newest acceptances stay, those of the snapshot and those of `state`, with the
    revisions whose texts they repeat.
    """
    newest = snapshot.accepted[-RETAINED_ACCEPTED:]
    later = state.accepted[-RETAINED_ACCEPTED:]
    needed = {acceptance.revision for acceptance in (*newest, *later)}
    needed.update(acceptance.anchor for acceptance in (*newest, *later))
    dropped = [a.revision for a in snapshot.accepted if a.revision not in needed]
    return replace(
        snapshot,
        accepted=tuple(a for a in snapshot.accepted if a.revision in needed),
        last_dropped_revision=max([snapshot.last_dropped_revision, *dropped]),
        rejected=snapshot.rejected[-RETAINED_REJECTED:],
        patrolled=snapshot.patrolled[:RETAINED_PATROLLED],
    )


def _begun_from(
    history: PageHistory, entry: LedgerEntry, snapshot: Snapshot, until: datetime
) -> LedgerEntry:
    """The entry with a snapshot, and with only the causes after it."""
    earlier = {r.id for r in history.revisions if r.timestamp <= until}
    entry = replace(
        entry,
        snapshot=snapshot,
        patrols=tuple(patrol for patrol in entry.patrols if patrol.at > until),
        accepted=tuple(a for a in entry.accepted if a.at > until),
        trusted=tuple(r for r in entry.trusted if r not in earlier),
    )
    over = {j.verdict.seen_mark for j in entry.verdicts if _is_over(j, until)}
    oldest = min((a.revision for a in snapshot.accepted), default=0)
    retractors = [r for r in entry.retractors if r > oldest]
    return replace(
        _forget(entry, over), retractors=tuple(retractors[-RETAINED_RETRACTORS:])
    )


def _without_old_edits(
    history: PageHistory, entry: LedgerEntry, state: ReviewState
) -> LedgerEntry:
    """The entry without accountable edits that no overlay can be made of any more.

    However many edits others make, those of organizers stay.
    """
    retained = state.accepted[-RETAINED_ACCEPTED:]
    oldest = min((anchor_of(acceptance) for acceptance in retained), default=0)
    later = [r for r in entry.accountable if r > oldest]
    by_organizers = {r.id for r in history.revisions if is_organizer(entry, r)}
    own = [r for r in later if r in by_organizers][-RETAINED_EDITS:]
    others = [r for r in later if r not in by_organizers][-RETAINED_EDITS:]
    return replace(entry, accountable=tuple(sorted([*own, *others])))


def _is_over(judged: Judged, until: datetime) -> bool:
    return judged.verdict.flaw in COUNTED and judged.verdict.at <= until


def _without_old_refusals(entry: LedgerEntry) -> LedgerEntry:
    refused = [j for j in entry.verdicts if j.verdict.flaw not in COUNTED]
    return _forget(entry, {j.verdict.seen_mark for j in refused[:-RETAINED_REFUSED]})


def _forget(entry: LedgerEntry, marks: set[str]) -> LedgerEntry:
    """The entry without the verdicts seen under these marks, which stay in `seen`."""
    all_seen = [judged.verdict.seen_mark for judged in entry.verdicts]
    forgotten = [mark for mark in all_seen if mark in marks]
    return replace(
        entry,
        verdicts=tuple(j for j in entry.verdicts if j.verdict.seen_mark not in marks),
        seen=(*entry.seen, *forgotten)[-RETAINED_MARKS:],
    )
