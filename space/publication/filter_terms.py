"""The terms of a publication that filters compare: folded values of indexed fields."""

from collections.abc import Iterator

from space.publication.people import person_of
from space.publication.publication import Publication
from space.schema.kinds import Field, Values, load_kind
from space.text.folding import fold

TERM_LENGTH = 320
"""Characters of a term; a longer one is cut."""


def filter_terms(publication: Publication) -> Iterator[tuple[str, str]]:
    """Field → folded term, of the fields that filters look at; defaults count."""
    for field in load_kind(publication.kind).fields.values():
        if field.is_filter:
            for item in _items(field, publication.values):
                if term := fold(item)[:TERM_LENGTH]:
                    yield field.name, term


def _items(field: Field, values: Values) -> Iterator[str]:
    value = field.value_in(values) or ()
    for item in (value,) if isinstance(value, str) else value:
        yield from person_of(item).names if field.reader == "user" else {item}
