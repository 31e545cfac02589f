"""Texts past the bounds are not read, and say so; what is read beside them goes on."""

from datetime import UTC, datetime

from space.authoring.pasting import reduced
from space.bounds import BOUNDS
from space.codec.page import read_calls, read_page
from space.codec.readers import read_input, read_value
from space.imports.read import read
from space.review.verdicts.reading import read_verdicts
from space.schema.kinds import load_kind
from space.schema.problems import Problem
from space.wiki.talk.wikitext import read_talk
from space.wiki.values import Revision
from tests.fakes.wiki_state import SITE

TITLE = "Space/Events/Example"
SIGNED = "[[User:Eve]] 10:00, 1 November 2026 (UTC)\n"
VERDICT = f"{{{{Space review|approve|rev=7}}}} {SIGNED}"
SUMMARY = load_kind("post").fields["summary"]
NOON = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)


def revision(number: int, text: str) -> Revision:
    return Revision(number, number - 1, 1, NOON, "Eve", None, text=text)


def test_page_that_is_too_long_has_a_problem_and_its_kind() -> None:
    text = "\n{{Space event|title=a}}" + "a" * BOUNDS.page

    reading = read_page(text, title=TITLE)

    assert reading.kind == "event"
    assert reading.problems == (
        Problem("page-too-long", line=2, params=(str(BOUNDS.page),)),
    )
    assert not reading.values
    assert not reading.readable


def test_page_that_is_too_long_and_calls_nothing_is_no_record() -> None:
    assert read_page("a" * (BOUNDS.page + 1), title=TITLE).kind is None


def test_calls_beyond_the_bound_are_not_read() -> None:
    text = "{{Space topic|a}}" * (BOUNDS.calls + 10)
    template = load_kind("topics").template

    assert len(read_calls(text.replace("Space topic", template), "topics")) == (
        BOUNDS.calls
    )


def test_value_that_is_too_long_has_a_problem() -> None:
    text = "a" * (BOUNDS.value + 1)

    for read_it in (read_value, read_input):
        (problem,) = read_it(SUMMARY, text).problems
        assert problem.code == "too-long"
        assert problem.params == (str(BOUNDS.value), str(len(text)))


def test_verdicts_of_a_talk_page_with_too_many_are_not_read() -> None:
    many = VERDICT * (BOUNDS.verdicts + 1)

    assert read_verdicts([revision(1, "a"), revision(2, many)], 1, (), SITE) == []


def test_verdicts_of_a_talk_page_that_is_too_long_are_not_read() -> None:
    long = VERDICT + "a" * BOUNDS.talk
    talk = [revision(1, "a"), revision(2, long), revision(3, VERDICT)]

    (verdict,) = read_verdicts(talk, 1, (), SITE)

    assert verdict.talk == 3
    assert verdict.flaw == "unknown-adder"


def test_threads_of_a_talk_page_that_is_too_long_are_not_read() -> None:
    assert read_talk(f"== A ==\na {SIGNED}", SITE)
    assert not read_talk(f"== A ==\na {SIGNED}" + "a" * BOUNDS.talk, SITE)


def test_calendar_of_too_many_lines_or_components_is_refused() -> None:
    for text in (
        "BEGIN:VCALENDAR\n" + "A:b\n" * BOUNDS.lines,
        "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nEND:VEVENT\n" * BOUNDS.components,
    ):
        refusal = read(text).refusal
        assert refusal is not None
        assert refusal.code == "long"


def test_properties_of_too_many_names_are_not_read() -> None:
    lines = "".join(f"X-A{number}:b\n" for number in range(BOUNDS.names * 2))

    (event,) = read(f"BEGIN:VEVENT\nSUMMARY:a\n{lines}END:VEVENT\n").events

    assert len(event.properties) == BOUNDS.names


def test_pasted_html_that_is_too_long_is_not_reduced() -> None:
    assert reduced("<b>a</b>") == "<b>a</b>"
    assert reduced("<b>a</b>" + " " * BOUNDS.pasted) == ""
