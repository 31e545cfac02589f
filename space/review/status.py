"""How a page stands: what readers see, what waits, and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from space.dates.moments import utc_midnight
from space.review.model import (
    EPOCH,
    Acceptance,
    LedgerEntry,
    Mark,
    PageHistory,
    PageRevision,
    PageStatus,
    Reason,
    State,
    VerdictKind,
)
from space.review.retractions import DRAFT, Retraction, retract
from space.review.state import ReviewState
from space.review.visible import RevisionTexts, VisibleRevision, day_of, show

_NONE: frozenset[int] = frozenset()
_REJECTED = {
    VerdictKind.CHANGES: State.CHANGES,
    VerdictKind.DECLINE: State.DECLINED,
    VerdictKind.WITHDRAW: State.WITHDRAWN,
}


def stand(
    history: PageHistory,
    before: LedgerEntry,
    judged: LedgerEntry,
    state: ReviewState,
    today: date,
) -> tuple[PageStatus, frozenset[int]]:
    """Find how a page stands, and the revisions whose content that needs.

    `before` is the entry as it was read, `judged` the one with what is new. With
    anything wanted the standing is of no use.
    """
    look = RevisionTexts(history)
    if history.ended:
        reason = Reason(history.ended.reason)
        standing = PageStatus(State.GONE, reason, overlay=before.standing.overlay)
        times = [history.ended.at]
        return _dated(before.standing, standing, state, times), _NONE
    shown = show(state, look, today)
    retraction = _retraction(look, before, judged, shown)
    if shown.revision and _says_draft(retraction):
        shown = VisibleRevision(State.DRAFT, Reason("draft"), hidden=shown.hidden)
    standing = _standing(look, state, shown)
    standing = replace(
        standing,
        overlay=retraction.overlay,
        appeared=before.standing.appeared or _appeared(look, state, shown),
    )
    times = [
        state.changed,
        retraction.changed,
        history.returned,
        _day_begun(shown),
    ]
    standing = _dated(before.standing, standing, state, times)
    return standing, frozenset(look.wants)


def _retraction(
    look: RevisionTexts,
    before: LedgerEntry,
    judged: LedgerEntry,
    shown: VisibleRevision,
) -> Retraction:
    """What is taken back from the revision shown.

    Revisions compared with it before are not read again; of those that were hidden
    since, what was found then is all there is.
    """
    known = before.standing.overlay
    hidden = tuple(taken for taken in known if not look.visible(taken.revision))
    revision = shown.revision
    content = revision.content if revision else None
    if revision is None or content is None:
        return Retraction(hidden)
    published = before.standing.published
    if published and published.revision == revision.id:
        after = max(before.read.page, shown.base)
    else:
        after = shown.base
        known = tuple(taken for taken in hidden if taken.revision > after)
    later = [look.visible(r) for r in judged.retractors if r > after]
    readable = [r for r in later if r is not None and look.content(r)]
    return retract(content.kind or judged.kind, content.values, readable, known)


def _standing(
    look: RevisionTexts, state: ReviewState, shown: VisibleRevision
) -> PageStatus:
    newest = look.newest
    standing = PageStatus(
        state=shown.state,
        reason=shown.reason,
        published=_mark(shown.revision),
        newest=_mark(newest),
        hidden=shown.hidden,
        due=shown.due,
    )
    if newest is None or (newest.id <= state.base and not shown.unfit):
        return standing
    of_newest, reason = _pending_state(look, state, shown, newest)
    return replace(
        standing,
        state=of_newest,
        reason=reason,
        pending=_mark(newest),
        waiting_since=newest.timestamp if shown.unfit else state.waiting_since,
    )


def _pending_state(
    look: RevisionTexts,
    state: ReviewState,
    shown: VisibleRevision,
    newest: PageRevision,
) -> tuple[State, Reason]:
    said = state.rejection_of_newest
    if state.withdrawn and newest.timestamp <= state.withdrawn:
        said = state.decline
    if said:
        words = (said.verdict.account, said.verdict.reason)
        return _REJECTED[said.verdict.kind], Reason(said.verdict.kind, words)
    content = None if newest.text_hidden else look.content(newest)
    if content and not shown.revision:
        if content.kind is None:
            return State.GONE, Reason("no-template")
        if content.values.get("status") == DRAFT:
            return State.DRAFT, Reason("draft")
    if content and content.broken:
        return State.BROKEN, Reason("broken")
    if state.decline:
        return State.WAITING, Reason("again")
    return State.WAITING, Reason("changed" if state.accepted else "new")


def _says_draft(retraction: Retraction) -> bool:
    return any(t.field == "status" and t.value == DRAFT for t in retraction.overlay)


def _mark(revision: PageRevision | None) -> Mark | None:
    if revision is None:
        return None
    return Mark(revision.id, revision.timestamp, revision.sha1)


def _appeared(
    look: RevisionTexts, state: ReviewState, shown: VisibleRevision
) -> datetime | None:
    """When readers could see the page for the first time; None if they cannot yet.

    A post that waits for its day appears when the day begins, whenever it was approved
    and however late the bot runs. Its older texts matter, too: one of them may have
    been out before.
    """
    content = shown.revision.content if shown.revision else None
    if content is None:
        return None
    if content.kind != "post":  # only posts can wait
        return state.first
    earliest: datetime | None = None
    for acceptance in sorted(state.accepted, key=lambda each: each.at):
        if earliest and earliest <= acceptance.at:
            break
        opens = _opens(look, state, acceptance)
        earliest = min(filter(None, (earliest, opens)), default=None)
    return earliest or state.first


def _opens(
    look: RevisionTexts, state: ReviewState, acceptance: Acceptance
) -> datetime | None:
    """From when an accepted text may be seen; None where readers never had it."""
    revision = look.visible(acceptance.revision)
    content = look.content(revision) if revision else None
    if content is None or content.kind is None or content.broken:
        return None
    if content.values.get("status") == DRAFT:
        return None
    day = day_of(content)
    if day is None:
        return acceptance.at
    newer = (a for a in state.accepted if a.revision > acceptance.revision)
    if any(each.at.date() < day for each in newer):
        return None  # put off, or replaced, before its day came
    return max(acceptance.at, utc_midnight(day))


def _day_begun(shown: VisibleRevision) -> datetime | None:
    """The moment from which the text shown could be shown."""
    content = shown.revision.content if shown.revision else None
    day = day_of(content) if content else None
    return utc_midnight(day) if day else None


def _dated(
    before: PageStatus,
    standing: PageStatus,
    state: ReviewState,
    times: Iterable[datetime | None],
) -> PageStatus:
    """Give a standing its sequence: the newest of `times` if what is shown changed.

    When it was first accepted and when it appeared stay as they were found first.
    """
    sequence = before.sequence
    if _sight(standing) != _sight(before):
        newest = max((t for t in times if t), default=EPOCH)
        sequence = max(int((newest - EPOCH).total_seconds()), before.sequence + 1)
    known = (time for time in (before.first, state.first) if time)
    return replace(
        standing,
        sequence=sequence,
        first=min(known, default=None),
        appeared=before.appeared or standing.appeared,
    )


def _sight(standing: PageStatus) -> object:
    """What readers see, to compare."""
    if standing.published is None:
        return None
    overlay = tuple((taken.field, taken.value) for taken in standing.overlay)
    return standing.published.sha1 or standing.published.revision, overlay
