"""Pages with {{Space event}}: the card, and the categories."""

import json
import re

import pytest

from space.publication.categories import read_category
from tests.lua.data import BASE
from tests.lua.record_pages import TEXT, TITLE, Make, ledger, mark, shown, words


def test_event_shows_its_times_in_its_zone_and_in_utc(scribunto: Make) -> None:
    html = shown(scribunto, {}, end="2026-11-28 16:00")

    assert '<time datetime="2026-11-27T21:00Z">' in html
    said = words(html)
    assert (
        "Saturday, 28 November 2026, 10:00–16:00 Pacific/Auckland (UTC+13:00)" in said
    )
    assert "In UTC: 27 November 2026, 21:00 – 28 November 2026, 03:00" in said


def test_event_of_whole_days_has_no_time_in_utc(scribunto: Make) -> None:
    said = words(shown(scribunto, {}, start="2026-11-13", end="2026-11-15"))

    assert "Friday, 13 November 2026 – Sunday, 15 November 2026" in said
    assert "UTC" not in said


PLACE = {
    "venue": "Old library",
    "address": "44 Lorne Street",
    "city": "Auckland",
    "coordinates": "-36.8506, 174.7679",
    "wikidata": "Q37100",
}


@pytest.mark.parametrize(
    ("precision", "hidden"),
    [
        ("exact", []),
        ("city", ["Old library", "44 Lorne Street", "36.8506", "Q37100"]),
        ("country", ["Old library", "44 Lorne", "36.8506", "Q37100", "<bdi>Auckland"]),
    ],
)
def test_event_shows_no_finer_place_than_it_wants_to(
    scribunto: Make, precision: str, hidden: list[str]
) -> None:
    html = shown(scribunto, {}, precision=precision, **PLACE)

    finer = ["Old library", "44 Lorne", "36.8506", "Q37100", "<bdi>Auckland"]
    for text in finer:
        assert (text in html) is not any(text in gone for gone in hidden)
    assert "New Zealand" in html


def test_event_when_it_has_a_point_and_an_item_then_links_to_them_have_names(
    scribunto: Make,
) -> None:
    html = shown(scribunto, {}, **PLACE)
    last = html.partition(">Where<")[2].partition("</dd>")[0].rpartition("<br>")[2]

    assert re.fullmatch(
        r"\[https://geohack\S+ Map\] · \[https://www.wikidata\S+ Wikidata item\]", last
    )


def test_event_keeps_the_link_for_those_who_register(scribunto: Make) -> None:
    address = "https://meet.example.org/secret"
    links = {"online_link": address, "link_access": "registered"}

    html = shown(scribunto, {}, **links)

    assert address not in html
    assert "The link is sent to people who register." in html
    assert address in shown(scribunto, {}, online_link=address)


def test_inline_field_keeps_its_links_and_nothing_else(scribunto: Make) -> None:
    summary = "See [[GLAM|'''museums''']], <b>not</b> &lt;script&gt; &#123;&#123;x}}"

    html = shown(scribunto, {}, summary=summary)

    assert "[[:GLAM|<bdi>museums</bdi>]]" in html
    assert "{{x}}" not in html
    assert "<script>" not in html
    assert "not <script> {{x}}" in words(html)


def test_categories_are_in_english_and_never_from_topics(scribunto: Make) -> None:
    pages = ledger(state="published", published=mark(7), newest=mark(7))
    html = shown(scribunto, pages, languages="fr; mi", topics="secret", mode="hybrid")

    found = set(re.findall(r"\[\[Category:Space (.*?)\]\]", html))
    assert found == {
        "events",
        "events in 2026-11",
        "events in New Zealand",
        "events online",
        "events in French",
        "events in Māori",
    }


def test_category_when_the_wiki_has_no_english_name_then_is_of_the_code(
    scribunto: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.lua.scribunto._name", lambda *_: "Yorùbá")
    pages = ledger(state="published", published=mark(7), newest=mark(7))
    html = shown(scribunto, pages, languages="yo")
    assert "[[Category:Space events in yo]]" in html
    assert read_category("events in yo") is not None


@pytest.mark.parametrize(("image", "is_there"), [("No.jpg", False), ("A.jpg", True)])
def test_picture_when_there_is_none_of_its_name_then_the_page_says_so(
    scribunto: Make, image: str, *, is_there: bool
) -> None:
    html = shown(scribunto, {"File:A.jpg": ""}, image=image)
    assert ("no picture called “<bdi>No.jpg" in html) is not is_there
    assert ("[[File:A.jpg|thumb" in html) is is_there


def test_categories_when_nobody_approved_a_page_have_it_only_where_it_waits(
    scribunto: Make,
) -> None:
    html = shown(scribunto, {}, languages="fr")
    assert re.findall(r"\[\[Category:(.*?)\]\]", html) == [
        "Space pages waiting for review"
    ]


def test_title_is_repeated_only_where_the_pages_name_does_not_say_it(
    scribunto: Make,
) -> None:
    assert "space-title" not in shown(scribunto, {}, title="Example")
    assert "space-title" in shown(scribunto, {}, title="Example #1")


def test_page_when_dates_are_added_then_they_are_told(scribunto: Make) -> None:
    html = shown(
        scribunto,
        {TITLE: TEXT},
        recurrence="FREQ=MONTHLY;BYMONTHDAY=13;COUNT=3",
        also="2026-12-27 18:00; 2027-01-03",
    )

    assert "every month · day 13 · 3 times" in words(html)
    assert "Sunday, 27 December 2026, 18:00, Sunday, 3 January 2027" in words(html)


SETTINGS = {"Space/Settings": "{{Space settings|tool=https://space.example.org}}"}


def dated(**fields: object) -> dict[str, str]:
    """The page of a published series, and its block of dates."""
    published = ledger(state="published", published=mark(3), newest=mark(3))
    page = {"schema": 1, "events": [{"id": 12} | fields]}
    return published | SETTINGS | {f"{BASE}/Dates/0.json": json.dumps(page)}


def test_series_when_it_is_published_then_its_next_date_comes_first(
    scribunto: Make,
) -> None:
    dates = [
        {"start": f"2027-{month}-04 18:00", "end": f"2027-{month}-04 20:00"}
        for month in ("02", "05", "06")
    ]
    rule = {"recurrence": "FREQ=MONTHLY;COUNT=9", "timezone": "Europe/Berlin"}

    html = shown(scribunto, dated(next=dates, further=2), **rule)

    said = words(html)
    assert "Next date Thursday, 4 February 2027, 18:00–20:00 Europe/Berlin" in said
    assert "Then: 4 May 2027, 4 June 2027 · + 2 more dates" in said
    assert '<time datetime="2027-02-04T17:00Z">' in html


def test_event_when_it_does_not_recur_or_is_not_published_then_it_reads_no_dates(
    scribunto: Make,
) -> None:
    pages = dated(next=[{"start": "2027-02-04 18:00"}])
    rule = {"recurrence": "FREQ=MONTHLY;COUNT=9"}

    assert "Next date" not in shown(scribunto, pages)
    waiting = pages | ledger(state="waiting", newest=mark(3))
    assert "Next date" not in shown(scribunto, waiting, **rule)
    assert "Next date" not in shown(scribunto, ledger(), **rule)
    off = shown(scribunto, pages, status="cancelled", **rule)
    assert "Next date" not in off
    assert "28 November 2026" in off


@pytest.mark.parametrize(
    ("status", "has_file"), [("confirmed", True), ("cancelled", False)]
)
def test_event_when_it_is_published_then_it_leads_to_the_tool(
    scribunto: Make, status: str, *, has_file: bool
) -> None:
    html = shown(scribunto, dated(), status=status)

    assert "[https://space.example.org/events/12 Map and calendars]" in html
    assert ("/events/12.ics" in html) is has_file
