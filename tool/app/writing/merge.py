"""Three-way merge of field values, for edit conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass

from space.schema.kinds import Kind, Value, Values

Changes = Mapping[str, Value | None]
"""Field name → new value; None takes the field out."""


def effective(kind: Kind, values: Values, name: str) -> Value | None:
    """The value of a field, or its default where it is absent."""
    return values.get(name, kind.fields[name].default)


def changes(kind: Kind, old: Values, new: Values) -> Changes:
    """The changes that turn `old` into `new`; an absent field equals its default."""
    new = {name: _in_order(kind, name, old, value) for name, value in new.items()}
    return {
        name: new.get(name)
        for name in kind.fields
        if effective(kind, old, name) != effective(kind, new, name)
    }


def _in_order(kind: Kind, name: str, old: Values, value: Value) -> Value:
    """Dates of a list in the order that they had, new ones behind: boxes have none."""
    before = old.get(name)
    if kind.fields[name].reader != "date" or not isinstance(value, tuple):
        return value
    kept = [each for each in before or () if each in value]
    return (*kept, *(each for each in value if each not in kept))


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged values.

    Where both edits set a field to different values, `values` has mine and `clashes`
    has theirs.
    """

    values: Values
    clashes: Changes


def merge(kind: Kind, base: Values, mine: Values, theirs: Values) -> Merge:
    """Merge two edits of `base` field by field."""
    my_changes = changes(kind, base, mine)
    their_changes = changes(kind, base, theirs)
    merged = dict(theirs)
    for name, value in my_changes.items():
        merged.pop(name, None)
        if value is not None:
            merged[name] = value
    clashes = {
        name: value
        for name, value in their_changes.items()
        if name in my_changes and value != my_changes[name]
    }
    ordered = {name: merged[name] for name in kind.fields if name in merged}
    return Merge(ordered, clashes)
