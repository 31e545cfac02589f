"""What became of corrections that readers saw: looked at, taken back, for the figures.

Corrections of one edit count as one. One that an organizer replaced or took back before
anybody looked is forgotten.
"""

from dataclasses import replace

from space.review.model import LedgerEntry, SeenCorrection, VerdictKind
from space.review.state import ReviewState, anchor_of

RETAINED_CORRECTIONS = 16
"""How many corrections of a page the ledger remembers, the newest."""


def with_seen_corrections(entry: LedgerEntry, state: ReviewState) -> LedgerEntry:
    """The entry with the corrections that readers see, and the end of earlier ones.

    `state` is the one on which the entry's status rests.
    """
    shown = {laid.revision: laid.at for laid in entry.status.corrections}
    known = [
        seen if seen.looked_at or seen.revision in shown else _looked_at(seen, state)
        for seen in entry.corrections
    ]
    numbers = {seen.revision for seen in entry.corrections}
    new = [SeenCorrection(n, shown[n]) for n in sorted(shown) if n not in numbers]
    corrections = (*filter(None, known), *new)[-RETAINED_CORRECTIONS:]
    return replace(entry, corrections=corrections)


def _looked_at(seen: SeenCorrection, state: ReviewState) -> SeenCorrection | None:
    """A correction that nobody sees any more; None if no reviewer looked at it."""
    accepted = [a.at for a in state.accepted if anchor_of(a) >= seen.revision]
    verdicts = [*state.rejected, *([state.decline] if state.decline else [])]
    rejected = [
        judged.verdict.at
        for judged in verdicts
        if judged.verdict.kind is not VerdictKind.WITHDRAW
        if judged.revision >= seen.revision or judged is state.decline
    ]
    looks = [at for at in (*accepted, *rejected) if at >= seen.at]
    if not looks:
        return None
    first = min(looks)
    return replace(seen, looked_at=first, taken_back=first in rejected)
