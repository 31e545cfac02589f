import re
import unicodedata
from datetime import date

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from space.publication.titles import MAX_BYTES, page_name, page_title, suffixes

FORBIDDEN = re.compile(
    r"[#<>\[\]|{}_/\x00-\x1f\x7f\ufffd\u200e\u200f\u202a-\u202e]"
    r"|~{3}|%[0-9A-Fa-f]{2}|&#?\w+;|^\s|\s$|^\.{1,2}$"
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Women's day", "Women's day"),
        ("C# and <b>", "C＃ and ‹b›"),
        ("[[A]] {{B}} | C", "((A)) ((B)) - C"),
        ("24/7", "24-7"),
        ("snake_case", "snake case"),
        ("  many \t\n  spaces\u00a0\u3000here ", "many spaces here"),
        ("sign ~~~~", "sign ~"),
        ("100%25 &amp; more", "100％25 ＆amp; more"),
        ("100% & more", "100% & more"),
        ("..", "…"),
        ("e\u0301te\u0301", "été"),
        ("हिन्दी 🎉 कार्यशाला", "हिन्दी 🎉 कार्यशाला"),
        ("\u202eevil", "evil"),
        ("_ _", ""),
        ("\u200e", ""),
        ("", ""),
    ],
)
def test_page_name_when_given_a_title_then_keeps_what_the_wiki_allows(
    title: str, expected: str
) -> None:
    assert page_name(title) == expected


@given(st.text(max_size=400))
def test_page_name_when_given_any_text_then_the_wiki_can_take_it(title: str) -> None:
    name = page_name(title)
    assert FORBIDDEN.search(name) is None
    assert len(name.encode()) <= MAX_BYTES
    assert page_name(name) == name


@pytest.mark.parametrize("grapheme", ["👩🏽‍🚀", "🇳🇿", "नि", "e\u0302\u0301"])
def test_page_name_when_long_then_is_cut_between_graphemes(grapheme: str) -> None:
    for lead in range(12):
        name = page_name("x" * lead + grapheme * 100)
        whole = unicodedata.normalize("NFC", grapheme)
        assert set(regex.findall(r"\X", name)) == {whole} | ({"x"} if lead else set())
        assert len(name.encode()) > MAX_BYTES - len(whole.encode())


def test_page_title_when_a_suffix_is_given_then_it_survives_the_cut() -> None:
    title = page_title("Space/Events/", "ř" * 300, " (2026-11-28)")
    assert title.startswith("Space/Events/řř")
    assert title.endswith("ř (2026-11-28)")
    assert len(title.encode()) <= MAX_BYTES + len("Space/Events/")


def test_page_title_when_the_root_is_long_then_the_whole_fits_the_wiki() -> None:
    title = page_title(f"{'R' * 120}/Events/", "ř" * 300)
    assert len(title.encode()) <= 255


def test_page_title_when_nothing_can_be_seen_then_there_is_none() -> None:
    assert page_title("Space/Blog/", " _ ", " (2026-11-28)") == ""


def test_suffixes_when_asked_then_are_plain_dated_and_numbered() -> None:
    assert suffixes(date(2026, 11, 28))[:4] == (
        "",
        " (2026-11-28)",
        " (2026-11-28, 2)",
        " (2026-11-28, 3)",
    )
