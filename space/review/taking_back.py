"""What the creator of a page can take back with one edit (see `retractions`).

Each step is a set of fields to change. A coarser precision empties what is finer than
it, too: shown or not, it would stay in the page for everybody to read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from space.review.retractions import COARSENING, TAKING, retractable
from space.schema.fields import Field, Value, Values, kind
from space.schema.visibility import places_shown


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to take back: what becomes of `field`, and all `changes` for that.

    `value` is the field's new value, None where it is emptied.
    """

    field: Field
    value: str | None
    changes: Mapping[str, Value | None]

    @property
    def name(self) -> str:
        """Tells the steps of a page apart, in addresses."""
        return f"{self.field.name}-{self.value}" if self.value else self.field.name


def steps(kind_name: str, values: Values) -> tuple[Step, ...]:
    """All that can be taken back of a page with these values, in the schema's order."""
    fields = kind(kind_name).fields
    found = []
    for field in fields.values():
        current = values.get(field.name, field.default)
        if field.name == "status":
            found += [
                Step(field, choice, {field.name: choice})
                for choice in field.choices
                if choice in TAKING and choice != current
            ]
        elif field.name in COARSENING:
            found += list(_coarser(field, str(current), values))
        elif retractable(field) and field.name in values:
            found.append(Step(field, None, {field.name: None}))
    return tuple(found)


def _coarser(field: Field, current: str, values: Values) -> Iterator[Step]:
    """The coarser choices, which stand after the current one."""
    if current not in field.choices:
        return
    for choice in field.choices[field.choices.index(current) + 1 :]:
        changes: dict[str, Value | None] = {field.name: choice}
        if field.name == "precision":
            allowed = places_shown(choice)
            for other in kind(field.kind).fields.values():
                if other.place and other.place not in allowed and other.name in values:
                    changes[other.name] = None
        yield Step(field, choice, changes)
