"""The status of a page: what readers see, what is pending, and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from space.dates.moments import utc_midnight
from space.review.later_edits import LaterEdits
from space.review.model import (
    EPOCH,
    Acceptance,
    Ending,
    LedgerEntry,
    Mark,
    OverlayField,
    PageRevision,
    PageStatus,
    Reason,
    State,
    VerdictKind,
)
from space.review.overlay import Overlay, is_shown, overlay_of
from space.review.retractions import DRAFT
from space.review.state import ReviewState
from space.review.visible import (
    RevisionTexts,
    VisibleRevision,
    publication_day,
)

_REJECTED = {
    VerdictKind.CHANGES: State.CHANGES,
    VerdictKind.DECLINE: State.DECLINED,
    VerdictKind.WITHDRAW: State.WITHDRAWN,
}


def page_status(  # noqa: PLR0913 - what was known, what is there, and the rules
    before: LedgerEntry,
    judged: LedgerEntry,
    state: ReviewState,
    texts: RevisionTexts,
    visible: VisibleRevision,
    *,
    corrections: bool,
    returned: datetime | None = None,
) -> PageStatus:
    """Find a page's status.

    `before` is the entry as it was read, `judged` the one with what is new;
    `corrections` says whether those of organizers count, `returned` when the page last
    came back. The status is of no use as long as `texts` wants any revision.
    """
    overlay = _overlay(texts, before, judged, state, visible, corrections=corrections)
    status = replace(
        _status(texts, state, visible, overlay.fields),
        overlay=overlay.fields,
    )
    if visible.revision and _makes_draft(overlay):
        visible = _without_draft(visible)
        status = replace(_status(texts, state, visible, ()), overlay=overlay.fields)
    status = replace(
        status,
        first_published=before.status.first_published
        or _first_published(texts, state, visible),
    )
    times = (
        state.changed,
        overlay.changed,
        returned,
        _day_begun(visible),
    )
    return _dated(before.status, status, state, times)


def ended_status(before: PageStatus, ended: Ending, state: ReviewState) -> PageStatus:
    """The status of a page that is deleted or was moved away."""
    gone = PageStatus(State.GONE, Reason(ended.reason), overlay=before.overlay)
    return _dated(before, gone, state, [ended.at])


def _overlay(  # noqa: PLR0913 - as for `page_status`
    texts: RevisionTexts,
    before: LedgerEntry,
    judged: LedgerEntry,
    state: ReviewState,
    visible: VisibleRevision,
    *,
    corrections: bool,
) -> Overlay:
    """The overlay over the visible revision.

    Of edits that were hidden since, or follow one that was, only what was read then is
    known.
    """
    later = LaterEdits(texts, judged, visible.base)
    known = tuple(
        field
        for field in before.status.overlay
        if later.is_lost(field.revision) and (corrections or not field.correction)
    )
    content = visible.revision.content if visible.revision else None
    if content is None:
        return Overlay(known)
    until = state.decline.verdict.at if state.decline else None
    return overlay_of(
        content.kind or judged.kind,
        content.values,
        later.over(content, until if corrections else EPOCH),
        [rejected for rejected in state.rejected if rejected.revision > visible.base],
        [field for field in known if field.revision > visible.base],
        decline=state.decline,
    )


def _makes_draft(overlay: Overlay) -> bool:
    return any(
        field.field == "status" and field.value == DRAFT for field in overlay.fields
    )


def _without_draft(visible: VisibleRevision) -> VisibleRevision:
    """What readers see once the text is a draft again: nothing.

    A newer one that was accepted for another day is published on its day all the same.
    """
    if visible.due:
        return replace(visible, revision=None)
    return replace(visible, state=State.DRAFT, reason=Reason("draft"), revision=None)


def _status(
    texts: RevisionTexts,
    state: ReviewState,
    visible: VisibleRevision,
    overlay: tuple[OverlayField, ...],
) -> PageStatus:
    newest = texts.newest
    status = PageStatus(
        state=visible.state,
        reason=visible.reason,
        published=_mark(visible.revision),
        newest=_mark(newest),
        hidden=visible.hidden,
        due=visible.due,
    )
    if newest is None or (newest.id <= state.base and not visible.is_unfit):
        return _with_reverted(status, texts, overlay)
    pending, reason = _pending_state(texts, state, visible, newest)
    live = pending is State.WAITING and _is_live(visible, newest, overlay)
    return replace(
        status,
        state=State.PUBLISHED if live else pending,
        reason=Reason("live") if live else reason,
        live=live,
        pending=_mark(newest),
        pending_since=newest.timestamp if visible.is_unfit else state.pending_since,
    )


def _pending_state(
    texts: RevisionTexts,
    state: ReviewState,
    visible: VisibleRevision,
    newest: PageRevision,
) -> tuple[State, Reason]:
    """The state of the newest revision, which is not accepted, and why."""
    rejection = state.rejection_of_newest
    if state.withdrawn and newest.timestamp <= state.withdrawn:
        rejection = state.decline
    if rejection:
        verdict = rejection.verdict
        reason = Reason(verdict.kind, (verdict.account, verdict.reason))
        return _REJECTED[verdict.kind], reason
    content = None if newest.text_hidden else texts.content(newest)
    if content and not visible.revision:
        if content.kind is None:
            return State.GONE, Reason("no-template")
        if content.values.get("status") == DRAFT:
            return State.DRAFT, Reason("draft")
    if content and content.broken:
        return State.BROKEN, Reason("broken")
    if state.decline:
        return State.WAITING, Reason("again")
    return State.WAITING, Reason("changed" if state.accepted else "new")


def _with_reverted(
    status: PageStatus, texts: RevisionTexts, overlay: tuple[OverlayField, ...]
) -> PageStatus:
    """The status of a page whose newest text is accepted, with corrections over it.

    Somebody who may not take them back reverted them, so readers see them all the same,
    and a reviewer has to look at the revision that made them.
    """
    corrections = [field for field in overlay if field.correction]
    if not corrections or status.state is not State.PUBLISHED:
        return status
    last = max(corrections, key=lambda field: field.revision)
    revision = texts.visible(last.revision)
    return replace(
        status,
        reason=Reason("live"),
        pending=Mark(last.revision, last.at, revision.sha1 if revision else None),
        pending_since=last.at,
        live=True,
    )


def _is_live(
    visible: VisibleRevision, newest: PageRevision, overlay: tuple[OverlayField, ...]
) -> bool:
    """Whether readers see already what the newest revision says."""
    published = visible.revision.content if visible.revision else None
    if published is None or newest.content is None or visible.is_unfit:
        return False
    return is_shown(newest.content, published, overlay)


def _mark(revision: PageRevision | None) -> Mark | None:
    if revision is None:
        return None
    return Mark(revision.id, revision.timestamp, revision.sha1)


def _first_published(
    texts: RevisionTexts, state: ReviewState, visible: VisibleRevision
) -> datetime | None:
    """When readers could see the page for the first time; None if they cannot yet.

    A post that waits for its day appears when the day begins, whenever it was approved
    and however late the bot runs. Its older texts matter, too: one of them may have
    been visible before.
    """
    content = visible.revision.content if visible.revision else None
    if content is None:
        return None
    if content.kind != "post":  # only posts can wait
        return state.first_accepted
    earliest: datetime | None = None
    for acceptance in sorted(state.accepted, key=lambda each: each.at):
        if earliest and earliest <= acceptance.at:
            break
        opens = _opens(texts, state, acceptance)
        earliest = min(filter(None, (earliest, opens)), default=None)
    return earliest or state.first_accepted


def _opens(
    texts: RevisionTexts, state: ReviewState, acceptance: Acceptance
) -> datetime | None:
    """When an accepted text became visible; None where readers never saw it."""
    revision = texts.visible(acceptance.revision)
    content = texts.content(revision) if revision else None
    if content is None or content.kind is None or content.broken:
        return None
    if content.values.get("status") == DRAFT:
        return None
    day = publication_day(content)
    if day is None:
        return acceptance.at
    newer = (a for a in state.accepted if a.revision > acceptance.revision)
    if any(each.at.date() < day for each in newer):
        return None  # put off, or replaced, before its day came
    return max(acceptance.at, utc_midnight(day))


def _day_begun(visible: VisibleRevision) -> datetime | None:
    """When the publication day of the visible text began; None when it names none."""
    content = visible.revision.content if visible.revision else None
    day = publication_day(content) if content else None
    return utc_midnight(day) if day else None


def _dated(
    before: PageStatus,
    status: PageStatus,
    state: ReviewState,
    times: Iterable[datetime | None],
) -> PageStatus:
    """The status with its sequence and first times.

    The sequence is the newest of `times`, in seconds since `EPOCH`, if readers see
    something else than before. When the page was first accepted and when it appeared
    stay as they were found first.
    """
    sequence = before.sequence
    if _seen(status) != _seen(before):
        newest = max((time for time in times if time), default=EPOCH)
        sequence = max(int((newest - EPOCH).total_seconds()), before.sequence + 1)
    firsts = (time for time in (before.first_accepted, state.first_accepted) if time)
    return replace(
        status,
        sequence=sequence,
        first_accepted=min(firsts, default=None),
        first_published=before.first_published or status.first_published,
    )


def _seen(status: PageStatus) -> object:
    """What readers see, to compare; None when they see nothing."""
    if status.published is None:
        return None
    overlay = tuple((field.field, field.value) for field in status.overlay)
    return status.published.sha1 or status.published.revision, overlay
