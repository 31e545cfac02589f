"""Every property of an event is in a field or named in a note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.imports.calendar.property_names import (
    LEFT_OUT,
    OF_NO_INTEREST,
    SINGLE,
    TAKEN,
)
from space.imports.read import read, read_file
from tests.support.feeds.imported import START, calendar_of, codes, draft_of, shown

INFORMING = {
    # RFC 5545
    "ATTACH": "https://files.example.org/a.pdf",
    "ATTENDEE": "mailto:ana@example.org",
    "CATEGORIES": "Tea",
    "CLASS": "PRIVATE",
    "COMMENT": "Bring a cup",
    "CONTACT": "Ana",
    "DESCRIPTION": "Leaves from Assam",
    "DTEND": "20261128T110000Z",
    "DURATION": "PT1H",
    "EXDATE": "20261205T090000Z",
    "EXRULE": "FREQ=MONTHLY",
    "GEO": "52.5;13.4",
    "LOCATION": "Samovar Hall",
    "ORGANIZER;CN=Kettle Club": "mailto:ana@example.org",
    "RDATE": "20261203T090000Z",
    "RECURRENCE-ID": "20261128T090000Z",
    "RELATED-TO": "1@x",
    "RESOURCES": "Projector",
    "RRULE": "FREQ=WEEKLY",
    "STATUS": "TENTATIVE",
    "SUMMARY": "Tea",
    "URL": "https://tea.example.org/",
    # RFC 7986, 9073, 9253
    "CONFERENCE;VALUE=URI": "https://meet.example.org/tea",
    "IMAGE;VALUE=URI": "https://files.example.org/a.png",
    "STYLED-DESCRIPTION": "<p>Leaves from Assam</p>",
    "STRUCTURED-DATA;VALUE=TEXT": "{}",
    "LOCATION-TYPE": "hall",
    "CALENDAR-ADDRESS": "mailto:ana@example.org",
    "LINK;VALUE=URI": "https://tea.example.org/more",
    "CONCEPT": "https://tea.example.org/concept",
    "REFID": "tea",
    # of no standard, but words
    "TEA-SORT": "Assam",
}
BASE = ("SUMMARY:X", START)


def told(*lines: str) -> str:
    draft = draft_of(*lines)
    notes = "".join(f"{note.code}{note.params}" for note in draft.notes)
    return f"{shown(draft)}{notes}"


@pytest.mark.parametrize("name", INFORMING)
def test_property_when_it_informs_then_is_in_a_field_or_told(name: str) -> None:
    line = f"{name}:{INFORMING[name]}"
    assert told(line, *BASE) != told(*BASE)


@pytest.mark.parametrize("name", sorted(SINGLE))
def test_property_when_it_is_there_twice_then_the_second_is_told(name: str) -> None:
    value = INFORMING.get(name, "20261128T090000Z")
    lines = (f"{name}:{value}", f"{name}:{value}1")
    assert "left" in codes(draft_of(*lines))
    assert "left" not in codes(draft_of(f"{name}:{value}", f"{name}:{value}"))


@pytest.mark.parametrize("part", ["VLOCATION", "PARTICIPANT", "VRESOURCE", "X"])
def test_component_when_within_an_event_then_is_told(part: str) -> None:
    lines = (f"BEGIN:{part}", "NAME:Samovar Hall", f"END:{part}")
    (note,) = draft_of(*BASE, *lines).notes
    assert (note.code, note.params) == ("left", (part,))


@pytest.mark.parametrize("name", ["EXDATE", "EXRULE"])
def test_exception_when_there_is_no_rule_then_is_told(name: str) -> None:
    line = f"{name}:{INFORMING[name]}"
    assert "left" in codes(draft_of(*BASE, line))
    if name == "EXRULE":
        assert "left" in codes(draft_of(*BASE, line, "RDATE:20261203T090000Z"))


def test_tables_when_compared_then_each_property_is_in_one() -> None:
    tables = (TAKEN, OF_NO_INTEREST, LEFT_OUT)
    assert sum(map(len, tables)) == len(frozenset().union(*tables))
    names = {name.partition(";")[0] for name in INFORMING} - {"TEA-SORT", "DTSTART"}
    assert names | {"X-ALT-DESC", "DTSTART"} >= TAKEN | LEFT_OUT - {
        *("PARTICIPANT-TYPE", "RESOURCE-TYPE")  # of components that are told
    }


@pytest.mark.parametrize("name", sorted(OF_NO_INTEREST - {"BEGIN", "END"}))
def test_property_when_it_is_for_programs_then_nobody_is_told(name: str) -> None:
    assert codes(draft_of(*BASE, f"{name}:1")) == []


@pytest.mark.parametrize(
    ("raw", "point"),
    [
        ("52.5;13.4", "52.5, 13.4"),
        ("52.5\\;13.4", "52.5, 13.4"),
        ("52.5\\,13.4", "52.5, 13.4"),
        ("52.5, 13.4", "52.5, 13.4"),
        ("52\\,5;13\\,4", "52.5, 13.4"),
        ("geo:52.5,13.4", "52.5, 13.4"),
        ("+52.5;-013.4", "52.5, -13.4"),
    ],
)
def test_coordinates_when_written_in_any_way_then_are_read(
    raw: str, point: str
) -> None:
    assert draft_of(*BASE, f"GEO:{raw}").values["coordinates"] == point


@pytest.mark.parametrize("raw", ["150.94;6.96", "52.5;181", "north", "52.5"])
def test_coordinates_when_nowhere_on_the_globe_then_that_is_told(raw: str) -> None:
    draft = draft_of(*BASE, f"GEO:{raw}")
    assert "coordinates" not in draft.values
    assert [(note.code, note.params) for note in draft.notes] == [("geo", (raw,))]


def test_coordinates_when_none_are_known_then_nothing_is_told() -> None:
    assert codes(draft_of(*BASE, "GEO:0;0")) == []


@pytest.mark.parametrize(
    ("lines", "link", "notes"),
    [
        (
            ["CONFERENCE;FEATURE=PHONE:tel:+49-30-1", "CONFERENCE:https://a.example/x"],
            "https://a.example/x",
            ["joining"],
        ),
        (
            [
                "CONFERENCE;FEATURE=CHAT:https://chat.example/x",
                'CONFERENCE;FEATURE="AUDIO,VIDEO":https://a.example/x',
            ],
            "https://a.example/x",
            ["left"],
        ),
        (
            [
                "CONFERENCE;FEATURE=AUDIO:https://b.example/x",
                "CONFERENCE;FEATURE=VIDEO:https://a.example/x",
            ],
            "https://a.example/x",
            ["left"],
        ),
        (["CONFERENCE;FEATURE=MODERATOR:https://a.example/x"], None, ["left"]),
        (["CONFERENCE;FEATURE=PHONE:tel:+49-30-1"], None, ["joining"]),
        (["URL:not one", "URL:https://zoom.us/j/1"], "https://zoom.us/j/1", []),
    ],
)
def test_conferences_when_there_are_several_then_the_best_is_taken(
    lines: list[str], link: str | None, notes: list[str]
) -> None:
    draft = draft_of(*BASE, *lines)
    assert draft.values.get("online_link") == link
    assert draft.values.get("mode") == ("online" if link else None)
    assert codes(draft) == notes


def test_pages_when_there_are_several_then_the_readable_one_is_taken() -> None:
    draft = draft_of(*BASE, "URL:tea", "URL:https://tea.example.org/")
    assert draft.values["website"] == "https://tea.example.org/"
    assert codes(draft) == ["left"]


@pytest.mark.parametrize("name", ["DESCRIPTION", "SUMMARY", "LOCATION", "X-ALT-DESC"])
@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>Tea</b> &amp; <i>cake</i>", "Tea & cake"),
        ("&lt\\;p&gt\\;Tea time&lt\\;/p&gt\\;", "Tea time"),
        ("&amp\\;lt\\;b&amp\\;gt\\;Tea&amp\\;lt\\;/b&amp\\;gt\\;", "Tea"),
        ("<table><tr><td>10:00</td><td>Start</td></tr></table>", "10:00 Start"),
        (
            (
                "<html><head><style>p{color:red}</style><script>alert(1)</script>"
                "<title>T</title></head><body><p>Hi</p></body></html>"
            ),
            "Hi",
        ),
        ("<h1>Big</h1><!-- not this -->text", "Big text"),
        ("<font color=red>Red</font><blockquote>Blue</blockquote>", "Red Blue"),
        ("<P CLASS=x>Tea<BR/>time</P>", "Tea time"),
    ],
)
def test_markup_when_in_any_text_then_only_its_words_are_read(
    name: str, html: str, words: str
) -> None:
    draft = draft_of(START, f"{name}:{html}")
    read_as = " ".join([*map(str, draft.values.values()), draft.body]).split()
    assert " ".join(words.split()) in " ".join(read_as).replace(" Europe/Berlin", "")
    for markup in ("<", "&lt", "color:red", "alert"):
        assert markup not in shown(draft)


@pytest.mark.parametrize("text", ["a < b", "Tea <b", "<3", "1<2>3", "Tea <b> now"])
def test_words_when_they_hold_angles_then_stay(text: str) -> None:
    assert draft_of(f"SUMMARY:{text}", START).values["title"] == text


@pytest.mark.parametrize("blank", [" \\n", "", "<p></p>", "<br>&nbsp\\;", "\\n\\n "])
def test_description_when_blank_then_another_text_is_taken(blank: str) -> None:
    alternative = "X-ALT-DESC;FMTTYPE=text/html:<p>Real text</p>"
    draft = draft_of(*BASE, f"DESCRIPTION:{blank}", alternative)
    assert draft.values["summary"] == "Real text"


def test_description_when_its_lines_are_broken_then_words_with_colons_stay() -> None:
    draft = draft_of(*BASE, "DESCRIPTION:Tea\nPlease note: bring a cup\nBye")
    assert draft.values["summary"] == "Tea Please note: bring a cup Bye"


def test_events_when_there_are_thousands_then_all_are_found() -> None:
    event = "BEGIN:VEVENT\nSUMMARY:{}\nDTSTART:20261128T100000Z\nEND:VEVENT\n"
    text = "".join(event.format(number) for number in range(6000))
    assert [entry.title for entry in read(text).entries][-1] == "5999"


@given(st.binary(max_size=300), st.sampled_from(sorted({*TAKEN, *LEFT_OUT})))
def test_value_when_any_bytes_then_there_is_a_draft(data: bytes, name: str) -> None:
    text = calendar_of("UID:1", START, "RRULE:FREQ=DAILY").encode()
    source = read_file(
        text.replace(b"UID:1", b"UID:1\r\n" + name.encode() + b":" + data)
    )
    for number in range(len(source.entries)):
        source.draft(number, {})
    assert source.events or source.refusal or source.words
