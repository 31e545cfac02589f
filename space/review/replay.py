"""Replay: all causes of a page's review, folded over its state in order of time.

Saving a revision, a patrol, a verdict and a recorded acceptance are events; for each
there is a function from the state before to the state after. `docs/moderation.md` has
the rules.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple

from space.review.model import (
    Acceptance,
    Cause,
    Flaw,
    Judged,
    LedgerEntry,
    PageHistory,
    Patrol,
    VerdictKind,
)
from space.review.own_text import Shares, is_own_text
from space.review.policy import Policy
from space.review.rules import (
    accept_by_rule,
    apply_rules,
    apply_rules_to,
    with_acceptance,
)
from space.review.same_text import RevisionText, other_hash, same_text
from space.review.state import (
    NUMBER,
    ReviewRules,
    ReviewState,
    RevisionEvent,
    anchor_of,
)

COUNTED = frozenset({Flaw.NONE, Flaw.AUTHOR})
"""Flaws of verdicts that are replayed. Whether one falls on its account's own text
depends on what was accepted before, so each replay finds that out anew; the other
flaws are final."""

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_NO_RULE = Policy(post="", event="")

_Cause = RevisionEvent | Patrol | Judged | Acceptance


class _Event(NamedTuple):
    """A cause and when it happened; `rank` and `number` order equal times."""

    at: datetime
    rank: int
    number: int
    cause: _Cause


def replay(
    history: PageHistory,
    entry: LedgerEntry,
    policy: Policy,
    until: datetime | None = None,
) -> ReviewState:
    """Replay an entry's causes over a history, from the entry's snapshot on.

    Causes after `until` are left out.
    """
    start = entry.snapshot.at or _BEGINNING
    rules = ReviewRules.of(policy, history.kind, frozenset(entry.trusted))
    state = ReviewState.of(entry.snapshot, rules)
    events = sorted(_events(history, entry), key=itemgetter(0, 1, 2))
    for event in events:
        if until is not None and event.at > until:
            break
        now = max(event.at, start)
        state = _dated(state, _after(state, event.cause, now), now)
    return state


def ledger_state(entry: LedgerEntry) -> ReviewState:
    """The state of a page's review by the ledger alone, without its revisions.

    The causes in an entry are all that ever accepted or rejected anything, so neither
    the page's history nor the policy is needed for that.
    """
    return replay(PageHistory(entry.page, entry.kind), entry, _NO_RULE)


def approval(judged: Judged) -> Acceptance:
    """The acceptance that an approving verdict is."""
    return Acceptance(
        revision=judged.revision,
        cause=Cause.APPROVAL,
        account=judged.verdict.account or None,
        at=judged.verdict.at,
        sha1=judged.sha1,
        normalised=judged.normalised,
        talk=judged.verdict.talk,
    )


def on_revision(state: ReviewState, event: RevisionEvent, now: datetime) -> ReviewState:
    """The state after a revision was saved."""
    is_newest = not state.revisions or state.revisions[-1].revision < event.revision
    revisions = (*state.revisions, event)
    if not is_newest:
        revisions = tuple(sorted(revisions, key=NUMBER))
    patrolled = state.patrolled
    if event.revision in state.rules.trusted:
        patrolled = {**patrolled, event.revision: event.user}
    state = state._replace(revisions=revisions, patrolled=patrolled)
    if event.revision <= state.base:
        return state
    if is_newest:
        return apply_rules_to(state, [event], now)
    return apply_rules(state, now)


def on_patrol(state: ReviewState, patrol: Patrol, now: datetime) -> ReviewState:
    """The state after a revision was marked as patrolled."""
    if patrol.revision not in state.patrolled:
        patrolled = {**state.patrolled, patrol.revision: patrol.account}
        state = state._replace(patrolled=patrolled)
    if patrol.revision == state.first_unpatrolled:
        return apply_rules(state, now)
    return state


def on_verdict(state: ReviewState, judged: Judged, now: datetime) -> ReviewState:
    """The state after a verdict by somebody who may give one."""
    kind = judged.verdict.kind
    shares = Shares(judged.own, judged.other)
    if kind is VerdictKind.WITHDRAW:
        state = _withdraw(state, judged)
    elif is_own_text(judged.revision, shares, state.accepted_revisions):
        marks = state.on_own_text | {judged.verdict.mark}
        state = state._replace(on_own_text=marks)
    elif kind is VerdictKind.APPROVE:
        state = _approve(state, judged)
    else:
        state = _reject(state, judged)
    return apply_rules(state, now)


def on_recorded_acceptance(
    state: ReviewState, acceptance: Acceptance, now: datetime
) -> ReviewState:
    """The state after a rule accepted a revision, as the ledger recorded it.

    Under its own policy the rule itself decides, with all that is known by now. Under
    another the acceptance stands, unless a cause that was read later but happened
    before forbids it.
    """
    known = state.acceptance(acceptance.revision)
    if known and known.cause is acceptance.cause and known.at == acceptance.at:
        kinds = tuple(sorted({*known.kinds, *acceptance.kinds}))
        if kinds == known.kinds:
            return state._replace(log=(*state.log, known))
        return accept_by_rule(state, replace(known, kinds=kinds))
    if known or acceptance.cause == state.rules.policy:
        return state
    if not _still_stands(state, acceptance):
        return state
    return apply_rules(accept_by_rule(state, acceptance), now)


def _after(state: ReviewState, cause: _Cause, now: datetime) -> ReviewState:
    match cause:
        case RevisionEvent():
            return on_revision(state, cause, now)
        case Patrol():
            return on_patrol(state, cause, now)
        case Judged():
            return on_verdict(state, cause, now)
        case Acceptance():
            return on_recorded_acceptance(state, cause, now)


def _dated(before: ReviewState, state: ReviewState, now: datetime) -> ReviewState:
    """The state with the times at which the newest accepted text changed."""
    if state.accepted is before.accepted or _text(state) == _text(before):
        return state
    return state._replace(first_accepted=state.first_accepted or now, changed=now)


def _text(state: ReviewState) -> int:
    """The revision with the newest accepted text; 0 without one."""
    return anchor_of(state.newest) if state.newest else 0


def _approve(state: ReviewState, judged: Judged) -> ReviewState:
    decline = state.decline
    if decline and (state.withdrawn or judged.revision >= decline.revision):
        decline = None
    kept = tuple(a for a in state.accepted if not _repeats_older(a, judged))
    return state._replace(
        decline=decline,
        rejected=_without_text(state.rejected, judged),
        accepted=with_acceptance(kept, approval(judged)),
    )


def _repeats_older(acceptance: Acceptance, judged: Judged) -> bool:
    """Whether it was accepted for repeating a text older than the one now approved."""
    return (
        acceptance.cause is Cause.EQUAL
        and acceptance.revision >= judged.revision
        and acceptance.anchor < judged.revision
        and not same_text(acceptance, judged)
    )


def _reject(state: ReviewState, judged: Judged) -> ReviewState:
    gone = {a.revision for a in state.accepted if same_text(a, judged)}
    gone |= set(_built_on(gone | {judged.revision}, state.accepted))
    decline = state.decline
    if judged.verdict.kind is VerdictKind.DECLINE and not state.withdrawn:
        is_newer = decline is None or decline.revision <= judged.revision
        decline = judged if is_newer else decline
    return state._replace(
        rejected=(*_without_text(state.rejected, judged), judged),
        accepted=tuple(
            acceptance
            for acceptance in state.accepted
            if acceptance.revision not in gone and acceptance.anchor not in gone
        ),
        decline=decline,
    )


def _without_text(rejected: tuple[Judged, ...], judged: Judged) -> tuple[Judged, ...]:
    return tuple(other for other in rejected if not same_text(other, judged))


def _built_on(rejected: set[int], accepted: tuple[Acceptance, ...]) -> Iterator[int]:
    """Revisions that a rule accepted on top of rejected ones.

    An approval covers the whole text, and a repeated text is an older one.
    """
    causes = {acceptance.revision: acceptance.cause for acceptance in accepted}
    tainted = False
    for revision in sorted(rejected.union(causes)):
        if revision in rejected:
            tainted = True
        elif causes[revision] in {Cause.APPROVAL, Cause.EQUAL}:
            tainted = False
        elif tainted:
            yield revision


def _withdraw(state: ReviewState, judged: Judged) -> ReviewState:
    return state._replace(
        accepted=(),
        patrolled={},
        last_dropped_revision=0,
        withdrawn_up_to=state.revisions[-1].revision if state.revisions else 0,
        decline=judged,
    )


def _still_stands(state: ReviewState, acceptance: Acceptance) -> bool:
    """Whether nothing that happened before forbids a recorded acceptance."""
    if state.rejection(acceptance):
        return False
    base = state.accepted_before(acceptance.revision)
    if acceptance.cause is Cause.EQUAL:
        return base is not None and anchor_of(base) == acceptance.anchor
    if state.is_declined(acceptance.revision):
        return False
    if acceptance.cause is not Cause.PATROL:
        return True
    after = base.revision if base else 0
    between = (r for r in state.revisions if after < r.revision < acceptance.revision)
    return not any(map(state.rejection, between))


def _events(history: PageHistory, entry: LedgerEntry) -> Iterator[_Event]:
    for event in _revision_events(history, entry):
        yield _Event(event.at, 0, event.revision, event)
    for patrol in entry.patrols:
        yield _Event(patrol.at, 1, patrol.revision, patrol)
    for judged in entry.verdicts:
        if judged.verdict.flaw in COUNTED:
            yield _Event(judged.verdict.at, 2, judged.verdict.talk, judged)
    for acceptance in entry.accepted:
        yield _Event(acceptance.at, 3, acceptance.revision, acceptance)


def _revision_events(
    history: PageHistory, entry: LedgerEntry
) -> Iterator[RevisionEvent]:
    judged: list[RevisionText] = [
        *entry.snapshot.accepted,
        *entry.accepted,
        *entry.verdicts,
    ]
    known = {text.revision: text.normalised for text in judged if text.normalised}
    for revision in history.revisions:
        read = revision.content.normalised if revision.content else None
        yield RevisionEvent(
            revision=revision.id,
            at=revision.timestamp,
            user=revision.user,
            sha1=revision.sha1,
            normalised=other_hash(read, revision.sha1) or known.get(revision.id),
        )
