"""Replaying what happened to a page, in the order of time.

Whatever order the causes were read in, they are sorted by when they happened and
applied one after the other; so which revisions are accepted depends on the causes
alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter

from space.review.course import Course, Stage
from space.review.model import Flaw, LedgerEntry, PageHistory, Policy
from space.review.texts import Text, other_hash

_BEGINNING = datetime.min.replace(tzinfo=UTC)
# Whether a verdict falls on one's own text depends on what was accepted before it, so
# each replay finds that out anew; the other flaws are final.
HEARD = frozenset({Flaw.NONE, Flaw.AUTHOR})


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened. `rank` and `number` order what has the same time."""

    at: datetime
    rank: int
    number: int
    act: Callable[[datetime], None]


def replay(
    history: PageHistory,
    entry: LedgerEntry,
    policy: Policy,
    until: datetime | None = None,
) -> Course:
    """Replay an entry's causes over a history, from the entry's floor on.

    `until` leaves out what happened later.
    """
    start = entry.floor.at or _BEGINNING
    course = Course(entry.floor, policy, history.kind, frozenset(entry.trusted))
    events = _events(course, history, entry)
    for event in sorted(events, key=attrgetter("at", "rank", "number")):
        if until is not None and event.at > until:
            break
        now = max(event.at, start)
        event.act(now)
        course.note(now)
    return course


def _events(
    course: Course, history: PageHistory, entry: LedgerEntry
) -> Iterator[_Event]:
    for stage in _stages(history, entry):
        yield _Event(stage.at, 0, stage.revision, partial(course.meet, stage))
    for patrol in entry.patrols:
        yield _Event(patrol.at, 1, patrol.revision, partial(course.patrol, patrol))
    for judged in entry.verdicts:
        verdict = judged.verdict
        if verdict.flaw in HEARD:
            act = partial(course.hear, judged)
            yield _Event(verdict.at, 2, verdict.talk, act)
    for acceptance in entry.accepted:
        act = partial(course.recall, acceptance)
        yield _Event(acceptance.at, 3, acceptance.revision, act)


def _stages(history: PageHistory, entry: LedgerEntry) -> Iterator[Stage]:
    judged: list[Text] = [*entry.floor.accepted, *entry.accepted, *entry.verdicts]
    known = {text.revision: text.normalised for text in judged if text.normalised}
    for revision in history.revisions:
        read = revision.content.normalised if revision.content else None
        yield Stage(
            revision=revision.id,
            at=revision.timestamp,
            user=revision.user,
            sha1=revision.sha1,
            normalised=other_hash(read, revision.sha1) or known.get(revision.id),
        )
