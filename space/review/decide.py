"""Deciding on a page: `decide` is pure, and the only way to a published revision.

    judge             what is new, once       rights, blocks, whose text a verdict is on
    replay            all causes, in time     which revisions are accepted
    visible_revision  with the texts          which of them readers see
    with_organizers   whom that one names     who may correct it
    page_status       with later texts        the overlay, what is pending, sequence
    compact           the ledger's new entry  what cannot be found out again, bounded

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
from space.review.organizers import with_organizers
from space.review.origin import unread_beginning
from space.review.policy import Policy
from space.review.redaction import refused
from space.review.replay import COUNTED, replay
from space.review.seen_corrections import with_seen_corrections
from space.review.state import ReviewState
from space.review.status import ended_status, page_status
from space.review.visible import RevisionTexts, visible_revision


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
    of `people(history, entry, verdicts)` who have an account, people named in texts
    among them that were read for the decision. `today` is the UTC day.
    Never raises for anything a wiki page, its talk page or the logs may hold.
    """
    before = entry or LedgerEntry(page=history.page, kind=history.kind)
    if beginning := unread_beginning(history, before):
        return Decision(before, beginning)
    judged = judge(history, before, verdicts, patrols, rights)
    state = replay(history, judged, policy)
    if history.ended:
        status = ended_status(before.status, history.ended, state)
    else:
        texts = RevisionTexts(history)
        visible = visible_revision(state, texts, today)
        judged = with_organizers(judged, visible.revision, rights)
        status = page_status(
            before,
            judged,
            state,
            texts,
            visible,
            corrections=policy.corrections,
            returned=history.returned,
        )
        if texts.wants:
            return Decision(before, frozenset(texts.wants))
    decided = _decided(history, judged, state, status)
    return Decision(compact(history, decided, policy, state))


def _decided(
    history: PageHistory, judged: LedgerEntry, state: ReviewState, status: PageStatus
) -> LedgerEntry:
    """The judged entry with the outcome of this decision."""
    decided = replace(
        judged,
        kind=_kind(history, status),
        verdicts=tuple(_marked(j, state.on_own_text) for j in judged.verdicts),
        accepted=state.by_rule,
        status=status,
    )
    return with_seen_corrections(decided, state)


def _marked(judged: Judged, on_own_text: frozenset[str]) -> Judged:
    """A replayed verdict, flawed if it fell on its account's own text."""
    verdict = judged.verdict
    if verdict.flaw not in COUNTED:
        return judged
    if verdict.mark in on_own_text:
        verdict = refused(replace(verdict, flaw=Flaw.AUTHOR), ())
    else:
        verdict = replace(verdict, flaw=Flaw.NONE)
    return replace(judged, verdict=verdict)


def _kind(history: PageHistory, status: PageStatus) -> str:
    """The kind of what readers see, or else of the newest text."""
    if status.published:
        for revision in history.revisions:
            if revision.id == status.published.revision and revision.content:
                return revision.content.kind or history.kind
    return history.kind
