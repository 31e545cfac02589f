"""Any text gives an outcome; what it says of one event is read rightly."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from space.codec.editing import write_page
from space.codec.page import read_page
from space.dates.moments import Span
from space.dates.schedule import span_of
from space.feeds.icalendar import vevent
from space.imports.calendar.decoding import MAX_BYTES, clean, decode
from space.imports.calendar.vevents import MAX_EVENTS, MAX_SAME, read_events
from space.imports.description import MAX_LENGTH, read_description
from space.imports.draft import Draft
from space.imports.read import read
from space.publication.places import point_of
from space.publication.publication import Publication
from space.schema.kinds import load_kind
from tests.support.feeds.publications import ADDRESSES, event, events
from tool.app.form.fields import read_form, typed_from


def vcalendar(*lines: str) -> str:
    event = ["BEGIN:VEVENT", "SUMMARY:X", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""])


def draft(*lines: str) -> Draft:
    return read(vcalendar(*lines)).draft(0, {})


def value(name: str, *lines: str) -> Any:
    return draft(*lines).values.get(name)


def codes(draft: Draft) -> list[str]:
    return [note.code for note in draft.notes]


START = "DTSTART;TZID=Europe/Berlin:20261128T100000"


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ('"America/Argentina/Buenos_Aires"', "America/Argentina/Buenos_Aires"),
        ("/mozilla.org/20070129_1/Europe/Rome", "Europe/Rome"),
        ("/x/America/Argentina/Salta", "America/Argentina/Salta"),
        ("New Zealand Standard Time", "Pacific/Auckland"),
        ("romance standard time", "Europe/Paris"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("GMT+0530", "UTC+05:30"),
        ("Customized Time Zone", "Customized Time Zone"),  # stands in the form to see
        ("CET", "CET"),
    ],
)
def test_zone_when_named_in_any_way_then_is_that_of_tzdata(
    tzid: str, zone: str
) -> None:
    assert value("timezone", f"DTSTART;TZID={tzid}:20261128T100000") == zone


def test_zone_when_the_file_explains_its_name_then_is_known() -> None:
    text = vcalendar("DTSTART;TZID=Mine:20261128T100000").replace(
        "BEGIN:VEVENT",
        "BEGIN:VTIMEZONE\nTZID:Mine\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT",
    )
    assert read(text).draft(0, {}).values["timezone"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (["DTSTART;VALUE=DATE:20261128"], "2026-11-28", None),
        (
            ["DTSTART;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261129"],
            "2026-11-28",
            None,
        ),
        (
            ["DTSTART;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261128"],
            "2026-11-28",
            None,
        ),
        (["DTSTART;VALUE=DATE:20261128", "DURATION:P3D"], "2026-11-28", "2026-11-30"),
        ([START, "DURATION:PT90M"], "2026-11-28 10:00", "2026-11-28 11:30"),
        ([START, "DURATION:P1W"], "2026-11-28 10:00", "2026-12-05 10:00"),
        ([START, "DURATION:soon"], "2026-11-28 10:00", "soon"),
        ([START, "DTEND:20261128T100000Z"], "2026-11-28 10:00", "2026-11-28 11:00"),
        (
            [START, "DTEND;TZID=Europe/London:20261128T100000"],
            "2026-11-28 10:00",
            "2026-11-28 11:00",
        ),
        ([START, "DTEND:next week"], "2026-11-28 10:00", "next week"),
        (["DTSTART:2026-11-28T10:00:00Z"], "2026-11-28 10:00", None),
        (
            [
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
                "DTSTART;TZID=Romance Standard Time:20261128T000000",
                "DTEND;TZID=Romance Standard Time:20261130T000000",
            ],
            "2026-11-28",
            "2026-11-29",
        ),
        (["DTSTART:tomorrow"], "tomorrow", None),
        (["DTSTART:20261328T100000"], "20261328T100000", None),
        (["DTSTART:99991231T235959Z"], "99991231T235959Z", None),
    ],
)
def test_times_when_read_then_are_those_of_the_form(
    lines: list[str], start: str, end: str | None
) -> None:
    values = draft(*lines).values
    assert (values.get("start"), values.get("end")) == (start, end)


def test_series_when_times_are_in_utc_then_its_days_stay() -> None:
    """By other clocks the rule's Friday would be a Saturday."""
    text = vcalendar("DTSTART:20261127T230000Z", "RRULE:FREQ=WEEKLY;BYDAY=FR").replace(
        "BEGIN:VEVENT", "X-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT"
    )
    values = read(text).draft(0, {}).values
    assert (values["start"], values["timezone"]) == ("2026-11-27 23:00", "UTC")


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;COUNT=99999999999999", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "x"],
)
def test_rule_when_it_cannot_be_said_here_then_stands_at_its_field(rule: str) -> None:
    of = load_kind("event")
    event = draft(START, f"RRULE:{rule}")
    form = read_form(of, typed_from(of, event.values), "")
    assert [
        (control.field.name, problem.params)
        for control, problem in form.errors
        if control and control.field.name == "recurrence"
    ] == [("recurrence", (rule.upper(),))]


@pytest.mark.parametrize(
    ("start", "parts", "rule"),
    [
        (START, "BYHOUR=10;BYMINUTE=0", "FREQ=WEEKLY;COUNT=2"),
        (START, "BYHOUR=10;BYMINUTE=00;BYSECOND=0", "FREQ=WEEKLY;COUNT=2"),
        ("DTSTART:20261128T093000Z", "BYMINUTE=30", "FREQ=WEEKLY;COUNT=2"),
        # RFC 5545 §3.3.10: parts of a clock are to be ignored where days are whole.
        ("DTSTART;VALUE=DATE:20261128", "BYHOUR=9", "FREQ=WEEKLY;COUNT=2"),
        (START, "BYHOUR=11", "FREQ=WEEKLY;BYHOUR=11;COUNT=2"),
        (START, "BYHOUR=10,12", "FREQ=WEEKLY;BYHOUR=10,12;COUNT=2"),
        (START, "BYMINUTE=30", "FREQ=WEEKLY;BYMINUTE=30;COUNT=2"),
    ],
)
def test_rule_when_it_repeats_the_clock_of_the_start_then_is_read_without(
    start: str, parts: str, rule: str
) -> None:
    imported = value("recurrence", start, f"RRULE:FREQ=WEEKLY;{parts};COUNT=2")
    assert imported == rule


def test_rule_when_its_end_is_beyond_all_years_then_goes_on_with_a_note() -> None:
    for until in ("99991231", "99991231T235959Z", "22000101", "30000101T000000"):
        event = draft(START, f"RRULE:FREQ=DAILY;UNTIL={until}")
        assert event.values["recurrence"] == "FREQ=DAILY"
        assert codes(event) == ["for-ever"]
    within = draft(START, "RRULE:FREQ=DAILY;UNTIL=21991231")
    assert within.values["recurrence"] == "FREQ=DAILY;UNTIL=21991231"
    assert codes(within) == []


def test_exceptions_when_in_another_zone_then_are_by_the_clocks_of_the_event() -> None:
    exceptions = value(
        "except",
        START,
        "RRULE:FREQ=WEEKLY",
        "EXDATE:20261205T090000Z",
        "EXDATE;TZID=Europe/Berlin:20261212T100000,junk,20261219T100000",
    )
    assert exceptions == ("2026-12-05 10:00", "2026-12-12 10:00", "2026-12-19 10:00")


def test_dates_when_added_to_a_series_then_are_kept_or_told_to_be_left_out() -> None:
    event = draft(
        START, "RRULE:FREQ=WEEKLY", "RDATE;VALUE=PERIOD:20261201T090000Z/PT1H"
    )
    if "also" in load_kind("event").fields:
        assert event.values["also"] == ("2026-12-01 10:00",)
    else:
        assert codes(event) == ["dates"]


@pytest.mark.parametrize(
    ("location", "fields"),
    [
        ("Berlin\\, Germany", {"city": "Berlin", "country": "DE"}),
        ("Town Hall", {"venue": "Town Hall"}),
        (
            "Hall\\, 1 Main St\\, Springfield\\, IL 62701\\, USA",
            {
                "venue": "Hall",
                "address": "1 Main St, IL 62701",
                "city": "Springfield",
                "country": "US",
            },
        ),
        ("Hall\\, Dover\\, DE", {"venue": "Hall", "address": "Dover, DE"}),
        (
            "Hall\\, Atlanta\\, Georgia",
            {"venue": "Hall", "address": "Atlanta, Georgia"},
        ),
        (
            "Hall\\, Prizren\\, Kosovo",
            {"venue": "Hall", "city": "Prizren", "country": "XK"},
        ),
        ("75001\\, France", {"address": "", "venue": "75001", "country": "FR"}),
        ("Online", {"mode": "online"}),
        ("", {}),
    ],
)
def test_place_when_read_then_says_no_more_than_the_file(
    location: str, fields: dict[str, str]
) -> None:
    names = ("venue", "address", "city", "country", "mode")
    values = draft(START, f"LOCATION:{location}").values
    assert {name: values[name] for name in names if name in values} == {
        name: text for name, text in fields.items() if text
    }


def test_link_for_joining_when_there_is_one_then_is_for_the_registered() -> None:
    event = draft(
        START,
        "DESCRIPTION:Hello\\n\\nZoom: https://us02web.zoom.us/j/1?pwd=secret.",
        "LOCATION:Hall\\, Accra\\, Ghana",
    )
    assert event.values["online_link"] == "https://us02web.zoom.us/j/1?pwd=secret"
    assert event.values["link_access"] == "registered"
    assert event.values["mode"] == "hybrid"
    assert "secret" not in event.body + str(event.values["summary"])
    assert [problem.field for problem in event.problems] == ["online_link"]


@pytest.mark.parametrize(
    "line",
    [
        "ORGANIZER;CN=ana@example.org:mailto:ana@example.org",
        "ORGANIZER:mailto:ana@example.org",
        "ATTENDEE;CN=Ana:mailto:ana@example.org",
        "DESCRIPTION:Write to ana@example.org or mailto:ana@example.org!",
        "CONTACT:ana@example.org",
    ],
)
def test_address_of_a_person_when_in_a_file_then_never_reaches_the_form(
    line: str,
) -> None:
    event = draft(START, line)
    assert "@" not in f"{event.values}{event.body}"


def test_cancellation_when_the_calendar_is_one_then_the_event_is_off() -> None:
    text = vcalendar(START).replace("BEGIN:VEVENT", "METHOD:CANCEL\nBEGIN:VEVENT")
    assert read(text).draft(0, {}).values["status"] == "cancelled"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ("Ça va".encode(), "Ça va"),
        (b"\xef\xbb\xbf" + "Ça va".encode(), "Ça va"),
        ("Ça va".encode("latin-1"), "Ça va"),
        ("Ça va".encode("utf-16"), "Ça va"),
        ("Привет charset=windows-1251".encode("cp1251"), "Привет charset=windows-1251"),
        (b"charset=idna \xff", "charset=idna ÿ"),
        (b"a\x00b\x07c", "abc"),
        ("a\u202eb\u2066c\ufeff".encode(), "abc"),
        ("می‌خواهم".encode(), "می‌خواهم"),  # a joiner that the word needs
    ],
)
def test_text_when_encoded_in_any_way_then_is_clean(data: bytes, title: str) -> None:
    assert clean(decode(data)) == title


def test_events_when_indented_or_quoted_then_are_found() -> None:
    """A pasted mail; as it stands, all lines would be folded into one."""
    text = vcalendar(START).replace("\r\n", "\n> ")
    assert read(f"> {text}").entries[0].start == "2026-11-28 10:00"


def test_events_when_ends_are_lost_then_each_keeps_its_own() -> None:
    text = "BEGIN:VEVENT\nSUMMARY:A\nBEGIN:VALARM\nBEGIN:VEVENT\nSUMMARY:B"
    assert [entry.title for entry in read(text).entries] == ["A", "B"]


def test_events_when_in_several_calendars_then_keep_to_their_own() -> None:
    text = (
        "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\n"
        "DTSTART:20261128T000000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261128T000000Z\nEND:VEVENT\n"
        "END:VCALENDAR"
    )
    source = read(text)
    zones = [source.draft(number, {}).values["timezone"] for number in (0, 1)]
    assert zones == ["Asia/Tokyo", "UTC"]


def test_tasks_when_alone_then_are_no_events() -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:A\nEND:VTODO\nEND:VCALENDAR"
    assert read(text).entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VEVENT\n" + "X:1\n" * 100_000,
        "BEGIN:VEVENT\n" + "DTSTART:20261128T090000Z\n" * 20_000,
        "BEGIN:VEVENT\n" + "BEGIN:A\n" * 60_000,
        "BEGIN:VEVENT\nEND:VEVENT\n" * 20_000,
        "BEGIN:VEVENT\nDESCRIPTION:<b>" + "<" * 500_000,
        "BEGIN:VEVENT\nDESCRIPTION:<a href=x" + "href=x " * 70_000,
        "BEGIN:VEVENT\nDESCRIPTION:" + "a" * 500_000,
        "BEGIN:VEVENT\nDESCRIPTION:" + "a." * 250_000 + "@",
        "BEGIN:VEVENT\nDESCRIPTION:" + " " * 500_000 + "x",
        "BEGIN:VEVENT\nDESCRIPTION:"
        + "".join(f"https://zoom.us/{n} " for n in range(9**5))[: MAX_BYTES - 30],
        "BEGIN:VEVENT\nDTSTART" + ';A="' * 100_000 + ":1",
        "BEGIN:VEVENT\nRRULE:FREQ=DAILY;COUNT=" + "9" * 100_000,
        "BEGIN:VEVENT\nDTSTART:20261128T090000\nRRULE:FREQ=DAILY\nEXDATE:"
        + "20261128T090000Z," * 30_000,
        "BEGIN:VEVENT\nLOCATION:" + "1" * 500_000,
        "x\n" + "2026-11-28 " * 45_000,
        "x\n" + "http://" * 70_000,
        "\n " * 250_000,
        "BEGIN:VEVENT\n" + "X-ALT-DESC:<b></b>\n" * 25_000,
        "BEGIN:VEVENT\nLOCATION:" + "<p>" * 170_000,
        "BEGIN:VEVENT\nCATEGORIES:" + "a," * 250_000,
        "BEGIN:VEVENT\nX;ENCODING=QUOTED-PRINTABLE:=\n" + "a=\n" * 150_000,
        "BEGIN:VEVENT\nDESCRIPTION:" + "PIN: a" * 80_000,
    ],
    ids=range(22),
)
def test_text_when_hostile_then_what_is_kept_of_it_is_bounded(text: str) -> None:
    """With a cost that is not in proportion to its length, this would not end."""
    source = read(text[:MAX_BYTES])
    assert len(source.entries) <= MAX_EVENTS
    for read_event in source.events[:2]:
        assert all(len(same) <= MAX_SAME for same in read_event.properties.values())
    made = source.draft(0, {})
    assert len(made.body) <= 8 * MAX_LENGTH
    assert all(len(value) <= MAX_LENGTH for value in made.values.values())


_LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "BEGIN:VALARM", "END:"),
            *("DTSTART:20261128", "DTSTART;TZID=a/b:20261128T100000", "DTEND:1", "=:;"),
            *("RRULE:FREQ=DAILY", "EXDATE:20261128,,x", "DURATION:P1D", "GEO:1;1"),
            *(
                "LOCATION:a,,b\\, NZ",
                "DESCRIPTION:<a href=",
                "SUMMARY:\\",
                "URL:http://[",
            ),
            *("DURATION:-P999W", "X-WR-TIMEZONE:UTC+15:00", "DTEND:20261128T240000Z"),
            *(
                "CONFERENCE:https://[::1",
                "DESCRIPTION:https://[zoom.us/ https://zoom.us",
            ),
        ]
    ),
)


@given(st.one_of(st.binary(max_size=400), st.lists(_LINES).map(_encoded := "\n".join)))
@example(b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:19000101\nDTEND;VALUE=DATE:19000101")
@example(b"BEGIN:VEVENT\nDTSTART:21991231T235900Z\nDURATION:P999W")
def test_anything_when_read_then_has_an_outcome_that_the_form_can_show(
    data: bytes | str,
) -> None:
    text = data if isinstance(data, str) else decode(data)
    source = read(text)
    of = load_kind("event")
    for number in range(max(1, len(source.entries))):
        made = source.draft(number, dict.fromkeys(source.categories(number), "x"))
        read_form(of, typed_from(of, made.values), made.body)


@given(st.text(max_size=300))
@example("{{subst:x}}\n\n<!-- ~~~~ [[Category:X]]\n#REDIRECT [[A]]\n----\n: x\n== y ==")
@example("* {{x}}\n* -{zh:a}-\n\n\n- __NOTOC__")
def test_description_when_saved_then_nothing_in_it_acts(text: str) -> None:
    description = read_description(clean(text))
    page = write_page("event", {"title": "X"}, description.body)
    assert read_page(page, title="X").body.strip() == description.body.strip()
    for active in ("{", "}", "<", "[[", "~~~", "__", "''", "|"):
        assert active not in description.body
    for line in description.body.split("\n"):
        assert not line.startswith(("#", ":", ";", "=", "----", " "))


@given(events())
@example(event(coordinates="-36.8506, 174.7679", address="ONLINE EVENT"))
def test_own_feed_when_imported_then_says_the_same(publication: Publication) -> None:
    text = "BEGIN:VCALENDAR\r\nPRODID:-//Wikimedia//Space//EN\r\n"
    text += vevent(publication, ADDRESSES) + "END:VCALENDAR\r\n"
    (read_back,) = read_events(clean(text))
    assert read_back.first("UID")
    made = read(text).draft(0, {})
    mine, theirs = publication.values, made.values
    of = load_kind("event")
    form = read_form(of, typed_from(of, theirs), made.body)
    assert theirs.get("title", "") == " ".join(clean(str(mine["title"])).split())[:500]
    assert theirs.get("coordinates", "") == ", ".join(point_texts(mine))
    expected = {"postponed": "tentative", None: None}
    status = mine.get("status")
    assert theirs.get("status") == expected.get(status, status)
    if "recurrence" not in mine:
        _assert_same_times(mine, form.values)


def point_texts(values: Any) -> tuple[str, ...]:
    point = point_of(values)
    return point.texts() if point else ()


def _assert_same_times(mine: Any, theirs: Any) -> None:
    """Compare days of whole-day events, else instants."""
    span = span_of(mine)
    zone = theirs.get("timezone", "UTC")
    imported = Span.of({**theirs, "timezone": zone})
    assert isinstance(imported, Span)
    if span.all_day:
        last = (span.end or span.start).date
        assert imported.start.date == span.start.date
        assert (imported.end or imported.start).date == last
    else:
        assert imported.start_utc == span.start_utc
        assert imported.end_utc == span.end_utc
