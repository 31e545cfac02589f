"""Visibility of values: private fields, precision of places, access to links."""

from space.schema.kinds import Values, load_kind

_PLACES_SHOWN = {
    "exact": frozenset({"exact", "city"}),
    "city": frozenset({"city"}),
}


def choice(kind_name: str, values: Values, name: str) -> str:
    """The value of a choice field, its default, or "" where there is neither."""
    return str(values.get(name) or load_kind(kind_name).fields[name].default or "")


def places_shown(precision: str) -> frozenset[str]:
    """The `x-place` marks of fields that a precision still shows."""
    return _PLACES_SHOWN.get(precision, frozenset())


def public_values(kind_name: str, values: Values) -> Values:
    """The values that may leave the wiki page: lists, feeds and data pages.

    Left out are private fields (`x-private`), places finer than `precision` (`x-place`;
    an unknown precision counts as the coarsest) and the online link, unless its
    access is public. The order of the fields is the schema's.
    """
    fields = load_kind(kind_name).fields
    hidden = {name for name, field in fields.items() if field.private}
    if "precision" in fields:
        allowed = places_shown(choice(kind_name, values, "precision"))
        hidden |= {
            name
            for name, field in fields.items()
            if field.place and field.place not in allowed
        }
    if "link_access" in fields and choice(kind_name, values, "link_access") != "public":
        hidden.add("online_link")
    return {
        name: values[name] for name in fields if name in values and name not in hidden
    }
