"""Each translation beside its English: what programs or readers would stumble over."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

import pytest

from space.text.languages import locale
from space.text.messages import DOCUMENTATION, FOLDER, SOURCE, read_messages

ENGLISH = read_messages(SOURCE)
DOCUMENTED = read_messages(DOCUMENTATION)
FILES = [
    path.relative_to(FOLDER).with_suffix("").as_posix()
    for path in sorted(FOLDER.glob("*/*.json"))
    if path.stem not in {SOURCE, DOCUMENTATION}
]
"""`<reader>/<code>` of every file of translations."""

PARAMETER = re.compile(r"\$[1-9][0-9]?")
OPTIONAL = re.compile(r"^\* (\$[1-9]) - .*\(optional\)$", re.MULTILINE)
FUNCTION = re.compile(
    r"\{\{(PLURAL|GENDER):(\$[1-9])\|((?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}"
)
MARKUP = re.compile(
    r"'{2,3}|\[\[|\]\]|~{3,4}|https?://[a-z][^\s\]|]*|</?\w+[^>]*>|&\w+;"
)
TEMPLATE = re.compile(r"\{\{(?!PLURAL:|GENDER:)([^|}$]+)")
TARGET = re.compile(r"\[\[([^|\]]+)\||\[(\$[1-9]|https?://\S+) ")
ALIKE = {
    "tool-footer-licence",
    "wiki-format-date",
    "wiki-format-days-month-last",
    "wiki-format-days-year-last",
}
"""Keys of texts that other languages have word for word, as they are not English."""
BUTTON = re.compile(r"(?:Label of (?:a|the) b|B)utton\b")
WIDER = 1.6
ROOM = 14  # letters that a short button may have beyond its share


def translations(file: str) -> Mapping[str, str]:
    messages = json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8"))
    return {key: text for key, text in messages.items() if key != "@metadata"}


def functions(text: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """The parameter and the forms of each `{{name:…}}`."""
    for found, parameter, forms in FUNCTION.findall(text):
        if found == name:
            yield parameter, forms.split("|")


def has_the_values_of(key: str, text: str) -> bool:
    """Whether a text says all that its English says, or has an optional value instead.

    Such a value is there for languages that need it, as `(optional)` in `qqq` tells.
    """
    wanted, said = (set(PARAMETER.findall(each)) for each in (ENGLISH[key], text))
    extra = said - wanted
    return extra <= set(OPTIONAL.findall(DOCUMENTED[key])) and bool(
        extra or said == wanted
    )


def general(forms: list[str]) -> list[str]:
    """The forms that are not for one number alone, such as `0=none`."""
    return [form for form in forms if not re.match(r"\d+=", form)]


def forms_of(code: str) -> int:
    """How many plural forms a language has for whole numbers that pages count."""
    return len({locale(code).plural_form(number) for number in range(1000)})


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in longest_form(text))


def longest_form(text: str) -> str:
    """The text with only the longest form of each plural."""
    return FUNCTION.sub(lambda match: max(match[3].split("|"), key=len), text)


@pytest.mark.parametrize("file", FILES)
def test_translation_when_read_then_its_values_are_those_of_the_english(
    file: str,
) -> None:
    wrong = {
        key: text
        for key, text in translations(file).items()
        if key not in ENGLISH or not has_the_values_of(key, text)
    }
    assert wrong == {}


@pytest.mark.parametrize("file", FILES)
def test_plural_when_translated_then_has_the_forms_of_its_language(file: str) -> None:
    wanted = forms_of(file.partition("/")[2])
    wrong = {
        key: text
        for key, text in translations(file).items()
        for _, forms in functions(text, "PLURAL")
        if len(general(forms)) not in {wanted, 0}
    }
    assert wrong == {}


@pytest.mark.parametrize("file", FILES)
def test_gender_when_translated_then_is_of_the_same_person(file: str) -> None:
    wrong = {
        key: text
        for key, text in translations(file).items()
        for parameter, _ in functions(text, "GENDER")
        if parameter not in dict(functions(ENGLISH[key], "GENDER"))
    }
    assert wrong == {}


@pytest.mark.parametrize("file", FILES)
def test_markup_when_translated_then_is_the_same_and_closed(file: str) -> None:
    wrong = {}
    for key, text in translations(file).items():
        english = ENGLISH[key]
        same = all(
            Counter(pattern.findall(text)) == Counter(pattern.findall(english))
            for pattern in (MARKUP, TEMPLATE, TARGET)
        )
        closed = all(
            text.count(pair[0]) - text.count(pair[1])
            == english.count(pair[0]) - english.count(pair[1])
            for pair in ("{}", "[]")
        )
        # What stands between other texts may begin with a space.
        begins = not re.search(r"\w", english) or text == text.strip()
        if not (same and closed and begins and text.strip()):
            wrong[key] = text
    assert wrong == {}


@pytest.mark.parametrize("file", FILES)
def test_translation_when_read_then_nothing_was_left_in_english(file: str) -> None:
    left = {
        key: text
        for key, text in translations(file).items()
        if text == ENGLISH[key]
        and len(re.findall(r"[A-Za-z]{2,}", longest_form(text))) > 2
    }
    assert left.keys() <= ALIKE, left


@pytest.mark.parametrize("file", FILES)
def test_button_when_translated_then_is_about_as_short(file: str) -> None:
    long = {
        key: text
        for key, text in translations(file).items()
        if BUTTON.match(DOCUMENTED[key])
        and width(text) > WIDER * width(ENGLISH[key]) + ROOM
    }
    assert long == {}
