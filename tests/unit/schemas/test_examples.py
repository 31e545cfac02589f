"""The examples of `schemas/examples/`, against the schemas and the validation.

An invalid example names its one fault: the field, the keyword of the schema that
refuses it (null for rules between fields, which no keyword tells) and the problem that
its author is told.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from space.codec.values.validation import form_problems, validate
from space.schema.kinds import NAMES, SCHEMAS, load_kind
from space.schema.problems import Problem

EXAMPLES = SCHEMAS / "examples"
VALID = sorted(EXAMPLES.glob("*/valid/*.json"))
INVALID = sorted(EXAMPLES.glob("*/invalid/*.json"))
BEYOND_THE_SCHEMA = ("format", None)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def errors(path: Path, values: Any) -> list[ValidationError]:
    document = dict(load_kind(path.parent.parent.name).document)
    return list(Draft202012Validator(document).iter_errors(values))


def problems(path: Path, values: Any) -> tuple[Problem, ...]:
    kind_name = path.parent.parent.name
    canonical = {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in values.items()
    }
    refused = form_problems(kind_name, canonical) if kind_name == "event" else ()
    return (*validate(kind_name, canonical), *refused)


def missing_or_unknown(error: ValidationError) -> list[str]:
    """Fields an error of a whole page speaks of; it has no path."""
    if error.validator == "anyOf":
        return [field for part in error.validator_value for field in part["required"]]
    return re.findall("'([a-z_]+)'", error.message)


def name(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


@pytest.mark.parametrize("schema", NAMES)
def test_schema_of_every_kind_is_json_schema(schema: str) -> None:
    Draft202012Validator.check_schema(dict(load_kind(schema).document))


@pytest.mark.parametrize("path", VALID, ids=name)
def test_valid_example_has_neither_error_nor_problem(path: Path) -> None:
    assert errors(path, read(path)) == []
    assert problems(path, read(path)) == ()


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_invalid_example_has_its_one_error(path: Path) -> None:
    example = read(path)
    found = errors(path, example["values"])
    if example["keyword"] in BEYOND_THE_SCHEMA:
        assert found == []
        return
    (error,) = found
    assert error.validator == example["keyword"]
    assert example["field"] in (*error.absolute_path, *missing_or_unknown(error))


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_invalid_example_has_its_one_problem(path: Path) -> None:
    example = read(path)
    (problem,) = problems(path, example["values"])
    assert problem.code == example["problem"]
    assert problem.field in (example["field"], None)
    assert problem.severity == "error"


@pytest.mark.parametrize("schema", NAMES)
def test_valid_examples_show_every_field_of_a_kind(schema: str) -> None:
    shown = {
        field
        for path in EXAMPLES.glob(f"{schema}/valid/*.json")
        for field in read(path)
    }
    assert shown == set(load_kind(schema).fields)


@pytest.mark.parametrize("schema", NAMES)
def test_changelog_tells_of_the_version_of_every_schema(schema: str) -> None:
    changelog = (SCHEMAS / "CHANGELOG.md").read_text(encoding="utf-8")
    section = changelog.partition(f"## {schema}\n")[2].partition("\n## ")[0]
    assert section.lstrip().startswith(f"### {load_kind(schema).version}\n")
