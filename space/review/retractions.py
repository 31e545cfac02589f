"""Retractions: fields that the page's creator or a reviewer takes back at once.

Each revision after the published one by such an account is compared with the
published values. It takes something back when it cancels, postpones or returns to
draft, makes `precision` or `link access` coarser, or empties a place, the contact or
a link. It gives it back only by saying again what was accepted; any other new value
waits for review, and what was taken stays taken.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from space.review.model import PageRevision, RetractedField
from space.schema import kinds
from space.schema.kinds import Field, Value, Values, load_kind
from space.schema.visibility import places_shown

DRAFT = "draft"
TAKING = frozenset({"cancelled", "postponed", DRAFT})
# Their choices stand in the schema from the finest to the coarsest.
COARSENING = frozenset({"precision", "link_access"})


@dataclass(frozen=True, slots=True)
class Retraction:
    """The retracted fields, by name, and when they last changed; None when never."""

    overlay: tuple[RetractedField, ...] = ()
    changed: datetime | None = None


def retract(
    kind: str,
    published: Values,
    later: Iterable[PageRevision],
    known: Iterable[RetractedField] = (),
) -> Retraction:
    """Find the fields retracted from `published`, the values of a page of this kind.

    `later` are revisions after the published one by those who may. `known` was found
    before, in revisions that are not among them: it holds from its own revision on.
    """
    overlay: dict[str, RetractedField] = {}
    changed = None
    steps: dict[int, list[RetractedField | PageRevision]] = {}
    for taken in known:
        steps.setdefault(taken.revision, []).append(taken)
    for revision in later:
        steps.setdefault(revision.id, []).append(revision)
    for number in sorted(steps):
        before = dict(overlay)
        for step in steps[number]:
            if isinstance(step, RetractedField):
                overlay[step.field] = step
            else:
                _compare(kind, published, step, overlay)
            if overlay != before:
                changed = (
                    step.at if isinstance(step, RetractedField) else step.timestamp
                )
    return Retraction(tuple(overlay[name] for name in sorted(overlay)), changed)


def apply(values: Values, overlay: Iterable[RetractedField]) -> Values:
    """The values that readers see: published ones with retracted fields laid over."""
    shown = dict(values)
    for taken in overlay:
        if taken.value is None:
            shown.pop(taken.field, None)
        else:
            shown[taken.field] = taken.value
    return MappingProxyType(shown)


def retractable(field: Field) -> bool:
    """Whether emptying this field is a retraction: of a place, contact or link."""
    return field.place == "exact" or field.private or field.reader == "url"


def _compare(
    kind: str,
    published: Values,
    revision: PageRevision,
    overlay: dict[str, RetractedField],
) -> None:
    content = revision.content
    if content is None or not content.values:
        return
    for name, field in kinds.load_kind(kind).fields.items():
        if name in content.unread:
            continue
        old = published.get(name, field.default)
        new = content.values.get(name, field.default)
        if new == old:
            overlay.pop(name, None)
        elif _takes_back(field, old, new):
            overlay[name] = RetractedField(name, new, revision.id, revision.timestamp)


def _takes_back(field: Field, old: Value | None, new: Value | None) -> bool:
    if field.name == "status":
        return new in TAKING
    if field.name in COARSENING:
        return new in _coarser(field, old)
    return new is None and retractable(field)


@dataclass(frozen=True, slots=True)
class RetractionStep:
    """A retraction that a page allows: of `field`, with all `changes` it takes.

    `value` is the field's new value, None where it is emptied.
    """

    field: Field
    value: str | None
    changes: Mapping[str, Value | None]

    @property
    def name(self) -> str:
        """The step's name in URLs, unique on its page."""
        return f"{self.field.name}-{self.value}" if self.value else self.field.name


def steps(kind_name: str, values: Values) -> tuple[RetractionStep, ...]:
    """The retractions that a page with these values allows, in the schema's order."""
    fields = load_kind(kind_name).fields
    found = []
    for field in fields.values():
        current = values.get(field.name, field.default)
        if field.name == "status":
            found += [
                RetractionStep(field, choice, {field.name: choice})
                for choice in field.choices
                if choice in TAKING and choice != current
            ]
        elif field.name in COARSENING:
            found += list(_coarsening(field, current, values))
        elif retractable(field) and field.name in values:
            found.append(RetractionStep(field, None, {field.name: None}))
    return tuple(found)


def _coarsening(
    field: Field, current: Value | None, values: Values
) -> Iterator[RetractionStep]:
    """The steps to coarser choices."""
    for choice in _coarser(field, current):
        changes: dict[str, Value | None] = {field.name: choice}
        if field.name == "precision":
            allowed = places_shown(choice)
            for other in load_kind(field.kind).fields.values():
                if other.place and other.place not in allowed and other.name in values:
                    changes[other.name] = None
        yield RetractionStep(field, choice, changes)


def _coarser(field: Field, current: Value | None) -> tuple[str, ...]:
    """The choices that follow the current one in the schema; none after another."""
    if current not in field.choices:
        return ()
    return field.choices[field.choices.index(str(current)) + 1 :]
