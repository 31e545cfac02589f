"""Words of any script, and the part of a text that has them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from space.store.index.search_row import written
from space.text.search_terms import excerpt, pieces, query_terms, searchable


def marked(text: str, words: str) -> str:
    return "".join(f"[{part}]" if hit else part for part, hit in excerpt(text, words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("A walk in Osaka.", "OSAKA walk", "A [walk] in [Osaka]."),
        ("Walking", "walk", "[Walking]"),
        ("我们在维基百科写", "维基 百科", "我们在[维基][百科]写"),
        ("Café", "cafe", "[Café]"),
        ("Nothing", "else", "Nothing"),
        ("", "x", ""),
    ],
)
def test_excerpt_when_words_occur_then_they_are_told(
    text: str, words: str, shown: str
) -> None:
    assert marked(text, words) == shown


def test_excerpt_when_far_inside_then_begins_near_it_at_a_word() -> None:
    shown = marked("word " * 100 + "needle" + " more" * 100, "needle")
    assert shown.startswith("…word ")
    assert "[needle]" in shown
    assert shown.endswith("…")
    assert len(shown) < 300


@given(st.text(max_size=400), st.text(max_size=20))
def test_excerpt_when_of_anything_then_is_a_part_of_the_text(
    text: str, words: str
) -> None:
    parts = excerpt(text, words)
    inside = "".join(part for part, _ in parts)
    assert inside.removeprefix("…").removesuffix("…") in text or inside in text


@given(st.text(max_size=60))
def test_terms_when_a_text_is_looked_for_by_itself_then_it_has_them(text: str) -> None:
    found = list(pieces(text))
    for term in query_terms(text):
        size = len(term.pieces)
        runs = [tuple(found[at : at + size]) for at in range(len(found))]
        if term.beginning:
            assert any(run[0].startswith(term.pieces[0]) for run in runs)
        else:
            assert term.pieces in runs


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_written_when_one_word_begins_another_then_so_does_what_is_written(
    one: str, rest: str
) -> None:
    assert written(one + rest).startswith(written(one))
    assert written(one).isascii()
    assert written(one).isalnum()
    assert len(written(one)) <= 84


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_written_when_words_differ_then_so_does_what_is_written(
    one: str, other: str
) -> None:
    assert written(other).startswith(written(one)) == other.startswith(one)


@given(st.text(max_size=60))
@example("0\r\xad")
def test_searchable_when_done_twice_then_nothing_changes(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)
