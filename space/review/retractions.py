"""Retractions: what the page's creator or a reviewer takes back works at once.

Each revision after the published one by such an account is compared with the
published values. It takes something back when it cancels, postpones or returns to
draft, makes `precision` or `link access` coarser, or empties a place, the contact or
a link. It gives it back only by saying again what was accepted; any other new value
waits for review, and what was taken stays taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from space.review.model import PageRevision, Taken
from space.schema import fields
from space.schema.fields import Field, Value, Values

DRAFT = "draft"
TAKING = frozenset({"cancelled", "postponed", DRAFT})
# Their choices stand in the schema from the finest to the coarsest.
COARSENING = frozenset({"precision", "link_access"})


@dataclass(frozen=True, slots=True)
class Retraction:
    """What is taken back, by field name, and when that last changed."""

    overlay: tuple[Taken, ...] = ()
    changed: datetime | None = None


def retract(
    kind: str,
    published: Values,
    later: Iterable[PageRevision],
    known: Iterable[Taken] = (),
) -> Retraction:
    """Find what is taken back from `published`, the values of a page of this kind.

    `later` are revisions after the published one by those who may. `known` was found
    before, in revisions that are not among them: it holds from its own revision on.
    """
    overlay: dict[str, Taken] = {}
    changed = None
    steps: dict[int, list[Taken | PageRevision]] = {}
    for taken in known:
        steps.setdefault(taken.revision, []).append(taken)
    for revision in later:
        steps.setdefault(revision.id, []).append(revision)
    for number in sorted(steps):
        before = dict(overlay)
        for step in steps[number]:
            if isinstance(step, Taken):
                overlay[step.field] = step
            else:
                _compare(kind, published, step, overlay)
            if overlay != before:
                changed = step.at if isinstance(step, Taken) else step.timestamp
    return Retraction(tuple(overlay[name] for name in sorted(overlay)), changed)


def apply(values: Values, overlay: Iterable[Taken]) -> Values:
    """The values readers see: published ones with what was taken back laid over."""
    shown = dict(values)
    for taken in overlay:
        if taken.value is None:
            shown.pop(taken.field, None)
        else:
            shown[taken.field] = taken.value
    return MappingProxyType(shown)


def retractable(field: Field) -> bool:
    """Whether emptying this field takes something back: a place, contact or link."""
    return field.place == "exact" or field.private or field.reader == "url"


def _compare(
    kind: str, published: Values, revision: PageRevision, overlay: dict[str, Taken]
) -> None:
    content = revision.content
    if content is None or not content.values:
        return
    for name, field in fields.kind(kind).fields.items():
        if name in content.unread:
            continue
        old = published.get(name, field.default)
        new = content.values.get(name, field.default)
        if new == old:
            overlay.pop(name, None)
        elif _takes_back(field, old, new):
            overlay[name] = Taken(name, new, revision.id, revision.timestamp)


def _takes_back(field: Field, old: Value | None, new: Value | None) -> bool:
    if field.name == "status":
        return new in TAKING
    if field.name in COARSENING:
        ranks = {choice: rank for rank, choice in enumerate(field.choices)}
        return ranks.get(str(new), -1) > ranks.get(str(old), -1)
    return new is None and retractable(field)
