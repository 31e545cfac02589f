"""The visible revision: which accepted one readers see, from what the texts say.

A hidden or unreadable text gives way to the accepted one before it. A post may be a
draft, or wait for its day: until then the text before it stays, if that one was
public when the new one was accepted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from space.review.model import (
    Acceptance,
    Content,
    PageHistory,
    PageRevision,
    Reason,
    State,
)
from space.review.retractions import DRAFT
from space.review.state import ReviewState, anchor_of


@dataclass(frozen=True, slots=True)
class VisibleRevision:
    """The revision that readers see, and the state of the newest accepted one.

    Attributes:
        state, reason: of the newest accepted revision.
        revision: what readers see; None when they see nothing.
        base: the revision after which retractions count, 0 without one. It is another
            than `revision` when that one is seen for repeating the text of `base`.
        due: the UTC day on which a scheduled text becomes visible.
        hidden: ids of revisions that would be visible were their texts not hidden.
        is_unfit: whether the newest was accepted by a rule that is not its kind's.
    """

    state: State
    reason: Reason
    revision: PageRevision | None = None
    base: int = 0
    due: date | None = None
    hidden: tuple[int, ...] = ()
    is_unfit: bool = False


class RevisionTexts:
    """A page's texts; `wants` gathers the revisions whose content is not yet read."""

    def __init__(self, history: PageHistory) -> None:
        self._revisions = {revision.id: revision for revision in history.revisions}
        self.wants: set[int] = set()

    @property
    def newest(self) -> PageRevision | None:
        """The newest revision of the page, hidden or not; None without any."""
        return self._revisions[max(self._revisions)] if self._revisions else None

    def visible(self, number: int) -> PageRevision | None:
        """A revision by its id; None when its text is hidden or it does not exist."""
        revision = self._revisions.get(number)
        return None if revision is None or revision.text_hidden else revision

    def after(self, number: int) -> list[PageRevision]:
        """The revisions after one, oldest first, hidden ones among them."""
        return [self._revisions[n] for n in sorted(self._revisions) if n > number]

    def content(self, revision: PageRevision) -> Content | None:
        """What a visible revision says; None, and a want, while it is not read."""
        if revision.content is None:
            self.wants.add(revision.id)
        return revision.content


def visible_revision(
    state: ReviewState, texts: RevisionTexts, today: date
) -> VisibleRevision:
    """Find what readers see of the accepted revisions today, a UTC day.

    Goes back from the newest one to the first that readers may see.
    """
    candidates: list[VisibleRevision] = []
    hidden = []
    day = today
    for acceptance in reversed(state.accepted):
        is_repeat = state.acceptance(acceptance.anchor) is not None
        reviewed = acceptance.anchor if is_repeat else acceptance.revision
        revision = texts.visible(reviewed) or texts.visible(acceptance.revision)
        if revision is None or revision.id != reviewed:
            hidden.append(reviewed)
        if revision is None:
            continue
        content = texts.content(revision)
        if content is None:
            break
        candidates.append(_candidate(state, acceptance, revision, content, day))
        if candidates[-1].state is State.SCHEDULED:
            day = min(day, acceptance.at.date())
        elif candidates[-1].state not in {State.BROKEN, State.WAITING}:
            break
    return replace(_summary(candidates), hidden=tuple(hidden))


def publication_day(content: Content) -> date | None:
    """The UTC day from which a post may be seen; None when it names none."""
    try:
        return date.fromisoformat(str(content.values.get("publish_after")))
    except ValueError:
        return None


def _candidate(
    state: ReviewState,
    acceptance: Acceptance,
    revision: PageRevision,
    content: Content,
    day: date,
) -> VisibleRevision:
    """What readers would see on a day if this acceptance were the newest."""
    due = publication_day(content)
    reviewed = state.acceptance(acceptance.anchor) or acceptance
    if content.kind and reviewed.kinds and content.kind not in reviewed.kinds:
        return VisibleRevision(State.WAITING, Reason("new"), is_unfit=True)
    if content.kind is None:
        return VisibleRevision(State.GONE, Reason("no-template"))
    if content.broken:
        return VisibleRevision(State.BROKEN, Reason("broken"))
    if content.values.get("status") == DRAFT:
        return VisibleRevision(State.DRAFT, Reason("draft"))
    if due and due > day:
        reason = Reason("scheduled", (due.isoformat(),))
        return VisibleRevision(State.SCHEDULED, reason, due=due)
    reason = Reason(reviewed.cause, (reviewed.account or "",))
    return VisibleRevision(State.PUBLISHED, reason, revision, anchor_of(acceptance))


def _summary(candidates: Sequence[VisibleRevision]) -> VisibleRevision:
    """The state of the newest candidate with the revision of the oldest."""
    if not candidates:
        return VisibleRevision(State.WAITING, Reason("hidden"))
    due = next((each.due for each in candidates if each.due), None)
    newest, oldest = candidates[0], candidates[-1]
    return replace(newest, revision=oldest.revision, base=oldest.base, due=due)
