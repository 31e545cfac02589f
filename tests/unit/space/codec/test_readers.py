"""Readers and writers against `tests/corpus/values`."""

import pytest

from space.codec.readers import read_value
from space.codec.writers import write_value
from space.schema.kinds import NAMES, load_kind
from tests.support.corpus.cases import ValueCase, value_cases

CASES = value_cases()
case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@case
def test_value_when_read_is_canonical(case: ValueCase) -> None:
    reading = read_value(case.field, case.input)
    assert reading.value == case.output
    assert tuple(problem.code for problem in reading.problems) == case.problems
    assert {problem.field for problem in reading.problems} <= {case.field.name}


@case
def test_value_when_written_reads_back_without_a_problem(case: ValueCase) -> None:
    if case.output is not None:
        reading = read_value(case.field, write_value(case.field, case.output))
        assert reading.value == case.output
        assert reading.problems == ()


def test_corpus_when_counted_has_cases_of_every_reader() -> None:
    readers = {
        field.reader for name in NAMES for field in load_kind(name).fields.values()
    }
    assert {case.field.reader for case in CASES} >= readers
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("See [[User:Olu|Olu]] and [[User:Lena]] at", None),
        ("[[A]] [[B]] ", "[[A]] [[B]]&#32;"),
        (" *[[A]]: # [[B]]", "&#32;*[[A]]: # [[B]]"),
        ("* [[A]]", "&#42; [[A]]"),
        ("See [[A|b  c]]", "See [[A|b c]]"),
    ],
)
def test_text_when_links_stand_in_it_then_only_its_ends_are_escaped(
    value: str, written: str | None
) -> None:
    field = load_kind("event").fields["summary"]
    value = str(read_value(field, value).value) if "  " in value else value
    assert write_value(field, value) == (written or value)
