import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.languages import (
    direction,
    fallback_chain,
    fallbacks,
    is_code,
    locale,
    name,
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he", "rtl"),
        ("azb", "rtl"),
        ("pnb", "rtl"),
        ("ks-arab", "rtl"),
        ("ks-deva", "ltr"),
        ("ku-latn", "ltr"),
        ("sd", "rtl"),
        ("nqo", "rtl"),
        ("ff-adlm", "rtl"),
        ("be-tarask", "ltr"),
        ("zh-min-nan", "ltr"),
        ("xx", "ltr"),
    ],
)
def test_direction_when_asked_then_follows_the_script(code: str, expected: str) -> None:
    assert direction(code) == expected


def test_fallback_chain_when_long_then_ends_in_english_without_repeats() -> None:
    assert fallback_chain("en") == ("en",)
    assert fallback_chain("ban-bali") == ("ban-bali", "ban", "id", "en")
    for code in fallbacks():
        chain = fallback_chain(code)
        assert chain[0] == code
        assert "en" in chain
        assert len(set(chain)) == len(chain)


def test_locale_when_cldr_lacks_the_language_then_a_fallback_serves() -> None:
    assert str(locale("pt-br")) == "pt_BR"
    assert str(locale("ban-bali")) == "id"
    assert str(locale("zh-min-nan")) == "en"


def test_name_when_known_then_is_said_in_the_other_language() -> None:
    assert name("de", "en") == "German"
    assert name("de", "fr") == "allemand"
    assert name("zh-min-nan", "en") == "zh-min-nan"


@given(st.text(max_size=20))
def test_any_text_when_taken_for_a_code_then_nothing_breaks(text: str) -> None:
    assert direction(text) in {"ltr", "rtl"}
    assert locale(text) is not None
    assert isinstance(name(text, "en"), str)
    assert is_code(text) in {True, False}
