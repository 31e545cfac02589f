"""Two people changed one page: what each of them changed, put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from space.schema.fields import Kind, Value, Values

Changes = Mapping[str, Value | None]
"""Field name → new value; None takes the field out."""


def effective(kind: Kind, values: Values, name: str) -> Value | None:
    """A field's value, its default where it is absent."""
    return values.get(name, kind.fields[name].default)


def changes(kind: Kind, old: Values, new: Values) -> Changes:
    """What has to be written so that `old` becomes `new`.

    A default that is written out and one that is left out are the same.
    """
    return {
        name: new.get(name)
        for name in kind.fields
        if effective(kind, old, name) != effective(kind, new, name)
    }


@dataclass(frozen=True, slots=True)
class Merge:
    """Both changes together.

    Where both changed a field to different values, mine is taken and theirs is in
    `clashes`, for me to look at.
    """

    values: Values
    clashes: Changes


def merge(kind: Kind, base: Values, mine: Values, theirs: Values) -> Merge:
    """Three-way merge, field by field."""
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
