"""Reading pages: `tests/corpus/pages`, and what does not fit on one."""

import pytest

from space.codec.calls import LIMIT
from space.codec.page import read_calls, read_page
from space.schema.problems import Problem
from tests.support.corpus.cases import PageCase, page_cases
from tests.support.corpus.scanned import TIMES, scanned

EVENT = "{{Space event|title=A|start=2026-11-28|timezone=UTC|mode=online}}"


def said(problem: Problem) -> str:
    parts = (problem.code, problem.field, problem.line)
    return " ".join(str(part) for part in parts if part is not None)


@pytest.mark.parametrize("case", page_cases(), ids=lambda case: case.name)
def test_page_when_read_gives_values_and_problems(case: PageCase) -> None:
    reading = read_page(case.input, title=case.title)
    assert reading.kind == case.kind
    assert dict(reading.values) == case.values
    assert {said(problem) for problem in reading.problems} == case.problems
    assert reading.unknown == case.unknown
    if case.body is not None:
        assert reading.body == case.body
    if case.call_line is not None:
        assert reading.call_line == case.call_line


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Lengths of the values, and of pieces of them, that are searched for elements."""
    return scanned(monkeypatch)


BAD_MARKUP = [
    "<div>",
    "<b>",
    "{{a|[[b|",
    "[http://x ",
    "''",
    "{|\n",
    "-{",
    "<nowiki ",
    "=",
]


@pytest.mark.parametrize("markup", BAD_MARKUP)
def test_page_when_long_and_full_of_bad_markup_reads_no_more_than_the_call(
    markup: str, given: list[int]
) -> None:
    noise = markup * (100_000 // len(markup))
    assert read_page(f"{EVENT}\n{noise}", title="A").readable
    # Brackets before the call change nothing, but a tag may hide it.
    last = read_page(f"{noise}\n\n{EVENT}", title="A")
    assert last.readable
    assert last.kind in {"event", None}
    assert sum(given) <= LIMIT


def test_page_when_two_megabytes_is_read(given: list[int]) -> None:
    noise = "".join(BAD_MARKUP) * (2_000_000 // len("".join(BAD_MARKUP)))
    assert read_page(f"{EVENT}\n{noise}", title="Space/Events/A").readable
    assert sum(given) <= LIMIT


@pytest.mark.parametrize("markup", BAD_MARKUP)
def test_page_when_a_value_is_bad_markup_reads_it_a_few_times(
    markup: str, given: list[int]
) -> None:
    noise = markup * (LIMIT // len(markup) - 50)
    closing = "]]}}" * noise.count("{{a|[[b|") + "}-" * noise.count("-{")
    read_page(f"{{{{Space event|title=A|summary={noise}{closing}}}}}", title="A")
    assert sum(given) <= TIMES * LIMIT


@pytest.mark.parametrize(
    ("field", "code"), [("start", "moment"), ("country", "country")]
)
def test_page_when_a_value_cannot_be_read_is_not_said_to_be_missing_too(
    field: str, code: str
) -> None:
    given = {"title": "A", "start": "2026-11-28", "timezone": "UTC", "country": "NZ"}
    values = "".join(f"|{k}={v}" for k, v in {**given, field: "someday"}.items())
    reading = read_page(f"{{{{Space event{values}}}}}", title="A")
    assert [said(problem) for problem in reading.problems] == [f"{code} {field} 1"]


def test_page_when_the_call_is_too_long_is_a_problem() -> None:
    text = f"{{{{Space event|title=A|summary={'x' * LIMIT}}}}}"
    reading = read_page(text, title="A")
    assert [said(problem) for problem in reading.problems] == ["call-too-long 1"]
    assert reading.values == {}


def test_page_when_many_calls_have_no_end_reads_none() -> None:
    reading = read_page("{{Space event|" * 10_000, title="A")
    assert [said(problem) for problem in reading.problems] == ["unclosed-inside 1"]


def test_page_when_full_of_parameters_tells_of_some() -> None:
    many = "".join(f"|x{number}=" for number in range(4_000))
    reading = read_page(f"{{{{Space post|title=A|language=en{many}}}}}", title="A")
    assert len(reading.unknown) == 4_000
    assert 0 < len(reading.problems) < 100


def test_page_when_called_by_a_redirect_is_read() -> None:
    templates = {"Space event": "event", "Évènement": "event"}
    text = EVENT.replace("Space event", "évènement")
    reading = read_page(text, title="A", templates=templates)
    assert reading.kind == "event"
    assert read_page(text, title="A").kind is None


def test_calls_when_a_structured_page_has_several_are_all_read() -> None:
    text = (
        "Topics\n{{Space topic|slug=glam|label=Museums|aliases=museums, libraries}}\n"
        "<!-- {{Space topic|slug=no}} -->\n{{space topic|label=Nobody}}\n"
        "{{Space topic|x"
    )
    good, bad, unclosed = read_calls(text, "topics")
    assert good.values == {
        "slug": "glam",
        "label": "Museums",
        "aliases": ("museums", "libraries"),
    }
    assert good.readable
    assert text[good.start : good.end].startswith("{{Space topic|slug=glam")
    assert [said(problem) for problem in bad.problems] == ["missing slug 4"]
    assert [said(problem) for problem in unclosed.problems] == ["unclosed 5"]
    assert good.body == bad.body == unclosed.body == ""


def test_calls_when_a_verdict_is_given_by_position_are_read() -> None:
    text = "{{Space review|approve|rev=12}} ~ [[User:A]]\n{{Space review|maybe|rev=x}}"
    approve, bad = read_calls(text, "verdict")
    assert approve.values == {"verdict": "approve", "rev": "12"}
    assert {problem.field for problem in bad.problems} == {"verdict", "rev"}
