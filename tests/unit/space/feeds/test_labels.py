"""Fragments with words: codes have a name for people, and stay for programs."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from icalendar import Calendar

from space.feeds.atom import entry
from space.feeds.envelope import FeedHead
from space.feeds.geojson import Time, feature
from space.feeds.icalendar import calendar, vevent
from space.feeds.labels import (
    labelled_entry,
    labelled_feature,
    labelled_row,
    labelled_vevents,
)
from space.feeds.spreadsheet import columns, row, sheet
from space.publication.places import place_of
from space.publication.publication import Publication
from space.publication.registered import FIRST_CALENDAR_ID, FIRST_ID
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import ADDRESSES, event, events, post
from tests.support.feeds.words import words

ARABIC = words("ar")
TEA = event(12, venue="Te Papa, level 2", city="Wellington", country="NZ",
    topics=("museums", "tea; cake, or \\ both"))  # fmt: skip
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def calendar_of(*fragments: str) -> str:
    head = FeedHead("N", "https://s.example/f", "https://s.example/e", NOON)
    return "".join(calendar(head).around(fragments))


def test_vevent_with_words_names_its_country_and_its_topics() -> None:
    text = labelled_vevents(vevent(TEA, ADDRESSES), ARABIC).replace("\r\n ", "")
    assert "LOCATION:Te Papa\\, level 2\\, Wellington\\, نيوزيلندا\r\n" in text
    labels = 'Galleries\\, libraries & "archives",tea\\; cake\\, or \\\\ both'
    assert f"CATEGORIES:{labels}\r\n" in text


@given(events())
def test_vevent_with_words_differs_in_two_properties_alone(
    some: Publication,
) -> None:
    plain = vevent(some, ADDRESSES)
    told = labelled_vevents(plain, ARABIC)

    def others(text: str) -> list[str]:
        lines = text.replace("\r\n ", "").split("\r\n")
        return [x for x in lines if not x.startswith(("LOCATION:", "CATEGORIES:"))]

    assert others(told) == others(plain)
    faults = set(lint(calendar_of(plain).encode()))
    assert set(lint(calendar_of(told).encode())) <= faults


def test_entry_with_words_has_labels_beside_its_terms() -> None:
    told = labelled_entry(entry(post(3, topics=("glam", "x")), ADDRESSES), ARABIC)
    label = "Galleries, libraries &amp; &quot;archives&quot;"
    assert f'<category term="glam" label="{label}"/>' in told
    assert '<category term="x" label="x"/>' in told


def test_feature_with_words_has_labels_beside_its_codes() -> None:
    somewhere = event(4, country="NZ", type="workshop", languages=("mi", "en"))
    place = place_of(somewhere.values)
    assert place
    time = Time("2026-11-28 10:00", None, NOON, NOON)
    plain = feature(somewhere, place, ADDRESSES, time)
    told = json.loads(labelled_feature(plain, ARABIC))["properties"]
    assert told["title"] == "نيوزيلندا"
    (shown,) = told["events"]
    assert shown["type"] == "workshop"
    assert shown["labels"]["type"] == "ورشة عمل"
    assert shown["labels"]["languages"] == ["الماورية", "الإنجليزية"]
    assert told["country"] == "NZ"


def test_row_with_words_has_labels_behind_all_other_columns() -> None:
    text = "".join(
        sheet(labelled=True).around([labelled_row(row(TEA, ADDRESSES), ARABIC)])
    )
    (cells,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert tuple(cells)[: len(columns())] == columns()
    assert (cells["country"], cells["country_label"]) == ("NZ", "نيوزيلندا")
    assert (cells["status"], cells["status_label"]) == ("confirmed", "مؤكدة")


def announced(page_id: int, **values: str) -> Publication:
    """An event without a page."""
    return replace(event(12), page_id=page_id, values={**event(12).values, **values})


@pytest.mark.parametrize(
    ("some", "said"),
    [
        (announced(FIRST_ID, reviewed="no"), "meta.wikimedia.org. لم يراجعها أحد هنا."),
        (announced(FIRST_ID, reviewed="yes"), "هذه الفعالية في meta.wikimedia.org."),
        (
            announced(FIRST_CALENDAR_ID, reviewed="no", calendar="Wiki; Club, No. 1"),
            "هذه الفعالية من تقويم Wiki; Club, No. 1. لم يراجعها أحد هنا.",
        ),
    ],
)
def test_event_without_a_page_with_words_says_so_in_these(
    some: Publication, said: str
) -> None:
    text = labelled_vevents(vevent(some, ADDRESSES), ARABIC)
    [component] = Calendar.from_ical(calendar_of(text)).walk("VEVENT")
    told, *rest = str(component["DESCRIPTION"]).split("\n\n")
    assert told.endswith(said)
    assert rest
    cells = next(csv.reader(io.StringIO(labelled_row(row(some, ADDRESSES), ARABIC))))
    assert cells[columns().index("summary")].endswith(said)


def test_event_of_a_page_with_words_keeps_what_it_says_itself() -> None:
    page = event(12, summary="Registered on paper.", country="")
    text, cells = vevent(page, ADDRESSES), row(page, ADDRESSES)
    assert "DESCRIPTION:Registered on paper.\\n\\n" in text
    assert labelled_vevents(text, words("en")) == text
    assert "Registered on paper." in labelled_row(cells, words("en"))


def test_digest_of_words_is_another_where_a_label_is() -> None:
    assert words("ar").digest == ARABIC.digest
    assert words("bn").digest != ARABIC.digest
