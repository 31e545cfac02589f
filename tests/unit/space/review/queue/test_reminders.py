from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from space.review.queue.reminders import (
    MAX_LINES,
    MAX_PAGES,
    MAX_PEOPLE,
    Due,
    add_line,
    page_links,
    people_to_mention,
    reminder,
)
from space.review.queue.sections import Section
from space.settings.reviewers import Reviewer

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()


@dataclass(frozen=True)
class Page:
    title: str = "Space/Blog/A"
    languages: tuple[str, ...] = ("en",)
    author: str | None = "Olu"
    pending_since: datetime = NOW - timedelta(days=3)
    section: Section = Section.WAITING


def line(day: date = TODAY, said: str = "One page is.") -> str:
    return reminder(day, said)


def test_due_are_events_that_begin_soon_and_pages_that_waited_for_two_days() -> None:
    old, young = Page(), Page(pending_since=NOW - timedelta(hours=48))
    soon = Page(pending_since=NOW, section=Section.SOON)
    broken = Page(section=Section.BROKEN)

    due = Due.of([old, young, broken, soon], NOW)

    assert due == Due((soon,), (old,))
    assert due.pages == (soon, old)


def test_wanted_are_readers_of_the_pages_languages_without_their_authors() -> None:
    people = [Reviewer("Aiko", frozenset({"ja"})), Reviewer("Olu"), Reviewer("Wit")]
    pages = [Page(languages=("en",)), Page(languages=("fr",), author="Wit")]

    assert people_to_mention(pages[:1], people, TODAY) == ("Wit",)
    assert people_to_mention(pages, people, TODAY) == ("Olu", "Wit")
    assert people_to_mention([], people, TODAY) == ()


def test_wanted_when_they_are_too_many_for_a_day_then_all_have_their_turn() -> None:
    people = [Reviewer(f"R{number:03}") for number in range(60)]
    days = [people_to_mention([Page()], people, TODAY + timedelta(n)) for n in range(3)]

    assert {len(names) for names in days} == {MAX_PEOPLE}
    assert len(set().union(*days)) == len(people)


def test_links_name_the_first_pages_with_their_languages() -> None:
    assert page_links([Page(languages=("en", "mi")), Page("Event:B", ())]) == (
        "[[:Space/Blog/A]] (en, mi), [[:Event:B]]"
    )
    assert page_links([Page()] * (MAX_PAGES + 5)).count("[[") == MAX_PAGES


def test_line_when_there_is_no_section_yet_then_it_is_made() -> None:
    assert add_line("Words.\n", "Waiting", line()) == (
        f"Words.\n\n== Waiting ==\n{line()}\n"
    )
    assert add_line("", "Waiting", line()) == f"== Waiting ==\n{line()}\n"


def test_line_when_there_is_one_already_then_it_stands_below_in_that_section() -> None:
    first = line(date(2026, 11, 24))
    text = f"== Waiting ==\n{first}\n:Thank you. ~~~~\n\n== Talk ==\nWords.\n"

    assert add_line(text, "Waiting", line()) == (
        f"== Waiting ==\n{first}\n:Thank you. ~~~~\n{line()}\n\n== Talk ==\nWords.\n"
    )


words = st.text(alphabet="ab =\n*'2026-1:", max_size=60)


@given(words, words, st.integers(0, 40))
def test_line_of_many_days_keeps_what_people_wrote_and_the_newest_lines(
    before: str, after: str, days: int
) -> None:
    text = f"{before}\n== Waiting ==\nA word.\n== Talk ==\n{after}"
    for number in range(days):
        text = add_line(text, "Waiting", line(TODAY + timedelta(number)))

    left = [line(TODAY + timedelta(n)) for n in range(days)][-MAX_LINES:]
    start = text.index("== Waiting ==\nA word.\n")
    assert text[:start] == f"{before}\n"
    assert text.endswith(f"== Talk ==\n{after}")
    section = text[start:].partition("== Talk ==")[0].split("\n")
    assert [each for each in section if each] == ["== Waiting ==", "A word.", *left]


def test_wanted_when_they_are_just_enough_for_a_day_then_are_all_every_day() -> None:
    people = [Reviewer(f"R{number:02}") for number in range(MAX_PEOPLE)]
    for number in range(3):
        day = TODAY + timedelta(number)
        assert people_to_mention([Page()], people, day) == tuple(
            each.user for each in people
        )


def test_line_when_the_section_is_the_last_then_the_page_ends_with_it() -> None:
    assert add_line("== Talk ==\nB.\n==\tWaiting ==\nA.\n", "Waiting", "* x") == (
        "== Talk ==\nB.\n==\tWaiting ==\nA.\n* x\n"
    )


def test_line_when_its_like_stands_in_another_section_then_that_stays() -> None:
    others = "\n".join([line()] * (MAX_LINES + 5))
    text = f"== Waiting ==\n{line()}\n\n== Talk ==\n{others}\n"
    assert add_line(text, "Waiting", "* x") == text.replace(
        "\n\n== Talk", "\n* x\n\n== Talk", 1
    )


def test_line_when_the_section_is_deeper_then_ends_at_the_next_of_its_level() -> None:
    text = "=== Waiting ===\n==== More ====\nA.\n=== Talk ===\nB.\n"
    assert add_line(text, "Waiting", "* x") == (
        "=== Waiting ===\n==== More ====\nA.\n* x\n\n=== Talk ===\nB.\n"
    )
