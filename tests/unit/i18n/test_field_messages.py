"""Every text a schema or a list asks for exists, in English and documented."""

from collections.abc import Iterator

import pytest

from space.generate.list_templates import TEMPLATES
from space.schema.kinds import NAMES, load_kind
from space.text.messages import read_messages


def keys() -> Iterator[str]:
    for name in NAMES:
        yield f"wiki-templatedata-{name}"
        yield from (part.heading_key for part in load_kind(name).form if part.more)
        for field in load_kind(name).fields.values():
            yield field.label_key
            yield field.help_key
            yield from map(field.choice_key, field.choices)
    for name, template in TEMPLATES.items():
        yield f"wiki-templatedata-{name}"
        for option in template.options:
            yield f"wiki-list-{option.name}-label"
            yield f"wiki-list-{option.name}-help"


@pytest.mark.parametrize("language", ["en", "qqq"])
def test_messages_of_every_field_exist(language: str) -> None:
    messages = read_messages(language)
    assert [key for key in keys() if not messages.get(key)] == []


def test_messages_of_fields_that_no_schema_has_are_gone() -> None:
    wanted = set(keys())
    ours = ("field-", "choice-", "wiki-templatedata-")
    assert [
        k for k in read_messages("en") if k.startswith(ours) and k not in wanted
    ] == []
