"""The examples of the schemas are canonical, and what they say can be written."""

import json
from pathlib import Path

import pytest

from space.codec.editing import write_page
from space.codec.page import read_page
from space.codec.readers import read_value
from space.schema.kinds import NAMES, SCHEMAS, Field, load_kind

VALID = sorted(SCHEMAS.glob("examples/*/valid/*.json"))
FIELDS = [field for name in NAMES for field in load_kind(name).fields.values()]


@pytest.mark.parametrize(
    "path", VALID, ids=lambda path: f"{path.parts[-3]}/{path.stem}"
)
def test_valid_example_when_written_reads_the_same(path: Path) -> None:
    described = load_kind(path.parent.parent.name)
    example = json.loads(path.read_text(encoding="utf-8"))
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in example.items()
    }
    reading = read_page(
        write_page(described.name, values),
        title="Example",
        templates={described.template: described.name},
    )
    assert reading.values == values
    assert reading.problems == ()


@pytest.mark.parametrize(
    "field", FIELDS, ids=lambda field: f"{field.kind}.{field.name}"
)
def test_example_of_a_field_when_read_has_no_problem(field: Field) -> None:
    reading = read_value(field, field.example)
    assert reading.value is not None
    assert reading.problems == ()
