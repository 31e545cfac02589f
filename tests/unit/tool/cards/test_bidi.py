"""The order of text of both directions, held against FriBidi."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tool.cards.bidi import base_level, in_visual_order, levels

# One character of each kind: letters, digits, signs, spaces, brackets.
_KINDS = "aא ع1١+-.,:%$!/ ()[]"


def visual(text: str, base: int) -> str:
    placed = list(zip(levels(text, base), text, strict=True))
    return "".join(in_visual_order(placed))


@pytest.mark.parametrize(
    ("text", "base", "seen"),
    [
        ("abc אבג def", 0, "abc גבא def"),
        ("אבג abc 12", 1, "abc 12 גבא"),
        ("אבג (abc) 12", 1, "12 (abc) גבא".replace("(abc)", ")abc(")),
        ("אבג 25-3,000", 1, "25-3,000 גבא"),
        ("عبد 25-3", 1, "3-25 دبع"),
        ("abc (אבג) def", 0, "abc (גבא) def"),
        ("$5 אבג", 1, "גבא $5"),
        ("", 1, ""),
    ],
)
def test_levels_when_directions_mix_then_order_is_that_of_the_standard(
    text: str, base: int, seen: str
) -> None:
    assert visual(text, base) == seen


@pytest.mark.parametrize(
    ("text", "base"), [("1. אב", 1), ("12", 1), ("…a א", 0), ("ع", 1)]
)
def test_base_when_text_has_letters_then_the_first_decides(
    text: str, base: int
) -> None:
    assert base_level(text, otherwise=1) == base


@given(st.text(st.sampled_from(_KINDS), max_size=12), st.sampled_from([0, 1]))
def test_levels_when_text_is_random_then_have_the_parity_of_each_letter(
    text: str, base: int
) -> None:
    found = levels(text, base)
    assert len(found) == len(text)
    for character, level in zip(text, found, strict=True):
        kind = unicodedata.bidirectional(character)
        assert base <= level <= base + 2
        if kind in {"L", "R", "AL", "AN"}:
            assert level % 2 == (kind in {"R", "AL"})
    assert sorted(visual(text, base)) == sorted(text)
