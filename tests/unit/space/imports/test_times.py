"""Times and series: what cannot be read costs nothing else, and is told."""

import pytest

from space.imports.read import read
from tests.support.feeds.imported import START, calendar_of, codes, draft_of

LENGTHS = [
    ("PT1D", "2026-11-29 10:00"),
    ("P90M", "2026-11-28 11:30"),
    ("P10M", "2026-11-28 10:10"),
    ("PT1.5H", "2026-11-28 11:30"),
    ("PT1,5H", "2026-11-28 11:30"),
    ("P1H30M", "2026-11-28 11:30"),
    ("P1DT2H", "2026-11-29 12:00"),
    ("pt90m", "2026-11-28 11:30"),
    ("P1Y", "P1Y"),
    ("-PT1H", "-PT1H"),
    ("90", "90"),
    ("P999999999W", "P999999999W"),
]


def series(*lines: str) -> str:
    """A weekly series, and other events of its file."""
    others = "".join(
        f"\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\n{line}" for line in lines
    )
    return calendar_of("UID:1", START, "RRULE:FREQ=WEEKLY" + others)


@pytest.mark.parametrize(("raw", "end"), LENGTHS)
def test_length_when_written_in_any_way_then_is_read_or_shown(
    raw: str, end: str
) -> None:
    assert draft_of(START, f"DURATION:{raw}").values["end"] == end


@pytest.mark.parametrize("raw", ["tomorrow", "20260231T100000", "99991231T100000"])
def test_start_when_it_cannot_be_read_then_all_else_is(raw: str) -> None:
    draft = draft_of(
        f"DTSTART:{raw}",
        "DTEND;TZID=Europe/Berlin:20260601T113000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Berlin:20260608T093000",
    )
    assert draft.values == {
        "start": raw,
        "end": "2026-06-01 11:30",
        "timezone": "Europe/Berlin",
        "recurrence": "FREQ=WEEKLY",
        "except": ("2026-06-08 09:30",),
    }


def test_start_when_it_cannot_be_read_then_its_length_is_shown() -> None:
    draft = draft_of("DTSTART;TZID=Europe/Berlin:tomorrow", "DURATION:PT1H")
    assert draft.values == {
        "start": "tomorrow",
        "end": "PT1H",
        "timezone": "Europe/Berlin",
    }


@pytest.mark.parametrize(
    ("raw", "start", "zone"),
    [
        ("20260601T093000+0200", "2026-06-01 09:30", "UTC+02:00"),
        ("2026-06-01T09:30:00+02:00", "2026-06-01 09:30", "UTC+02:00"),
        ("20260601T0930-0330", "2026-06-01 09:30", "UTC-03:30"),
        ("20260601T093000+00", "2026-06-01 09:30", "UTC"),
        ("20260601t093000z", "2026-06-01 09:30", "UTC"),
    ],
)
def test_offset_when_behind_a_time_then_is_its_zone(
    raw: str, start: str, zone: str
) -> None:
    values = draft_of(f"DTSTART:{raw}").values
    assert (values["start"], values["timezone"]) == (start, zone)


def test_offset_when_a_zone_is_named_too_then_is_the_instant() -> None:
    values = draft_of("DTSTART;TZID=Europe/Berlin:20260601T093000+0000").values
    assert (values["start"], values["timezone"]) == (
        "2026-06-01 11:30",
        "Europe/Berlin",
    )


@pytest.mark.parametrize(
    ("raw", "end"),
    [
        (";TZID=Europe/Berlin:20261128T240000", "2026-11-29 00:00"),
        (";TZID=Europe/Berlin:20261231T2400", "2027-01-01 00:00"),
        (";VALUE=DATE:20261129", "2026-11-29 00:00"),
        (":20261128T110000Z", "2026-11-28 12:00"),
        (";TZID=Europe/Berlin:20261128T240100", "20261128T240100"),
        (":21991231T240000", "21991231T240000"),
    ],
)
def test_end_when_spelled_in_any_way_then_is_read_or_shown(raw: str, end: str) -> None:
    assert draft_of(START, f"DTEND{raw}").values["end"] == end


@pytest.mark.parametrize(
    ("word", "status", "notes"),
    [
        ("CANCELLED", "cancelled", []),
        ("CANCELED", "cancelled", []),
        ("Postponed", "postponed", []),
        ("TENTATIVE", "tentative", []),
        ("CONFIRMED", None, []),
        ("Maybe", None, ["status"]),
    ],
)
def test_status_when_said_in_any_word_then_is_read_or_told(
    word: str, status: str | None, notes: list[str]
) -> None:
    draft = draft_of(START, f"STATUS:{word}")
    assert draft.values.get("status") == status
    assert codes(draft) == notes


@pytest.mark.parametrize(
    ("lines", "notes"),
    [
        (["RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY"], [("rules", ("FREQ=MONTHLY",))]),
        (["RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"], [("rules", ("FREQ=DAILY",))]),
        (["RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY"], []),
        (
            [
                "RRULE:FREQ=WEEKLY",
                "DURATION:PT1H",
                "RDATE;VALUE=PERIOD:20261203T090000Z/20261203T120000Z",
            ],
            [("lengths", ("2026-12-03 10:00",))],
        ),
        (
            [
                "RRULE:FREQ=WEEKLY",
                "DURATION:PT1H",
                "RDATE;VALUE=PERIOD:20261203T090000Z/PT1H",
            ],
            [],
        ),
        (["RRULE:FREQ=WEEKLY", "EXDATE:soon,"], [("dates-unread", ("soon",))]),
        (["RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"], [("for-ever", ())]),
        (["RRULE:FREQ=WEEKLY;UNTIL=22000101"], [("for-ever", ())]),
    ],
)
def test_series_when_a_form_cannot_hold_all_of_it_then_that_is_told(
    lines: list[str], notes: list[tuple[str, tuple[str, ...]]]
) -> None:
    draft = draft_of(START, *lines)
    assert [(note.code, note.params) for note in draft.notes] == notes
    assert draft.values["recurrence"] == "FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=0", "FREQ=DAILY"),
        ("FREQ=DAILY;BYHOUR=10;BYMINUTE=00", "FREQ=DAILY"),
        ("FREQ=DAILY;BYHOUR=11", "FREQ=DAILY;BYHOUR=11"),
        ("freq=daily; until=2026-12-31;", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=DAILY;UNTIL=2026-12-31T10:00:00Z", "FREQ=DAILY;UNTIL=20261231T100000Z"),
    ],
)
def test_rule_when_it_only_says_the_clock_again_then_that_goes(
    raw: str, rule: str
) -> None:
    assert draft_of(START, f"RRULE:{raw}").values["recurrence"] == rule


def test_date_when_the_file_calls_it_off_then_is_an_exception() -> None:
    text = series(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261205T100000\r\nSTATUS:CANCELLED",
        "RECURRENCE-ID:20261212T090000Z\r\nSTATUS:CANCELED",
    )
    draft = read(text).draft(0, {})
    assert draft.values["except"] == ("2026-12-05 10:00", "2026-12-12 10:00")
    assert codes(draft) == []


@pytest.mark.parametrize(
    "line",
    [
        "RECURRENCE-ID;TZID=Europe/Berlin:20261205T100000\r\nDTSTART:20261206T100000Z",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261205T090000Z\r\nSTATUS:CANCELLED",
    ],
)
def test_date_when_the_file_changes_it_then_that_is_told(line: str) -> None:
    draft = read(series(line)).draft(0, {})
    assert "except" not in draft.values
    assert [(note.code, note.params) for note in draft.notes] == [
        ("moved", ("2026-12-05 10:00",))
    ]


def test_date_when_of_another_series_then_changes_nothing() -> None:
    line = "RECURRENCE-ID:20261205T090000Z\r\nSTATUS:CANCELLED"
    draft = read(series(line).replace("UID:1", "UID:2", 1)).draft(0, {})
    assert "except" not in draft.values


def test_date_when_picked_itself_then_repeats_no_more() -> None:
    line = "RECURRENCE-ID:20261205T090000Z\r\nRRULE:FREQ=WEEKLY\r\nEXDATE:20261205"
    draft = read(series(line)).draft(1, {})
    assert "recurrence" not in draft.values
    assert "occurrence" in codes(draft)
