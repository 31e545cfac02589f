"""Normal forms of texts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.normal import normalize
from tests.support.hostile.growth import STEEP, growth
from tests.support.hostile.shapes import Shape

ACUTE_AND_GRAVE_BELOW = "\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT BELOW}"


@given(st.text(max_size=30), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_normalize_gives_the_normal_form(text: str, form: str) -> None:
    assert normalize(form, text) == unicodedata.normalize(form, text)


def test_normalize_keeps_a_long_run_of_marks_in_parts() -> None:
    text = "a" + ACUTE_AND_GRAVE_BELOW * 100

    once = normalize("NFC", text)

    assert once.count("\N{COMBINING ACUTE ACCENT}") >= 94
    assert normalize("NFC", once) == once


@pytest.mark.parametrize("form", ["NFC", "NFKC"])
def test_normalize_takes_linear_time_for_marks_out_of_order(form: str) -> None:
    shape = Shape(ACUTE_AND_GRAVE_BELOW, "a")

    assert growth(lambda text: normalize(form, text), shape) < STEEP
