"""Reading of a page by its own template, and the list of its problems."""

import re
from html import unescape

import pytest

from tests.lua.record_pages import EVENT, TEXT, TITLE, Make, shown, words


def test_page_that_cannot_be_read_has_problems_in_place_of_the_banner(
    scribunto: Make,
) -> None:
    html = shown(scribunto, {TITLE: TEXT}, start="soon", end="2026-11-28")

    assert "Please fix the following." in html
    assert "Waiting for review" not in html
    assert "pages with problems]]" in html
    assert "__NOINDEX__" in html


def test_problem_shows_what_was_written_as_text(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: TEXT}, start="&#91;&#91;x&#93;&#93;")

    assert "[[x]]" not in html
    assert "“[[x]]”" in unescape(re.sub(r"<[^>]*>", "", html))


def test_warning_keeps_nothing_out(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: TEXT}, contact="a@example.org", colour="red")

    assert "Please check:" in html
    assert "Waiting for review" in html
    assert "pages with problems]]" not in html


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hello {{PAGENAME}}", "magic word"),
        ("Hello {{lc:X}}", "parser function"),
        ("Hello {{{1|}}}", "template"),
        ("Hello {{greeting}}", "template"),
        ("[[Test|[[File:A.jpg]]]]", "file"),
    ],
)
def test_page_when_the_wiki_expands_a_value_tells_of_the_problem(
    scribunto: Make, written: str, code: str
) -> None:
    given = "".join(f"|{name}={value}" for name, value in EVENT.items())
    text = f"{{{{Space event{given}|summary={written}}}}}"

    handed = "Hello text" if "{" in written else written
    html = shown(scribunto, {TITLE: text}, summary=handed)

    assert "Please fix the following." in words(html)
    assert code in words(html).lower()
    assert "pages with problems]]" in html
    assert "Waiting for review" not in html


def test_page_when_it_only_shows_another_one_is_no_record(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: "See {{Space/Events/Other}}."})

    assert "Waiting for review" not in words(html)
    assert "[[Category:" not in html


def test_page_when_its_template_goes_by_a_redirect_is_a_record(
    scribunto: Make,
) -> None:
    given = "".join(f"|{name}={value}" for name, value in EVENT.items())

    html = shown(scribunto, {TITLE: f"{{{{Veranstaltung{given}}}}}"})

    assert "Waiting for review" in words(html)


def test_page_when_an_old_revision_is_shown_reads_what_it_was_given(
    scribunto: Make,
) -> None:
    text = "{{Space event|start=2026-12-24|timezone=UTC|country=FJ|summary={{x}}}}"

    html = shown(scribunto, {TITLE: text})

    assert "New Zealand" in words(html)
    assert "Please fix the following." not in words(html)


def test_page_when_its_call_is_too_long_says_so(scribunto: Make) -> None:
    given = "".join(f"|{name}={value}" for name, value in EVENT.items())
    text = f"{{{{Space event{given}|summary={'é' * 32_768}}}}}"

    html = shown(scribunto, {TITLE: text})

    assert "Please fix the following." in words(html)
    assert "32,768" in words(html) or "32768" in words(html)


def test_page_when_calls_never_end_is_looked_at_for_a_while_only(
    scribunto: Make,
) -> None:
    html = shown(scribunto, {TITLE: "{{Space event|" * 20_000})

    assert "Waiting for review" not in words(html)
