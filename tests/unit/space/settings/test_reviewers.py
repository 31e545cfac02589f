import pytest

from space.settings.reviewers import (
    Reviewer,
    read_reviewers,
    readers_of,
    reviewers_title,
)

PAGE = """
<!-- {{Space reviewer|your name|language codes}} -->
{{Space reviewer|Pavati|mi; en}}
{{space_reviewer | user = [[User:aiko]] | languages = JA, pt }}
{{Space reviewer|Wit}}
{{Space reviewer|languages=de}}
{{Space reviewer|Pavati|mi; fr}}
{{Space reviewer|broken
"""


def test_read_when_people_signed_up_then_each_stands_once_with_their_languages() -> (
    None
):
    assert read_reviewers(PAGE) == (
        Reviewer("Aiko", frozenset({"ja", "pt"})),
        Reviewer("Pavati", frozenset({"mi", "fr"})),
        Reviewer("Wit"),
    )


def test_read_when_there_is_no_page_then_nobody_signed_up() -> None:
    assert read_reviewers("") == ()
    assert reviewers_title("Space") == "Space/Reviewers"


@pytest.mark.parametrize(
    ("languages", "readers"),
    [
        (("ja",), ("Aiko", "Wit")),
        (("pt-BR",), ("Aiko", "Wit")),
        (("ja-x", "fr"), ("Aiko", "Pavati", "Wit")),
        (("jam",), ("Wit",)),
        ((), ("Aiko", "Pavati", "Wit")),
    ],
)
def test_readers_of_a_page_are_those_who_read_one_of_its_languages(
    languages: tuple[str, ...], readers: tuple[str, ...]
) -> None:
    assert readers_of(read_reviewers(PAGE), languages) == readers
