import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.languages import (
    WIKI_CODES,
    country_name,
    direction,
    fallback_chain,
    fallbacks,
    is_code,
    is_same,
    locale,
    name,
    normal,
    rank,
    read_language_code,
    spellings,
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
        ("lad", "ltr"),
        ("brh", "ltr"),
        ("kk-cn", "rtl"),
        ("KK-Arab", "rtl"),
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pt-BR", "pt-br"),
        ("zh-Hant", "zh-hant"),
        ("sr-Latn", "sr-el"),
        ("sr-ec", "sr-cyrl"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-min-nan", "nan"),
        ("als", "gsw"),
        ("no", "nb"),
        ("simple", "en-simple"),
        ("pt_br", "pt-BR"),
    ],
)
def test_code_when_of_a_wiki_then_is_the_same_as_that_of_a_page(
    one: str, other: str
) -> None:
    assert normal(one) == normal(other)
    assert is_same(one, other)
    assert {one.replace("_", "-"), other} <= spellings(one) | spellings(other)
    assert spellings(one) - {one} == spellings(other) - {one}
    assert direction(one) == direction(other)


@pytest.mark.parametrize("code", sorted({*fallbacks(), *WIKI_CODES}))
def test_code_when_a_wiki_has_it_then_is_read_and_has_a_name(code: str) -> None:
    canonical = read_language_code(code)
    assert canonical
    assert is_same(canonical, code)
    assert name(canonical, "en") == name(code, "en") != code


@pytest.mark.parametrize(
    ("asked", "best_first"),
    [
        ("zh-tw", ["zh-TW", "zh-Hant", "zh-Hans", "zh-HK", "en", "de"]),
        ("sr-el", ["sr-Latn", "sr", "sr-Cyrl", "en", "ru"]),
        ("pt", ["pt", "pt-BR", "pt-AO", "en", "es"]),
        ("zh", ["zh", "zh-Hans", "zh-Hant", "en"]),
        ("en-gb", ["en-GB", "en", "en-CA", "de"]),
        ("de-x-formal", ["de-x-formal", "de", "en"]),
    ],
)
def test_rank_when_versions_are_of_near_languages_then_they_come_before_english(
    asked: str, best_first: list[str]
) -> None:
    ranks = [rank(code, asked) for code in best_first]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_locale_when_cldr_lacks_the_language_then_a_fallback_serves() -> None:
    assert str(locale("pt-br")) == "pt_BR"
    assert str(locale("ban-bali")) == "id"
    assert str(locale("zh-min-nan")) == "zh_Hant"
    assert str(locale("lfn")) == "en"


def test_name_when_known_then_is_said_in_the_other_language() -> None:
    assert name("de", "en") == "German"
    assert name("de", "fr") == "allemand"
    assert name("zh-min-nan", "en") == "Min Nan Chinese"
    assert name("sr-el", "en") == name("sr-Latn", "en") == "Serbian (Latin)"
    assert name("lad", "en") == "Ladino"
    assert name("brh", "de") == "Brahui"
    assert name("azb", "en") == "تۆرکجه"
    assert name("map-bms", "en") == name("jv-x-bms", "en") == "Basa Banyumasan"
    assert name("xx", "en") == "xx"


@given(st.text(max_size=20))
def test_any_text_when_taken_for_a_code_then_nothing_breaks(text: str) -> None:
    assert direction(text) in {"ltr", "rtl"}
    assert locale(text) is not None
    assert isinstance(name(text, "en"), str)
    assert is_code(text) in {True, False}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Hong Kong, Palestine, Georgia"),
        ("en-GB", "Hong Kong, Palestine, Georgia"),
        ("de-at", "Hongkong, Palästina, Georgien"),
        ("ar", "هونغ كونغ, فلسطين, جورجيا"),
        ("zh-hant", "香港, 巴勒斯坦, 喬治亞"),
    ],
)
def test_country_when_named_then_has_its_short_name(
    language: str, expected: str
) -> None:
    names = (country_name(code, language) for code in ("HK", "PS", "GE"))
    assert ", ".join(names) == expected


def test_name_when_of_simple_english_then_is_not_that_of_english() -> None:
    assert [name(code, "de") for code in ("simple", "en")] == [
        "Simple English",
        "Englisch",
    ]
