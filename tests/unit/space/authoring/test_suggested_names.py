"""Names of languages, wikis and countries that people write, in any language."""

from importlib import import_module

import pytest

from space.authoring.suggested_names import (
    COUNTRIES,
    LANGUAGES,
    LONGEST,
    MOST,
    WIKIS,
    Naming,
    read_any_country,
    read_any_language,
    read_any_wiki,
)
from space.codec.values import countries
from space.codec.values.wikis import wiki_codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("French", "fr"),
        ("français", "fr"),
        ("Französisch", "fr"),
        ("फ़्रेंच", "fr"),
        ("البنغالية", "bn"),
        ("pt-br", "pt-BR"),
        ("Klingonish", None),
    ],
)
def test_language_when_named_in_any_language_is_its_code(
    name: str, code: str | None
) -> None:
    assert read_any_language(name) == code


@pytest.mark.parametrize(
    ("name", "database"),
    [
        ("Igbo Wikipedia", "igwiki"),
        ("Allemand Wiktionary", "dewiktionary"),
        ("Norwegian Wikipedia", "nowiki"),
        ("Wikidata", "wikidatawiki"),
        ("Klingonish Wikipedia", None),
        ("Wikipedia", None),
    ],
)
def test_wiki_when_named_is_its_database(name: str, database: str | None) -> None:
    assert read_any_wiki(name) == database


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("ألمانيا", "DE"),
        ("Нигерия", "NG"),
        ("the Gambia", "GM"),
        ("xk", "XK"),
        ("Atlantis", None),
    ],
)
def test_country_when_named_in_any_language_is_its_code(
    name: str, code: str | None
) -> None:
    assert read_any_country(name) == code


def test_country_when_named_for_a_reader_is_read_as_its_code() -> None:
    for reader in ("en", "de", "ar", "sr-el", "zh-hant"):
        named = {code: COUNTRIES.shown(code, reader) for code in countries.codes()}
        assert [code for code, name in named.items() if name == code] == []


@pytest.mark.parametrize("reader", ["en", "ar", "hi", "zh-hant"])
@pytest.mark.parametrize("naming", [COUNTRIES, LANGUAGES, WIKIS])
def test_name_when_shown_is_read_as_its_code(naming: Naming, reader: str) -> None:
    for letter in "aekmsw中अا":
        for suggested in naming.suggestions(letter, reader):
            assert naming.read(suggested.name) == suggested.code


@pytest.mark.parametrize(
    ("naming", "typed", "first"),
    [
        (LANGUAGES, "fran", "French"),
        (LANGUAGES, "ig", "Igbo"),
        (LANGUAGES, "Allem", "German"),
        (LANGUAGES, "हिन्", "Hindi"),
        (COUNTRIES, "nig", "Niger"),
        (COUNTRIES, "Allem", "Germany"),
        (COUNTRIES, "नाइजीरिय", "Nigeria"),
        (COUNTRIES, "uk", "United Kingdom"),
        (COUNTRIES, "guinea", "Guinea"),
        (WIKIS, "comm", "Wikimedia Commons"),
        (WIKIS, "igbo", "Igbo Wikipedia"),
        (WIKIS, "german wikiv", "German Wikiversity"),
        (WIKIS, "simple", "Simple English Wikipedia"),
    ],
)
def test_suggestions_when_typed_begin_with_the_likeliest(
    naming: Naming, typed: str, first: str
) -> None:
    names = [suggested.name for suggested in naming.suggestions(typed, "en")]
    assert names[0] == first
    assert len(names) == len(set(names)) <= MOST


def test_suggestions_when_nothing_or_too_much_is_typed_are_none() -> None:
    for text in ("", " ", "zzzz", "a" * (LONGEST + 1)):
        assert LANGUAGES.suggestions(text, "en") == ()
        assert WIKIS.suggestions(text, "en") == ()


def test_meant_when_misspelt_is_the_name_that_is_alike() -> None:
    assert LANGUAGES.meant("Frensh", "en") == "French"
    assert WIKIS.meant("Ibgo Wikipedia", "en") == "Igbo Wikipedia"
    assert LANGUAGES.meant("Klingonish tongue", "en") is None


@pytest.mark.parametrize("family", sorted(wiki_codes()))
def test_wikis_when_compared_are_those_that_pywikibot_knows(family: str) -> None:
    known = import_module(f"pywikibot.families.{family}_family").Family.codes
    assert set(wiki_codes()[family]) == set(known) - {"beta", "test", "-"}
