"""A title that becomes a property of its own.

Raw line ends, lone carriage returns and backslashes that are not escaped end a value
early (edit-flow #941, bandstand #117, icalendar PR #1462, PlaceCal #2985); a template
that indents its lines folds all of them into one, and five parsers find no event. What
people write has to come back from every parser as it was, on one line.
"""

from pathlib import Path

import pytest

from space.text.clean import one_line
from tests.clients.readers import READERS
from tests.support.feeds.calendars import file, only
from tests.support.feeds.ics_parts import parse
from tests.support.feeds.publications import event

HOSTILE = [
    "a\rX-EVIL:1",
    "a\r\nEND:VEVENT",
    "; , \\ \\; \\,",
    "{{!}} <b>&amp;</b>",
    "line\u2028separator",
    '"quoted": x=y;z',
]


@pytest.mark.parametrize("field", ["title", "venue"])
@pytest.mark.parametrize(
    "text",
    [
        "a\rX-EVIL:1",
        "a\nb",
        ";",
        ",",
        "\\",
        "\\n",
        "{{!}}",
        "<b>",
        "a\u2028b",
        "\\" * 80,
    ],
)
def test_vevent_when_a_text_is_hostile_then_it_stays_a_text(
    field: str, text: str
) -> None:
    found = only(**{field: text, "city": ""})
    name = {"title": "SUMMARY", "venue": "LOCATION"}[field]
    assert "X-EVIL" not in found
    assert str(found[name]).removesuffix(", New Zealand") == one_line(text)


def test_calendar_when_its_name_has_line_ends_then_they_go() -> None:
    assert parse(file(event()).encode()).value("NAME") == "Space\\; events\\, all"


@pytest.mark.parametrize("reader", ["ical.js", "libical", "icalendar", "vobject"])
def test_title_when_hostile_then_comes_back_from_every_parser(
    reader: str, tmp_path: Path
) -> None:
    some = [event(number, title=text) for number, text in enumerate(HOSTILE, 1)]
    seen = {each.uid: each.summary for each in READERS[reader](file(*some), tmp_path)}
    assert list(seen.values()) == [one_line(text) for text in HOSTILE]
