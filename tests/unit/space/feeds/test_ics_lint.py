import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.feeds.alarms import ALARMS, with_alarms
from space.feeds.icalendar import fold_line
from tests.support.feeds.calendars import file as calendar_of
from tests.support.feeds.ics_grammar import PROPERTIES
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import event

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
        ("TZNAME:JST", "COMMENT:x", "a COMMENT in a STANDARD"),
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


CLEAN = (
    with_alarms(
        calendar_of(
            event(
                4,
                recurrence="FREQ=WEEKLY;UNTIL=20261231",
                also=("2026-12-02 18:30",),
                coordinates="-36.8506, 174.7679",
                topics=("a", "b"),
                image="A.svg",
                mode="hybrid",
                online_link="https://x.org/",
                **{"except": ("2026-12-05",)},
            ),
            event(2, start="2026-05-01", end="2026-05-03", timezone="Asia/Tokyo"),
            event(
                6, timezone="Asia/Tokyo", recurrence="FREQ=MONTHLY;BYDAY=-1SA;COUNT=3"
            ),
        ),
        ALARMS[:1],
    )
    .replace("\r\n ", "")
    .splitlines()
)
"""The lines of a calendar of ours with every property, unfolded."""
OPTIONAL = {
    "CALSCALE", "DTEND", "RRULE", "RDATE", "EXDATE", "CREATED", "DESCRIPTION", "GEO",
    "LOCATION", "CATEGORIES", "URL", "TRANSP", "IMAGE", "CONFERENCE",
}  # fmt: skip
COMPONENTS = ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT")
RULES = [
    "FREQ=FORTNIGHTLY", "FREQ=SECONDLY", "FREQ=", "BYDAY=SA", "COUNT=2;FREQ=DAILY",
    "FREQ=DAILY;COUNT=2;COUNT=2", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;COUNT=2;UNTIL=20261231",
    "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=", "FREQ=DAILY;UNTIL=20260230",
    "FREQ=DAILY;UNTIL=tomorrow", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=1SA",
    "FREQ=MONTHLY;BYDAY=0SA", "FREQ=MONTHLY;BYDAY=54SA", "FREQ=WEEKLY;BYDAY=SA,",
    "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;",
    "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=-1",
    "FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=0", "FREQ=DAILY;WKST=X",
    "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=367", "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;X-A=1",
    "FREQ=DAILY,WEEKLY", "freq=daily", "FREQ = DAILY", "",
]  # fmt: skip


def faults(*lines: str) -> list[str]:
    """What is wrong with a calendar of these lines."""
    return lint("".join(map(fold_line, lines)).encode())


def changed(number: int, *lines: str) -> list[str]:
    """What is wrong with the clean calendar with other lines in place of one."""
    return faults(*CLEAN[:number], *lines, *CLEAN[number + 1 :])


def unfound(old: str, new: str) -> list[str]:
    """The lines that one may change so without a fault; `old` is a pattern."""
    found = {
        number: re.sub(old, new, line, count=1) for number, line in enumerate(CLEAN)
    }
    assert any(line != CLEAN[number] for number, line in found.items())
    return [
        line
        for number, line in found.items()
        if line != CLEAN[number] and not changed(number, line)
    ]


def test_lint_when_a_calendar_of_ours_is_clean_then_finds_nothing() -> None:
    assert faults(*CLEAN) == []


def test_lint_when_any_line_is_missing_then_says_so() -> None:
    unnoticed = {
        re.split("[;:]", line)[0]
        for number, line in enumerate(CLEAN)
        if not changed(number)
    }
    assert unnoticed <= OPTIONAL


def test_lint_when_any_line_is_there_twice_then_says_so() -> None:
    assert [line for n, line in enumerate(CLEAN) if not changed(n, line, line)] == []


@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.parametrize(
    "lines",
    [
        ["COMMENT:x"],
        ["COLOR:red"],
        ["X-LIC-LOCATION:x"],
        ["ORGANIZER:mailto:a@example.org"],
        ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H", "END:VALARM"],
        ["BEGIN:VTODO", "UID:1@x.org", "END:VTODO"],
        ["BEGIN:VEVENT", "END:VEVENT"],
        ["BEGIN:X", "END:X"],
        ["UID:2@x.org"],
        ["TZID:Asia/Tokyo"],
    ],
)
def test_lint_when_something_stands_where_it_may_not_then_says_so(
    name: str, lines: list[str]
) -> None:
    for before in ("BEGIN", "END"):
        number = CLEAN.index(f"{before}:{name}")
        line = CLEAN[number]
        found = changed(
            number, *([line, *lines] if before == "BEGIN" else [*lines, line])
        )
        assert found != []


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_lint_when_a_property_has_no_value_then_says_so(name: str) -> None:
    for each in sorted(PROPERTIES[name] - {"TRANSP"}):
        number = CLEAN.index(f"BEGIN:{name}")
        assert changed(number, CLEAN[number], f"{each}:") != [], each


@pytest.mark.parametrize(
    "day", ["20260230", "20261301", "20260000", "20250229", "00000101", "2026-11-28"]
)
def test_lint_when_a_day_is_none_then_says_so(day: str) -> None:
    assert unfound(r"(?<=[:=,])\d{8}(?=T|$|,|;)", day) == []


@pytest.mark.parametrize("clock", ["T240000", "T106000", "T100060", "T1000", "T"])
def test_lint_when_a_clock_is_none_then_says_so(clock: str) -> None:
    assert unfound(r"(?<=\d)T\d{6}", clock) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"(?<=T\d{6})Z", ""),
        (r"(?<=T\d{6})(?=,|$)", "Z"),
        (r"TZID=([^:]+):", r'TZID="\1":'),
        (r"TZID=([^:]+):", r"TZID=\1;TZID=\1:"),
        (r"TZID=([^:]+):", r"TZID=\1;X-A=b:"),
        (r"TZID=([^:]+):", r"TZID=Nowhere/\1:"),
        (r"^TZID:", "TZID:/"),
        (r"^(TZOFFSETFROM:.)(..)", r"\g<1>01"),
        (r"^(TZOFFSETTO:.)(..)", r"\g<1>01"),
        (r"^(TZOFFSET.*:)\+", r"\1-"),
        (r"VALUE=DATE", "VALUE=DATE-TIME"),
        (r";VALUE=DATE", ""),
        (r"BYMONTH=\d+", "BYMONTH=5"),
        (r"BYDAY=-?1SU", "BYDAY=2SU"),
        (r"^(SUMMARY|DESCRIPTION|LOCATION):", r"\1;LANGUAGE=en:"),
    ],
)
def test_lint_when_all_lines_of_a_sort_are_wrong_in_turn_then_finds_each(
    old: str, new: str
) -> None:
    assert unfound(old, new) == []


@pytest.mark.parametrize("rule", RULES)
def test_lint_when_a_rule_is_none_then_says_so(rule: str) -> None:
    assert unfound(r"^RRULE:.*", f"RRULE:{rule}") == []


@pytest.mark.parametrize(
    ("wall", "on_utc"),
    [("20250406T030000", "20250405T140000"), ("20250928T020000", "20250927T140000")],
)
def test_lint_when_an_onset_is_on_the_clock_of_utc_then_says_so(
    wall: str, on_utc: str
) -> None:
    number = CLEAN.index(f"DTSTART:{wall}")  # a change of Auckland's clocks
    found = changed(number, f"DTSTART:{on_utc}")
    assert any("not on its rule" in each for each in found)


def test_lint_when_offsets_are_swapped_then_says_so() -> None:
    swapped = [
        line.replace("FROM", "?").replace("TO:", "FROM:").replace("?", "TO")
        if line.startswith("TZOFFSET")
        else line
        for line in CLEAN
    ]
    assert any("clocks do not change so" in each for each in faults(*swapped))


def test_lint_when_half_of_a_zone_is_missing_then_says_so() -> None:
    start, end = CLEAN.index("BEGIN:DAYLIGHT"), CLEAN.index("END:DAYLIGHT")
    found = faults(*CLEAN[:start], *CLEAN[end + 1 :])
    assert any("what held before" in each for each in found)


@given(st.data())
def test_lint_when_a_calendar_is_garbled_then_never_raises(data: st.DataObject) -> None:
    lines = list(CLEAN)
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        cut = data.draw(st.integers(0, len(line)))
        end = data.draw(st.integers(cut, len(line)))
        text = data.draw(st.text(alphabet='0123456789ABTZ:;=,-+/"\\ é', max_size=9))
        lines[number] = line[:cut] + text + line[end:]
    assert isinstance(faults(*lines), list)
