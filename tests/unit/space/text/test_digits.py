"""The digits of languages, which the wiki writes as well."""

import pytest

from space.text.digits import in_digits, number, percent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "١٬٢٣٤"),
        ("arz", "1,234"),
        ("bn", "১,২৩৪"),
        ("de", "1.234"),
        ("en", "1,234"),
        ("lzh", "一,二三四"),
        ("qqx", "1,234"),
        ("zh-hans", "1,234"),
    ],
)
def test_number_in_a_language_has_the_digits_of_its_wiki(
    language: str, text: str
) -> None:
    assert number(1234, language) == text


def test_percent_in_a_language_has_its_digits_and_its_sign() -> None:
    assert percent(0.5, "bn") == "৫০%"
    assert percent(0.5, "de") == "50\N{NO-BREAK SPACE}%"


def test_text_in_a_language_with_latin_digits_is_as_it_was() -> None:
    assert in_digits("10:30", "ru") == "10:30"
    assert in_digits("10:30", "fa") == "۱۰:۳۰"
