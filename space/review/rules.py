"""The rules of the policies: which pending revisions are accepted without a verdict."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from space.review.model import Acceptance, Cause
from space.review.same_text import same_text
from space.review.state import NUMBER, ReviewState, RevisionEvent, anchor_of


def apply_rules(state: ReviewState, now: datetime) -> ReviewState:
    """Apply the rules to all pending revisions, the oldest first."""
    place = bisect_right(state.revisions, state.base, key=NUMBER)
    state = state._replace(first_unpatrolled=0)
    return apply_rules_to(state, state.revisions[place:], now)


def apply_rules_to(
    state: ReviewState, pending: Iterable[RevisionEvent], now: datetime
) -> ReviewState:
    """Apply the rules to pending revisions, all before them having been looked at."""
    newest, first_unpatrolled = state.newest, state.first_unpatrolled
    made: list[Acceptance] = []
    for event in pending:
        is_rejected = state.rejection(event) is not None
        if is_rejected or event.revision not in state.patrolled:
            first_unpatrolled = first_unpatrolled or event.revision
        if is_rejected:
            continue
        cause = _cause(state, event, newest, first_unpatrolled)
        if cause:
            newest = _acceptance(state, event, newest, cause, now)
            made.append(newest)
            first_unpatrolled = 0
    if made:
        return state._replace(
            first_unpatrolled=first_unpatrolled,
            accepted=(*state.accepted, *made),
            log=(*state.log, *made),
        )
    if first_unpatrolled != state.first_unpatrolled:
        return state._replace(first_unpatrolled=first_unpatrolled)
    return state


def accept_by_rule(state: ReviewState, acceptance: Acceptance) -> ReviewState:
    """Accept a revision, and record that a rule did."""
    return state._replace(
        accepted=with_acceptance(state.accepted, acceptance),
        log=(*state.log, acceptance),
    )


def with_acceptance(
    accepted: tuple[Acceptance, ...], new: Acceptance
) -> tuple[Acceptance, ...]:
    """The acceptances with a new one, in place of an older one of its revision."""
    if not accepted or accepted[-1].revision < new.revision:
        return (*accepted, new)
    others = [a for a in accepted if a.revision != new.revision]
    return tuple(sorted([*others, new], key=NUMBER))


def _cause(
    state: ReviewState,
    event: RevisionEvent,
    newest: Acceptance | None,
    first_unpatrolled: int,
) -> Cause | None:
    """The rule that accepts a pending revision; None when it has to wait.

    `newest` is the acceptance before it.
    """
    if newest and same_text(newest, event):
        return Cause.EQUAL
    if state.is_declined(event.revision):
        return None
    if state.rules.policy == "open" and event.revision > state.withdrawn_up_to:
        return Cause.OPEN
    if state.rules.policy == "patrol" and not first_unpatrolled:
        return Cause.PATROL
    return None


def _acceptance(
    state: ReviewState,
    event: RevisionEvent,
    newest: Acceptance | None,
    cause: Cause,
    now: datetime,
) -> Acceptance:
    account, anchor, kinds = event.user, 0, state.rules.kinds
    if newest and cause is Cause.EQUAL:
        account, anchor, kinds = newest.account, anchor_of(newest), ()
    elif cause is Cause.PATROL:
        account = state.patrolled[event.revision]
    return Acceptance(
        revision=event.revision,
        cause=cause,
        account=account,
        at=now,
        sha1=event.sha1,
        normalised=event.normalised,
        anchor=anchor,
        kinds=kinds,
    )
