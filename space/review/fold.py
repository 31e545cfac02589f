"""Folding away what is long decided, so that an entry stays small.

A page that is edited for years gathers causes without end. Once there are many, the
state up to some time becomes the entry's floor, and replays start from there. What
is published does not change by it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from space.review.course import anchor_of
from space.review.model import (
    Acceptance,
    Floor,
    Judged,
    LedgerEntry,
    PageHistory,
)
from space.review.replay import HEARD, replay

MOST_CAUSES = 64
LEFT_CAUSES = 24
LEFT_ACCEPTED = 8  # to yield to when newer ones are hidden
LEFT_REJECTED = 16
LEFT_CLEARED = 128
LEFT_RETRACTORS = 128
LEFT_REFUSED = 10
LEFT_SEEN = 256


def fold(history: PageHistory, entry: LedgerEntry, policy: str) -> LedgerEntry:
    """Bound an entry: all causes are kept as long as they are few."""
    entry = _without_old_refusals(entry)
    times = sorted(_times(history, entry))
    if len(times) <= MOST_CAUSES:
        return entry
    until = times[-LEFT_CAUSES - 1]
    floor = replay(history, entry, policy, until).floor(until)
    return _above(history, entry, _bounded(floor, entry.accepted), until)


def _times(history: PageHistory, entry: LedgerEntry) -> Iterator[datetime]:
    """When each cause happened."""
    trusted = frozenset(entry.trusted)
    yield from (j.verdict.at for j in entry.verdicts if not j.verdict.flaw)
    yield from (patrol.at for patrol in entry.patrols)
    yield from (acceptance.at for acceptance in entry.accepted)
    yield from (r.timestamp for r in history.revisions if r.id in trusted)


def _bounded(floor: Floor, later: tuple[Acceptance, ...]) -> Floor:
    newest = floor.accepted[-LEFT_ACCEPTED:]
    needed = {anchor_of(acceptance) for acceptance in (*newest, *later)}
    needed.update(acceptance.revision for acceptance in newest)
    return replace(
        floor,
        accepted=tuple(a for a in floor.accepted if a.revision in needed),
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
    above = [r for r in entry.retractors if r > entry.since]
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
