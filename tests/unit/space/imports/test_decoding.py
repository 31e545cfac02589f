"""Bytes of a file: one that is wrong costs one character, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.imports.calendar.decoding import decode
from space.imports.read import read_file

BAD = "\N{REPLACEMENT CHARACTER}"
WORDS = "Größe Привет 東京 مرحبا 😀"


def test_fold_when_within_a_character_then_text_is_whole() -> None:
    data = b"BEGIN:VEVENT\r\nSUMMARY:Gr\xc3\r\n \xbc\xc3\x9fe\r\nEND:VEVENT\r\n"
    assert read_file(data).draft(0, {}).values["title"] == "Grüße"


@given(st.integers(1, len(WORDS.encode()) - 1))
def test_fold_when_at_any_byte_then_text_is_whole(at: int) -> None:
    data = WORDS.encode()
    folded = b"BEGIN:VEVENT\r\nSUMMARY:" + data[:at] + b"\r\n " + data[at:]
    assert read_file(folded).draft(0, {}).values["title"] == WORDS


@pytest.mark.parametrize("encoding", ["shift_jis", "gb18030", "euc-kr", "big5"])
def test_fold_when_within_a_character_of_an_asian_encoding_then_text_is_whole(
    encoding: str,
) -> None:
    words = {"euc-kr": "서울 회의"}.get(encoding, "東京 会議" * 2)
    words = words.replace("会", "會") if encoding == "big5" else words
    data = words.encode(encoding)
    for at in range(1, len(data)):
        head = f"BEGIN:VEVENT\r\nX-A;CHARSET={encoding}:1\r\nSUMMARY:".encode()
        folded = head + data[:at] + b"\r\n " + data[at:]
        assert read_file(folded).draft(0, {}).values["title"] == words


@given(st.integers(0, 40), st.sampled_from([b"\xff", b"\xfe", b"\x80", b"\xc3"]))
def test_byte_when_it_is_wrong_then_costs_one_character(at: int, bad: bytes) -> None:
    before, after = WORDS[:at], WORDS[at:]
    text = decode(
        f"SUMMARY:{WORDS}\n".encode() + before.encode() + bad + after.encode()
    )
    first, second = text.split("\n")
    assert first == f"SUMMARY:{WORDS}"
    assert len(second) == len(WORDS) + 1
    assert second.replace(BAD, "", 1) == WORDS


def test_file_when_cut_off_within_a_character_then_all_before_is_read() -> None:
    assert decode(f"{WORDS}\nGr".encode() + b"\xc3") == f"{WORDS}\nGr{BAD}"
    assert decode(b"Gr\xc3") == f"Gr{BAD}"


def test_line_when_in_an_older_encoding_then_is_read_as_it_is_meant() -> None:
    data = f"{WORDS}\n".encode() + "Grüße aus Łódź".encode("cp1252", "ignore")
    assert decode(data) == f"{WORDS}\nGrüße aus ód"


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-8-sig"]
)
def test_text_when_in_any_unicode_then_is_read(encoding: str) -> None:
    text = f"BEGIN:VCALENDAR\r\n{WORDS}"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("windows-1251", "Привет «РФ», МОСКВА"),
        ("koi8-r", "Привет из Москвы"),
        ("iso-8859-2", "Příliš žluťoučký kůň"),
        ("windows-1253", "Καλημέρα"),
    ],
)
def test_charset_when_declared_then_is_that_of_the_file(
    encoding: str, words: str
) -> None:
    data = f"SUMMARY;CHARSET={encoding}:{words}".encode(encoding)
    assert decode(data).endswith(words)


def test_value_when_written_as_in_mails_then_is_read() -> None:
    data = (
        b"BEGIN:VEVENT\r\nSUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=\r\n"
        b"=C3=9Fe: x\r\nLOCATION;QUOTED-PRINTABLE:K=C3=B6ln\r\nEND:VEVENT"
    )
    values = read_file(data).draft(0, {}).values
    assert (values["title"], values["venue"]) == ("Grüße: x", "Köln")
