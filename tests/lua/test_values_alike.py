"""Agreement of Lua and codec on random texts close to valid values."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from space.codec.readers import read_value
from space.schema.kinds import load_kind
from tests.lua.scribunto import Scribunto
from tests.lua.test_values import READ

_SPACE = (" ", "", "\u00a0")
# Reader → what its values are made of, and what is near that.
PIECES = {
    "coordinates": (
        *(
            "52",
            "13",
            "5",
            "180",
            "90",
            "60",
            "59",
            "0",
            "123456789012345678901",
            "1234",
        ),
        *(".", ",", ", ", ";", "-", "+", "−", "°", "'", "''", '"', "′", "’", "″", "”"),
        *("N", "S", "E", "W", "n", "X", "*", "geo:", "?", *_SPACE, "৫২", "é"),
    ),
    "wikidata": (
        *("Q42", "q42", "Q0", "Q042", "Q", "1234567890123", "d:", "D:", "wikidata:"),
        *(
            "https://",
            "HTTP://",
            "www.",
            "WWW.",
            "ww.",
            "w",
            "wikidata.org",
            "Wikidata.ORG",
        ),
        *("/wiki/", "/entity/", "/WIKI/", "/a/", "/", "[[", "]]", ":", *_SPACE),
    ),
    "website": (
        *(
            "https://",
            "HTTP://",
            "ftp://",
            "//",
            "example.org",
            "[::1]",
            "[",
            "]",
            "127.0.0.1",
        ),
        *(
            ":80",
            ":0",
            ":65535",
            ":65536",
            ":080",
            ":00000000080",
            ":",
            "abc",
            "@",
            "a:b@",
        ),
        *(
            "/",
            "?",
            "#",
            "a",
            "%20",
            "\\",
            "|",
            "~",
            "é",
            "℀",
            "．",
            "：",
            "＠",
            *_SPACE,
        ),
    ),
    "timezone": (
        *(
            "UTC",
            "utc",
            "GMT",
            "Z",
            "+",
            "-",
            "−",
            "5",
            "05",
            "14",
            "15",
            ":",
            "30",
            "60",
        ),
        *(
            "Etc/",
            "etc/",
            "GMT+5",
            "US/Eastern",
            "America/New",
            "_York",
            "Europe/Berlin",
        ),
        *("CET", "IST", "EST5EDT", "Japan", "/", ".", *_SPACE),
    ),
    "start": (
        *(
            "2026",
            "1900",
            "1899",
            "2199",
            "2200",
            "0000",
            "9999",
            "-",
            "/",
            "11",
            "1",
            "31",
        ),
        *(
            "02",
            "29",
            "00",
            "T",
            " ",
            ",",
            "10:00",
            "24:00",
            "9:05",
            ":00",
            ":30",
            "Z",
            "UTC",
        ),
        *("+05:30", "+5", "Nov", "nov.", "November", "Novem", "Sept", "No", "৫", "–"),
    ),
    "confirmed": (
        "2026-11-28",
        "2026",
        "-",
        "2",
        "02",
        "30",
        " ",
        "10:00",
        "28 Nov ",
        "T",
    ),
}
NEAR = [
    ("coordinates", "52.123456789012345678901, 13"),
    ("coordinates", "90.0000001, 13"),
    ("coordinates", "0.0000001, 0"),
    ("coordinates", "1234'N 5'E"),
    ("coordinates", "52*, 13*"),
    ("coordinates", "52., 13."),
    ("wikidata", "https://ww.wikidata.org/wiki/Q42"),
    ("wikidata", "https://wwwwikidata.org/wiki/Q42"),
    ("wikidata", "HTTPS://www.wikidata.org/wiki/Q42"),
    ("wikidata", "https://www.wikidata.org/a/Q42"),
    ("wikidata", "d:wikidata:Q42"),
    ("website", "https://[::1]/"),
    ("website", "https://[::1/"),
    ("website", "https://example.org:abc/"),
    ("website", "https://a:b:80/"),
    ("website", "https://a@[::1]/"),
    ("website", "https://a\u2100b/"),
    ("website", "https://:80/"),
    ("timezone", "UTC GMT+5"),
]
FIELDS = load_kind("event").fields


def by_python(name: str, raw: str) -> tuple[object, list[str]]:
    read = read_value(FIELDS[name], raw)
    return read.value, [problem.code for problem in read.problems]


def by_lua(lua: Scribunto, name: str, raw: str) -> tuple[object, list[str]]:
    read = lua.run(READ, "event", name, raw)
    return read.get("value"), read["problems"]


def texts(name: str) -> st.SearchStrategy[tuple[str, str]]:
    written = st.lists(st.sampled_from(PIECES[name]), min_size=1, max_size=9)
    return st.tuples(st.just(name), written.map("".join).map(_as_a_wiki_hands_it))


def _as_a_wiki_hands_it(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip(" \t\n")


@pytest.mark.parametrize(("name", "raw"), NEAR)
def test_value_near_the_border_is_read_alike(
    lua: Scribunto, name: str, raw: str
) -> None:
    assert by_lua(lua, name, raw) == by_python(name, raw)


@example(("start", "2026-11-28"))
@given(st.sampled_from(sorted(PIECES)).flatmap(texts))
def test_value_of_any_pieces_is_read_alike(
    lua: Scribunto, case: tuple[str, str]
) -> None:
    assert by_lua(lua, *case) == by_python(*case)
