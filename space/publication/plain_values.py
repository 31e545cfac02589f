"""Values of a publication as plain text, for formats without links in texts."""

from collections.abc import Iterator

from space.codec.values.links import label
from space.publication.people import person_of
from space.schema.kinds import Field, Values
from space.schema.visibility import choice
from space.text.clean import one_line


def plain_texts(field: Field, values: Values) -> Iterator[str]:
    """The items of a field, each on one line; its default where the value is absent.

    People and groups are their names, links in texts their labels.
    """
    value = values.get(field.name) or choice(field.kind, {}, field.name)
    for item in (value,) if isinstance(value, str) else value:
        if field.reader == "user":
            yield person_of(item).name
        elif field.reader == "inline":
            yield label(item)
        elif item:
            yield one_line(item)
