import pytest

from tests.support.ics_lint import lint

GOOD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Wikimedia//Space//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
LAST-MODIFIED:20261102T000000Z
NAME:Space
X-WR-CALNAME:Space
DESCRIPTION:Events
X-WR-CALDESC:Events
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
SOURCE;VALUE=URI:https://space.example.org/feeds/events.ics
URL:https://space.example.org/events
BEGIN:VTIMEZONE
TZID:Asia/Tokyo
BEGIN:STANDARD
DTSTART:19700101T000000
TZNAME:JST
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:A\\, b\\; c\\\\ d
DTSTART;TZID=Asia/Tokyo:20261128T100000
DTEND;TZID=Asia/Tokyo:20261128T120000
DTSTAMP:20261102T000000Z
UID:12@meta.wikimedia.org
SEQUENCE:5
RRULE:FREQ=WEEKLY;UNTIL=20261231T000000Z
EXDATE;TZID=Asia/Tokyo:20261205T100000
CREATED:20261101T000000Z
LAST-MODIFIED:20261102T000000Z
DESCRIPTION:Text\\n\\nhttps://meta.wikimedia.org/wiki/X
GEO:35.68;139.7
LOCATION:Tokyo
STATUS:CONFIRMED
URL:https://meta.wikimedia.org/wiki/X
IMAGE;VALUE=URI;DISPLAY=BADGE:https://commons.wikimedia.org/x.jpg
CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=x.org:https://x.org/
END:VEVENT
END:VCALENDAR
"""


def file(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_lint_when_a_calendar_is_good_then_finds_nothing() -> None:
    assert lint(file(GOOD)) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (GOOD.encode(), "CRLF"),
        (b"\xef\xbb\xbf" + file(GOOD), "byte order"),
        (file(GOOD).replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 70), "75 octets"),
        (file(GOOD).replace(b"Tokyo\r\nST", b"Tok\x00yo\r\nST"), "control"),
        (file(GOOD).replace(b"STATUS", b"\r\nSTATUS"), "is empty"),
        (file(GOOD).replace(b"A\\,", b"A\\\r\n ,"), "inside an escape"),
        (file(GOOD).replace(b"SUMMARY:", "SUMMARY:é".encode()[:-1] + b"\r\n \xa9"),
         "inside a character"),
        (file(GOOD).removesuffix(b"\r\n"), "at the end"),
    ],
)  # fmt: skip
def test_lint_when_the_file_is_bad_then_says_so(data: bytes, fault: str) -> None:
    assert any(fault in found for found in lint(data)), lint(data)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("VERSION:2.0\n", "", "VERSION"),
        ("CALSCALE:GREGORIAN\n", "CALSCALE:GREGORIAN\n" * 2, "CALSCALE"),
        ("NAME:Space\nX", "NAME:Other\nX", "differ"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL", "VALUE=DURATION"),
        ("SOURCE;VALUE=URI", "SOURCE", "VALUE=URI"),
        ("LAST-MODIFIED:20261102T000000Z\nNAME", "NAME", "LAST-MODIFIED"),
        ("DTSTART:19700101T000000", "DTSTART:20300101T000000", "after its first"),
        ("TZNAME:JST", "COMMENT:x", "comment"),
        ("TZOFFSETTO:+0900", "TZOFFSETTO:+9", "TZOFFSETTO"),
        ("TZID:Asia/Tokyo", "TZID:Asia/Seoul", "without VTIMEZONE"),
        ("TZID:Asia/Tokyo", "TZID:Asia/Seoul", "unused"),
        ("UID:12@meta.wikimedia.org", "UID:x", "UID"),
        ("UID:12@meta.wikimedia.org\n", "", "UID"),
        ("DTSTAMP:20261102T000000Z", "DTSTAMP:20261102T000000", "DTSTAMP"),
        ("CREATED:2026", "CREATED:2027", "contradict"),
        ("SEQUENCE:5", "SEQUENCE:five", "SEQUENCE"),
        ("STATUS:CONFIRMED", "STATUS:POSTPONED", "STATUS"),
        ("STATUS:CONFIRMED", "STATUS:CONFIRMED\nSTATUS:CONFIRMED", "twice"),
        ("DTSTART;TZID=Asia/Tokyo:", "DTSTART:", "floating"),
        ("DTEND;TZID=Asia/Tokyo:20261128T120000", "DTEND;VALUE=DATE:20261128", "form"),
        ("20261128T120000", "20261128T100000", "not after"),
        ("UNTIL=20261231T000000Z", "UNTIL=20261231", "UNTIL"),
        ("UNTIL=20261231T000000Z", "UNTIL=20261231T000000Z;COUNT=2", "COUNT and"),
        ("EXDATE;TZID=Asia/Tokyo:20261205T100000", "EXDATE:20261205T100000Z", "EXDATE"),
        ("SUMMARY:A\\,", "SUMMARY:A,", "not escaped"),
        ("SUMMARY:A\\,", "SUMMARY:A\\:", "not escaped"),
        ("SUMMARY:A\\, b\\; c\\\\ d", "SUMMARY:", "no SUMMARY|is empty"),
        ("wiki/X\nGEO", "wiki/X y\nGEO", "end with the page"),
        ("GEO:35.68;139.7", "GEO:35.68,139.7", "GEO"),
        ("GEO:35.68;139.7", "GEO:139.7;35.68", "GEO"),
        ("GEO:35.68;139.7", "GEO:0;0", "where nothing"),
        ("GEO:35.68;139.7", "GEO:1e-05;139.7", "GEO"),
        ("URL:https://meta", "URL:meta", "no address"),
        ("IMAGE;VALUE=URI", "IMAGE", "VALUE=URI"),
        ("IMAGE;VALUE=URI;DISPLAY=BADGE", "IMAGE;VALUE=URI", "without DISPLAY"),
        ("FEATURE=AUDIO,VIDEO;", "", "without FEATURE"),
        ("LABEL=x.org", "LABEL=", "without LABEL"),
        ("FEATURE=AUDIO,VIDEO", "FEATURE=TELEX", "features that are none"),
        ("FEATURE=AUDIO,VIDEO", 'FEATURE="AUDIO,VIDEO"', "features that are none"),
        ("X-WR-CALDESC:Events", "X-WR-CALDESC:Other", "differ"),
        ("LOCATION:Tokyo", "ORGANIZER:mailto:a@example.org", "names a person"),
        ("LOCATION:Tokyo", "Tokyo", "not a content line"),
        ("END:VEVENT\n", "", "another component"),
    ],
)  # fmt: skip
def test_lint_when_a_property_is_bad_then_says_so(
    old: str, new: str, fault: str
) -> None:
    assert old in GOOD
    found = lint(file(GOOD.replace(old, new, 1)))
    assert any(part in each for each in found for part in fault.split("|")), found


def test_lint_when_an_event_is_there_twice_then_says_so() -> None:
    event = GOOD[GOOD.index("BEGIN:VEVENT") : GOOD.index("END:VCALENDAR")]
    assert any("twice" in each for each in lint(file(GOOD.replace(event, event * 2))))
