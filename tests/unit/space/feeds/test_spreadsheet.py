import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.feeds.spreadsheet import columns, row, sheet
from space.publication.publication import Publication
from space.schema.kinds import load_kind
from tests.support.feeds.calendars import unique
from tests.support.feeds.publications import ADDRESSES, event, events
from tests.support.feeds.registered_events import from_calendar

DANGEROUS = set("=+-@\t\r|%＝＋－＠")
NUMBERS = {"id", "latitude", "longitude"}


def rows(*publications: Publication) -> list[dict[str, str]]:
    """The table as a spreadsheet reads it."""
    text = "".join(sheet().around(row(record, ADDRESSES) for record in publications))
    assert text.startswith("\ufeffid,")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_columns_when_the_schema_has_a_public_field_then_it_is_one() -> None:
    fields = {f.name for f in load_kind("event").fields.values() if not f.private}
    derived = {"id", "page", "starts", "ends", "latitude", "longitude", "updated"}
    derived.add("text_language")
    assert set(columns()) == (fields - {"coordinates"}) | derived
    assert len(set(columns())) == len(columns())


def test_columns_when_fields_came_later_then_they_are_at_the_end() -> None:
    since = {f.name: f.since for f in load_kind("event").fields.values()}
    since["text_language"] = (1, 1, 5)
    versions = [since.get(name, ()) for name in columns()]
    assert versions == sorted(versions)
    assert columns()[:3] == ("id", "page", "title")
    assert columns()[35:38] == ("updated", "also", "confirmed")


def test_row_when_a_calendar_tells_no_mode_then_has_none() -> None:
    records = rows(from_calendar(17), from_calendar(18, mode="hybrid"), event(12))
    assert [record["mode"] for record in records] == ["", "hybrid", "in-person"]


@given(st.lists(events(), max_size=5))
def test_table_when_made_of_any_events_then_no_cell_is_a_formula(
    some: list[Publication],
) -> None:
    publications = unique(some)
    records = rows(*publications)
    assert [int(record["id"]) for record in records] == [
        p.page_id for p in publications
    ]
    for record in records:
        assert list(record) == list(columns())
        assert not any("\n" in cell or "\r" in cell for cell in record.values())
        assert not [n for n in set(columns()) - NUMBERS if record[n][:1] in DANGEROUS]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("＝1", "'＝1"),
        ('a, b; “c” "d"', 'a, b; “c” "d"'),
        ("a\r\n=1", "a =1"),
        ("a;=1; +2;x", "a;'=1; '+2;x"),
    ],
)  # fmt: skip
def test_row_when_a_text_looks_like_a_formula_then_an_apostrophe_stops_it(
    title: str, cell: str
) -> None:
    assert rows(event(12, title=title))[0]["title"] == cell


def test_row_when_an_event_is_full_then_says_what_lists_say() -> None:
    (record,) = rows(
        event(
            12,
            title="Tea",
            coordinates="-36.8506, 174.7679",
            venue="[[Library|Hall]]",
            organizers=("[[User:Ana|Ana N.]]", "Club"),
            languages=("en", "mi"),
        )
    )
    assert {name: cell for name, cell in record.items() if cell} == {
        "id": "12",
        "page": "https://meta.wikimedia.org/wiki/Space/Events/Page_12",
        "title": "Tea",
        "start": "2026-11-28 10:00",
        "end": "2026-11-28 16:00",
        "timezone": "Pacific/Auckland",
        "starts": "2026-11-27T21:00:00Z",
        "ends": "2026-11-28T03:00:00Z",
        "status": "confirmed",
        "mode": "in-person",
        "precision": "exact",
        "link_access": "public",
        "country": "NZ",
        "venue": "Hall",
        "latitude": "-36.8506",
        "longitude": "174.7679",
        "languages": "en; mi",
        "organizers": "Ana N.; Club",
        "updated": "2026-11-01T09:12:00Z",
    }
