"""Lines of the interested on a talk page: one is added and removed, and no other."""

from space.follow.interest import is_interested, with_interest, without_interest
from tests.fakes.wiki_state import SITE

ANA = "* {{Space interested}} [[User:Ana|Ana]] ([[User talk:Ana|talk]]) 10:00 (UTC)"
BEN = "*{{space_interested}} – [[user talk:ben|B]] 11:00 (UTC), see [[User:Ana]]"


def test_line_is_of_the_account_that_signed_it() -> None:
    text = f"== Interested ==\n{ANA}\n{BEN}\n"

    assert is_interested(text, "Ana", SITE)
    assert is_interested(text, "Ben", SITE)
    assert not is_interested(text, "Cem", SITE)
    assert not is_interested(f"{ANA}".replace("* {{", "Look: {{"), "Ana", SITE)
    assert without_interest(text, "Ana", SITE, "Interested") == (
        f"== Interested ==\n{BEN}\n"
    )


def test_line_when_added_stands_below_the_others() -> None:
    before = f"Talk.\n\n== Who? ==\n{ANA}\n\n== Rain? ==\nNo."

    text = with_interest(before, "Interested")

    assert text == (
        f"Talk.\n\n== Who? ==\n{ANA}\n* {{{{Space interested}}}} ~~~~\n\n"
        "== Rain? ==\nNo."
    )


def test_section_when_empty_is_removed_and_others_are_not() -> None:
    empty = with_interest("Talk.", "Interested").replace("~~~~", "[[User:Ana]]")
    assert without_interest(empty, "Ana", SITE, "Interested").rstrip() == "Talk."
    with_words = f"== Interested ==\nWords.\n{ANA}\n== Rain? ==\n"
    left = without_interest(with_words, "Ana", SITE, "Interested")
    assert left == "== Interested ==\nWords.\n== Rain? ==\n"
