"""Deciding on a page: `decide` is pure, and the only way to a published revision.

    judge      what is new, once         rights, blocks, whose text a verdict is on
    replay     all causes, in time       which revisions are accepted
    stand      with the texts            what readers see, what waits, sequence
    compact    the ledger's new entry    what cannot be found out again, bounded

`docs/moderation.md` has the rules, `docs/decisions/0002-review-by-replay.md` why it
is done like this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from space.review.compaction import compact
from space.review.judge import judge
from space.review.model import (
    Decision,
    Flaw,
    Judged,
    LedgerEntry,
    PageHistory,
    PageStatus,
    Patrol,
    Rights,
    Verdict,
)
from space.review.policy import Policy
from space.review.replay import COUNTED, replay
from space.review.state import ReviewState
from space.review.status import stand


def decide(  # noqa: PLR0913 - the facts a decision rests on, one a parameter
    history: PageHistory,
    entry: LedgerEntry | None,
    verdicts: Sequence[Verdict],
    patrols: Iterable[Patrol],
    rights: Mapping[str, Rights],
    *,
    policy: Policy,
    today: date,
) -> Decision:
    """Decide which revision of a page is published; see `space.review.model`.

    `verdicts` and `patrols` may hold what was read before, too. `rights` has those
    of `people(history, entry, verdicts)`; who is missing has none. `today` is the UTC
    day. Never raises for anything a wiki page, its talk page or the logs may hold.
    """
    before = entry or LedgerEntry(page=history.page, kind=history.kind)
    judged = judge(history, before, verdicts, patrols, rights)
    state = replay(history, judged, policy)
    standing, wants = stand(history, before, judged, state, today)
    if wants:
        return Decision(before, wants)
    kept = _kept(history, judged, state, standing)
    return Decision(compact(history, kept, policy, state))


def _kept(
    history: PageHistory, judged: LedgerEntry, state: ReviewState, standing: PageStatus
) -> LedgerEntry:
    """The entry with what this decision found."""
    return replace(
        judged,
        kind=_kind(history, standing),
        verdicts=tuple(_marked(j, state.on_own_text) for j in judged.verdicts),
        accepted=state.by_rule,
        standing=standing,
    )


def _marked(judged: Judged, own: frozenset[str]) -> Judged:
    """A verdict that was heard, with whether it fell on its account's own text."""
    verdict = judged.verdict
    if verdict.flaw not in COUNTED:
        return judged
    flaw = Flaw.AUTHOR if verdict.mark in own else Flaw.NONE
    return replace(judged, verdict=replace(verdict, flaw=flaw))


def _kind(history: PageHistory, standing: PageStatus) -> str:
    """The kind of what readers see, or of the newest text."""
    if standing.published:
        for revision in history.revisions:
            if revision.id == standing.published.revision and revision.content:
                return revision.content.kind or history.kind
    return history.kind
