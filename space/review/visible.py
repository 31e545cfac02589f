"""What readers see of the accepted revisions, from what their texts say.

A hidden or unreadable text yields to the accepted one before it. A post may be a
draft, or wait for its day: until then the text before it stays, if that one was
public when the new one was accepted.
"""

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
    """The revision readers see, if any, and how the newest accepted one stands.

    Retractions count after `base`: the revision whose review this is, which is
    another than `revision` when that one only repeats its text.
    """

    state: State
    reason: Reason
    revision: PageRevision | None = None
    base: int = 0
    due: date | None = None  # the day on which a scheduled text is shown
    hidden: tuple[int, ...] = ()  # what would be shown if it could be seen
    unfit: bool = False  # a rule accepted it that is not its own kind's


class RevisionTexts:
    """A look at the texts; `wants` gathers the revisions whose content is missing."""

    def __init__(self, history: PageHistory) -> None:
        self._revisions = {revision.id: revision for revision in history.revisions}
        self.wants: set[int] = set()

    @property
    def newest(self) -> PageRevision | None:
        """The newest revision of the page, hidden or not."""
        return self._revisions[max(self._revisions)] if self._revisions else None

    def visible(self, revision: int) -> PageRevision | None:
        """A revision that exists and whose text is not hidden."""
        found = self._revisions.get(revision)
        return None if found is None or found.text_hidden else found

    def content(self, revision: PageRevision) -> Content | None:
        """What a visible revision says; None, and a want, if nobody read it yet."""
        if revision.content is None:
            self.wants.add(revision.id)
        return revision.content


def show(state: ReviewState, look: RevisionTexts, today: date) -> VisibleRevision:
    """Find what readers see of the accepted revisions today, a UTC day."""
    found: list[VisibleRevision] = []
    hidden = []
    day = today
    for acceptance in reversed(state.accepted):
        number = acceptance.revision
        is_repeat = state.acceptance(acceptance.anchor) is not None
        reviewed = acceptance.anchor if is_repeat else number
        revision = look.visible(reviewed) or look.visible(number)
        if revision is None or revision.id != reviewed:
            hidden.append(reviewed)
        if revision is None:
            continue
        content = look.content(revision)
        if content is None:
            break
        found.append(_shown(state, acceptance, revision, content, day))
        if found[-1].state is State.SCHEDULED:
            day = min(day, acceptance.at.date())
        elif found[-1].state not in {State.BROKEN, State.WAITING}:
            break
    return replace(_summary(found), hidden=tuple(hidden))


def _shown(
    state: ReviewState,
    acceptance: Acceptance,
    revision: PageRevision,
    content: Content,
    day: date,
) -> VisibleRevision:
    due = day_of(content)
    reviewed = state.acceptance(acceptance.anchor) or acceptance
    if content.kind and reviewed.kinds and content.kind not in reviewed.kinds:
        return VisibleRevision(State.WAITING, Reason("new"), unfit=True)
    if content.kind is None:
        return VisibleRevision(State.GONE, Reason("no-template"))
    if content.broken:
        return VisibleRevision(State.BROKEN, Reason("broken"))
    if content.values.get("status") == DRAFT:
        return VisibleRevision(State.DRAFT, Reason("draft"))
    if due and due > day:
        return VisibleRevision(
            State.SCHEDULED, Reason("scheduled", (due.isoformat(),)), due=due
        )
    reason = Reason(reviewed.cause, (reviewed.account or "",))
    return VisibleRevision(State.PUBLISHED, reason, revision, anchor_of(acceptance))


def _summary(found: list[VisibleRevision]) -> VisibleRevision:
    """The state of the newest, what is shown of the oldest."""
    if not found:
        return VisibleRevision(State.WAITING, Reason("hidden"))
    due = next((each.due for each in found if each.due), None)
    newest, oldest = found[0], found[-1]
    return replace(newest, revision=oldest.revision, base=oldest.base, due=due)


def day_of(content: Content) -> date | None:
    """The UTC day from which a post may be shown."""
    try:
        return date.fromisoformat(str(content.values.get("publish_after", "")))
    except ValueError:
        return None
