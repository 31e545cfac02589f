import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from space.text.messages import KEYS_SHOWN, Translator, negotiate, read_catalogue

CATALOGUE = {
    "en": {
        "hello": "Hello, $1!",
        "files": "$1 {{PLURAL:$1|file|files}}",
        "none": "{{PLURAL:$1|0=No file|One file|$1 files}} of $2",
        "wrote": "$1 wrote {{GENDER:$2|his|her|their}} page",
        "nested": "{{PLURAL:$1|{{GENDER:$2|he|she|they}} alone|all}}",
        "open": "{{PLURAL:$1|never closed",
        "twice": "$2 then $1, $3",
    },
    "de": {"hello": "Hallo, $1!"},
    "ru": {"files": "$1 {{PLURAL:$1|файл|файла|файлов}}"},
    "ar": {"hello": "مرحبا، $1!"},
}


def english() -> Translator:
    return Translator(CATALOGUE, "en")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 files"), (1, "1 file"), (2, "2 files"), (12345, "12,345 files")],
)
def test_plural_when_english_then_follows_its_two_forms(
    number: int, expected: str
) -> None:
    assert english().text("files", number) == expected


@pytest.mark.parametrize(
    ("number", "word"), [(1, "файл"), (3, "файла"), (5, "файлов"), (21, "файл")]
)
def test_plural_when_russian_then_follows_cldr_order(number: int, word: str) -> None:
    assert Translator(CATALOGUE, "ru").text("files", number) == f"{number} {word}"


def test_plural_when_a_number_has_its_own_form_then_that_is_used() -> None:
    shown = [english().text("none", number, "x") for number in (0, 1, 2)]
    assert shown == ["No file of x", "One file of x", "2 files of x"]


@pytest.mark.parametrize(
    ("gender", "word"),
    [("male", "his"), ("female", "her"), ("unknown", "their"), ("", "their")],
)
def test_gender_when_given_then_chooses_its_form(gender: str, word: str) -> None:
    assert english().text("wrote", "Ana", gender) == f"Ana wrote {word} page"


def test_functions_when_nested_then_inner_bars_stay_inside() -> None:
    assert english().text("nested", 1, "female") == "she alone"
    assert english().text("nested", 2, "female") == "all"


def test_text_when_broken_or_short_of_values_then_shows_itself() -> None:
    assert english().text("open", 1) == "{{PLURAL:1|never closed"
    assert english().text("twice", "a", "b") == "b then a, $3"
    assert english().text("no-such-key") == "⧼no-such-key⧽"


def test_message_when_language_lacks_it_then_says_whose_text_it_is() -> None:
    arabic = Translator(CATALOGUE, "ar")
    own, other = arabic.message("hello", "x"), arabic.message("files", 2)
    assert (own.language, own.direction) == ("ar", "rtl")
    assert (other.language, other.direction) == ("en", "ltr")
    assert Translator(CATALOGUE, "de-at").message("hello", "x").language == "de"


def test_message_when_qqx_then_shows_key_and_values() -> None:
    keys = Translator(CATALOGUE, KEYS_SHOWN)
    assert keys.text("hello", "x") == "(hello: x)"
    assert keys.text("hello") == "(hello)"


@given(st.text(), st.text())
def test_values_when_they_look_like_syntax_then_stay_as_they_are(
    first: str, second: str
) -> None:
    assert english().text("twice", first, second, "") == f"{second} then {first}, "


def test_message_when_escaped_then_only_markup_values_stay_markup() -> None:
    shown = english().message("twice", "<b>", Markup("<i>x</i>"), "&", escape=escape)
    assert shown.text == "<i>x</i> then &lt;b&gt;, &amp;"


@pytest.mark.parametrize(
    ("explicit", "accepted", "expected"),
    [
        (None, [], "en"),
        (None, ["fr", "de"], "de"),
        (None, ["de-AT", "ar"], "de"),
        (None, ["en-GB", "de"], "en"),
        (None, ["*"], "en"),
        ("he", ["de"], "he"),
        ("qqx", [], "qqx"),
        ("<script>", ["ar"], "ar"),
        ("DE", [], "de"),
    ],
)
def test_negotiate_when_asked_then_takes_the_best_language(
    explicit: str | None, accepted: list[str], expected: str
) -> None:
    assert negotiate(explicit, accepted, CATALOGUE) == expected


def test_read_catalogue_when_read_then_leaves_documentation_out(tmp_path: Path) -> None:
    for reader, code in [("a", "en"), ("b", "en"), ("a", "qqq"), ("b", "he")]:
        body = {"@metadata": {"authors": []}, reader: code}
        (tmp_path / reader).mkdir(exist_ok=True)
        (tmp_path / reader / f"{code}.json").write_text(json.dumps(body), "utf-8")
    assert read_catalogue(tmp_path) == {
        "en": {"a": "en", "b": "en"},
        "he": {"b": "he"},
    }
