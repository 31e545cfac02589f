"""Files that are no text: opened if there is one calendar in them, else named."""

import gzip
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.imports.calendar.decoding import MAX_BYTES
from space.imports.read import read, read_file
from tests.support.feeds.imported import START, calendar_of

ICS = calendar_of("SUMMARY:Tea", START).encode()


def zipped(method: int = zipfile.ZIP_DEFLATED, /, **files: bytes) -> bytes:
    """Octets that do not depend on the time, as names of tests contain them."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("_", ".")), data, method)
    return stream.getvalue()


def gzipped(data: bytes) -> bytes:
    """As `zipped`, of one file."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    "data",
    [
        zipped(a_ics=ICS),
        zipped(zipfile.ZIP_STORED, A_ICS=ICS, b_txt=b"x"),
        gzipped(ICS),
    ],
)
def test_archive_when_one_calendar_is_in_it_then_is_read(data: bytes) -> None:
    assert read_file(data).entries[0].title == "Tea"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(a_txt=b"x"), "archive"),
        (zipped(zipfile.ZIP_BZIP2, a_ics=ICS), "archive"),
        (zipped(a_ics=ICS)[:60], "archive"),
        (gzipped(b"words"), "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (zipped(a_ics=b"x" * 10**7), "archive-large"),
        (gzipped(b"x" * 10**7), "archive-large"),
        (zipped(a_ics=ICS, b_ics=ICS), "archive-many"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a" + bytes(20), "picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "pdf"),
        (bytes(range(256)) * 4, "binary"),
        (b"{\\rtf1 Tea}", "binary"),
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"<!DOCTYPE html>\n<title>Sign in</title>", "page"),
        (b"\xef\xbb\xbf\n<HTML lang=en><body>", "page"),
        (b"BEGIN:VCARD\nFN:Ana\nTEL:+49 30 1\nEND:VCARD", "contacts"),
        (b"Subject,Start Date,Start Time\nTea,11/28/2026,10:00", "table"),
        (b'"Betreff","Beginnt am","Ort"\n"Tee","28.11.","X"', "table"),
        (b'{"@context": "https://schema.org"}', "data"),
        (b'<?xml version="1.0"?><rss></rss>', "data"),
    ],
)
def test_file_when_it_is_no_calendar_then_is_named(data: bytes, code: str) -> None:
    refusal = read_file(data).refusal
    assert refusal is not None
    assert refusal.code == code


def test_archive_when_it_holds_several_calendars_then_they_are_named() -> None:
    refusal = read_file(zipped(a_ics=ICS, b_ics=ICS)).refusal
    assert refusal is not None
    assert refusal.params == ("2", "a.ics, b.ics")


@pytest.mark.parametrize(
    "text",
    [
        "Wiki breakfast, Accra\n28 November 2026, 10:00, Town Hall",
        "[[Wikimedia]] meetup\n2026-11-28",
        "{{Meetup}} in Lyon\n2026-11-28",
        "Tea <b>now</b>\n2026-11-28",
        "Title, with, commas\nand: a colon\n1,234,567 edits",
    ],
)
def test_words_when_they_look_a_little_like_data_then_are_an_announcement(
    text: str,
) -> None:
    assert read(text).refusal is None
    assert read(text).draft(0, {}).values["title"]


@given(
    st.sampled_from([zipped(a_ics=ICS), gzipped(ICS), b"\x89PNG" + ICS, ICS]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
    st.integers(0, 500),
)
def test_file_when_damaged_anywhere_then_is_read_or_refused(
    data: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    damaged = bytearray(data[:length])
    for at, byte in changes:
        if at < len(damaged):
            damaged[at] = byte
    source = read_file(bytes(damaged))
    assert source.refusal or source.events or source.words or source.text
    assert len(source.text) <= MAX_BYTES
    if source.events or source.words:
        source.draft(0, {})
