"""Key words of a question."""

import pytest

from space.authoring.similar_questions import MAX_WORDS, key_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How do I begin, and where?", ("begin", "where")),
        ("TRAINS trains Trains", ("trains",)),
        ("it is so", ()),
        ("", ()),
        ("विकिपीडिया सम्पादन", ("विकिपीडिया", "सम्पादन")),
        ("编辑马拉松", ("编辑", "辑马", "马拉", "拉松")),
        ("a%b_c \\ 'x", ()),
    ],
)
def test_key_words_when_question_is_read_then_are_those_that_tell_most(
    question: str, words: tuple[str, ...]
) -> None:
    assert key_words(question) == words


def test_key_words_when_question_is_long_then_are_few() -> None:
    words = key_words(" ".join(f"word{number}" for number in range(100)))
    assert len(words) == MAX_WORDS
