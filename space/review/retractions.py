"""Retractions: fields that are taken back, which readers see at once.

The page's creator, an organizer or a reviewer cancels, postpones or returns to draft,
makes `precision` or `link access` coarser, or empties a place, the contact or a link.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from space.schema.kinds import Field, Value, Values, load_kind
from space.schema.visibility import places_shown

DRAFT = "draft"
TAKING = frozenset({"cancelled", "postponed", DRAFT})
# Their choices stand in the schema from the finest to the coarsest.
COARSENING = frozenset({"precision", "link_access"})


def retractable(field: Field) -> bool:
    """Whether emptying this field is a retraction: of a place, contact or link."""
    return field.place == "exact" or field.private or field.reader == "url"


def takes_back(field: Field, old: Value | None, new: Value | None) -> bool:
    """Whether it is a retraction to put a new value in place of the published one."""
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
