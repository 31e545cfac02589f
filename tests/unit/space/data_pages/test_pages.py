import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.data_pages.map import map_pages
from space.data_pages.pages import (
    MAX_BYTES,
    beside_pages,
    by_start,
    date_pages,
    event_pages,
    post_pages,
    stored_size,
)
from space.publication.publication import Publication
from space.publication.related import RECENT
from space.publication.series_date import cancelled_on
from space.publication.translations import PostVersion
from space.store import Occurrence
from tests.support.feeds.publications import (
    TODAY,
    event,
    events,
    occurrences,
    post,
    posts,
)
from tests.support.feeds.registered_events import from_calendar

DAY = timedelta(days=1)
BOT = "User:SpaceBot/Space"


def rows(*publications: Publication, today: date = TODAY) -> list[Occurrence]:
    return occurrences(publications, today)


def months(*publications: Publication) -> list[str]:
    index = event_pages(BOT, rows(*publications))[f"{BOT}/Events.json"]
    return [part["key"] for part in index["parts"]]


def test_event_pages_when_an_event_is_full_then_its_entry_is_as_documented() -> None:
    full = event(
        12,
        title="X",
        summary="About [[w:Pacific|the Pacific]]",
        venue="[[Library]]",
        city="Auckland",
        coordinates="-36.8506, 174.0",
        languages=("en",),
        topics=("a", "b"),
        wikis=("enwiki",),
        audience=("newcomers",),
        organizers=("[[User:Ana|Ana N.]]", "Club"),
        type="workshop",
        series="S",
        image="I.jpg",
        website="https://x.org/",
        address="44 Lorne Street",
        online_link="https://meet.example.org/",
        registration_link="https://r.example.org/",
        accessibility="Lift",
    )
    assert event_pages(BOT, rows(full)) == {
        f"{BOT}/Events/2026-11.json": {
            "schema": 1,
            "events": [
                {
                    "id": 12,
                    "page": "Space/Events/Page 12",
                    "rev": 120,
                    "title": "X",
                    "summary": "About the Pacific",
                    "start": "2026-11-28 10:00",
                    "end": "2026-11-28 16:00",
                    "zone": "Pacific/Auckland",
                    "from": "2026-11-27T21:00Z",
                    "to": "2026-11-28T03:00Z",
                    "status": "confirmed",
                    "mode": "in-person",
                    "country": "NZ",
                    "city": "Auckland",
                    "venue": "Library",
                    "lat": -36.8506,
                    "lon": 174,
                    "languages": ["en"],
                    "topics": ["a", "b"],
                    "wikis": ["enwiki"],
                    "type": "workshop",
                    "audience": ["newcomers"],
                    "organizers": ["Ana N.", "Club"],
                    "organizer_pages": ["User:Ana"],
                    "series": "S",
                    "image": "I.jpg",
                    "website": "https://x.org/",
                }
            ],
        },
        f"{BOT}/Events.json": {
            "schema": 1,
            "parts": [{"key": "2026-11", "part": 1, "count": 1}],
        },
    }


def test_event_pages_when_a_calendar_tells_no_mode_then_an_entry_has_none() -> None:
    pages = event_pages(BOT, rows(from_calendar(17), from_calendar(18, mode="hybrid")))
    entries = pages[f"{BOT}/Events/2026-12.json"]["events"]
    assert [entry.get("mode") for entry in entries] == [None, "hybrid"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"start": "2026-11-28", "end": "2027-01-02"},
            ["2026-11", "2026-12", "2027-01"],
        ),
        # in Auckland it is already December, in UTC still November
        ({"start": "2026-12-01 10:00", "end": ""}, ["2026-11", "2026-12"]),
        ({"start": "2026-11-30 00:00", "end": "", "timezone": "UTC"}, ["2026-11"]),
        ({"start": "2026-11-30", "end": "", "timezone": "UTC"}, ["2026-11"]),
        (
            {"start": "2026-11-01", "end": "", "recurrence": "FREQ=MONTHLY;COUNT=3"},
            ["2026-10", "2026-11", "2026-12", "2027-01"],
        ),
    ],
)
def test_event_pages_when_an_event_touches_months_then_it_stands_in_each(
    values: dict[str, str], expected: list[str]
) -> None:
    assert months(event(1, **values)) == expected


def test_event_pages_when_an_event_lasts_for_centuries_then_pages_are_bounded() -> None:
    assert len(months(event(1, start="1900-01-01", end="2199-12-31"))) == 60


def test_event_pages_when_several_begin_then_order_is_by_start_then_id() -> None:
    found = event_pages(
        BOT,
        rows(
            event(3),
            event(2),
            event(1, start="2026-11-28 15:00", end=""),
            event(4, start="2026-11-27 22:00", end="", timezone="America/New_York"),
        ),
    )
    entries = found[f"{BOT}/Events/2026-11.json"]["events"]
    assert [entry["id"] for entry in entries] == [2, 3, 1, 4]


def test_event_pages_when_a_series_ends_then_each_date_says_how_many_follow() -> None:
    ending = event(1, recurrence="FREQ=WEEKLY;COUNT=3", image="A.jpg", image_alt="B")
    endless = event(2, recurrence="FREQ=WEEKLY")
    off = event(3, recurrence="FREQ=WEEKLY;COUNT=3", status="cancelled")
    pages = event_pages(BOT, rows(ending, endless, off))
    entries = [entry for page in pages.values() for entry in page.get("events", ())]
    assert [e.get("later") for e in entries if e["id"] == 1] == [2, 1, None]
    assert not any("later" in e for e in entries if e["id"] != 1)
    assert {e.get("image_alt") for e in entries} == {"B", None}


def test_date_pages_when_events_recur_then_their_next_dates_are_named() -> None:
    ending = event(1, recurrence="FREQ=WEEKLY;COUNT=9")
    endless = event(250, recurrence="FREQ=WEEKLY")
    over = event(2, start="2026-01-01", end="2026-01-02", also=("2026-01-08",))
    off = event(4, recurrence="FREQ=WEEKLY", status="cancelled")
    found = rows(ending, endless, over, event(3), off)
    pages = date_pages(BOT, found, date(2026, 12, 6))
    assert set(pages) == {f"{BOT}/Dates/0.json", f"{BOT}/Dates/2.json"}
    (first,), (second,) = (page["events"] for page in pages.values())
    assert first["id"] == 1
    assert first["next"][0] == {"start": "2026-12-12 10:00", "end": "2026-12-12 16:00"}
    assert (len(first["next"]), first["further"]) == (6, 1)
    assert (len(second["next"]), "further" in second) == (6, False)


def test_event_pages_when_a_month_is_too_long_then_it_goes_on_in_parts() -> None:
    many = [event(number, summary="<" * 500) for number in range(1, 151)]
    pages = event_pages(BOT, rows(*many))
    index = pages[f"{BOT}/Events.json"]["parts"]
    assert [part["part"] for part in index] == [1, 2, 3]
    assert sum(part["count"] for part in index) == 150
    assert list(pages) == [
        f"{BOT}/Events/2026-11.json",
        f"{BOT}/Events/2026-11/2.json",
        f"{BOT}/Events/2026-11/3.json",
        f"{BOT}/Events.json",
    ]
    assert all(on_the_wiki(page) < 256 * 1024 for page in pages.values())


def test_pages_when_there_is_nothing_then_indexes_are_empty() -> None:
    assert event_pages(BOT, []) == {f"{BOT}/Events.json": {"schema": 1, "parts": []}}
    assert post_pages(BOT, []) == {f"{BOT}/Posts.json": {"schema": 1, "parts": []}}
    assert map_pages(BOT, [], TODAY) == {f"{BOT}/Map.json": {"schema": 1, "places": []}}


def test_post_pages_when_posts_are_of_two_years_then_each_has_a_page() -> None:
    old = replace(post(9), published=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    full = post(
        3,
        summary="[[A|b]]",
        authors=("[[User:Ana]]", "Ben"),
        topics=("x",),
        series="S",
        date="2026-11-01",
        image="I.jpg",
        image_alt="Alt",
        original="Space/Blog/O",
        status="ready",
    )
    pages = post_pages(BOT, [post(2), old, full])
    assert list(pages) == [
        f"{BOT}/Posts/2025.json",
        f"{BOT}/Posts/2026.json",
        f"{BOT}/Posts.json",
    ]
    assert [entry["id"] for entry in pages[f"{BOT}/Posts/2026.json"]["posts"]] == [3, 2]
    assert pages[f"{BOT}/Posts/2026.json"]["posts"][0] == {
        "id": 3,
        "page": "Space/Blog/Page 3",
        "rev": 30,
        "title": "Post 3",
        "summary": "b",
        "language": "en",
        "authors": ["Ana", "Ben"],
        "author_pages": ["User:Ana"],
        "topics": ["x"],
        "series": "S",
        "date": "2026-11-01",
        "published": "2026-11-01T08:03Z",
        "image": "I.jpg",
        "image_alt": "Alt",
        "original": "Space/Blog/O",
    }


def test_beside_pages_when_events_share_topics_then_new_posts_name_them() -> None:
    versions = tuple(PostVersion(x, "T", p, "T") for x, p in (("en", 13), ("fr", 14)))
    new = replace(
        post(13, topics=("Tea", "maps")), published=at(TODAY), versions=versions
    )
    french = replace(post(14, language="fr"), published=at(TODAY), versions=versions)
    old = replace(new, page_id=15, versions=(), published=at(TODAY) - RECENT - DAY)
    coming = rows(
        event(1, start="2027-01-02 10:00", end="", topics=("tea",)),
        event(2, start="2027-01-03 10:00", end="", topics=("tea", "maps")),
        event(3, start="2027-01-01 10:00", end="", topics=("coffee",)),
        event(4, start="2027-01-01", end="", recurrence="FREQ=DAILY", topics=("tea",)),
        event(5, start="2027-01-05 10:00", end="", topics=("tea",)),
    )
    coming.sort(key=by_start)
    pages = beside_pages(BOT, [old, french, new], coming, TODAY)
    entries = {entry["id"]: entry for entry in pages[f"{BOT}/Beside/0.json"]["posts"]}
    found = {page: entry.get("events", []) for page, entry in entries.items()}
    assert [entry["page"].split()[-1] for entry in found[13]] == ["2", "4", "1"]
    assert found[13][1]["start"] == "2027-01-01"
    assert found[14] == found[13]
    assert found[15] == []


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_map_pages_when_events_share_a_place_then_one_place_lists_them() -> None:
    here = {"coordinates": "-36.85, 174.76", "venue": "[[Hall]]"}
    ten = [event(number, **here) for number in range(10, 0, -1)]
    other = event(11, coordinates="52, 13", country="DE", city="Berlin")
    (page,) = map_pages(BOT, rows(*ten, other, event(12)), TODAY).values()
    assert [len(place["events"]) for place in page["places"]] == [10, 1, 1]
    assert [entry["id"] for entry in page["places"][0]["events"]] == list(range(1, 11))
    assert page["places"][1] == {
        "lat": 52,
        "lon": 13,
        "precision": "exact",
        "label": "Berlin",
        "country": "DE",
        "city": "Berlin",
        "events": [
            {
                "id": 11,
                "page": "Space/Events/Page 11",
                "title": "Event 11",
                "start": "2026-11-28 10:00",
                "end": "2026-11-28 16:00",
                "zone": "Pacific/Auckland",
                "from": "2026-11-27T21:00Z",
                "to": "2026-11-28T03:00Z",
                "status": "confirmed",
                "mode": "in-person",
            }
        ],
    }
    assert page["places"][2]["precision"] == "country"
    assert not page["places"][2].keys() & {"lat", "lon", "label", "city"}


def test_map_pages_when_a_country_has_many_events_then_no_entry_is_too_big() -> None:
    many = [event(number, title="&" * 200) for number in range(1, 251)]
    pages = map_pages(BOT, rows(*many), TODAY)
    places = [place for page in pages.values() for place in page["places"]]
    assert sorted(len(place["events"]) for place in places) == [50, 100, 100]
    assert all(on_the_wiki(page) < 256 * 1024 for page in pages.values())


def test_map_pages_when_an_event_recurs_then_the_next_time_stands_for_all() -> None:
    weekly = event(1, coordinates="1, 2", recurrence="FREQ=WEEKLY;COUNT=9")
    (page,) = map_pages(BOT, rows(weekly), date(2026, 12, 8)).values()
    (place,) = page["places"]
    assert [entry["start"] for entry in place["events"]] == ["2026-12-12 10:00"]


def test_map_pages_when_places_are_too_many_then_further_parts_follow() -> None:
    many = [
        event(number, coordinates=f"{number / 100}, 9", title="&" * 200)
        for number in range(1, 401)
    ]
    pages = map_pages(BOT, rows(*many), TODAY)
    first = pages[f"{BOT}/Map.json"]
    assert first["parts"] == len(pages) > 1
    assert set(pages) == {
        f"{BOT}/Map.json",
        *(f"{BOT}/Map/{number}.json" for number in range(2, len(pages) + 1)),
    }
    assert sum(len(page["places"]) for page in pages.values()) == 400
    assert all(on_the_wiki(page) < 256 * 1024 for page in pages.values())


def on_the_wiki(page: object) -> int:
    """The size of a page as MediaWiki stores it."""
    text = json.dumps(page, ensure_ascii=False, indent=4)
    for character in "<>&":
        text = text.replace(character, "\\u0000")
    return len(text.encode())


@settings(max_examples=20)
@given(st.lists(events(), max_size=5), st.lists(posts(), max_size=5), st.randoms())
def test_pages_when_rows_come_in_any_order_then_pages_are_the_same(
    some: list[Publication], others: list[Publication], random: object
) -> None:
    some = list({entry.page_id: entry for entry in some}.values())
    others = list({entry.page_id: entry for entry in others}.values())

    def made(first: Iterable[Publication], second: Iterable[Publication]) -> list[str]:
        pages = (
            event_pages(BOT, rows(*first)),
            post_pages(BOT, second),
            map_pages(BOT, rows(*first), TODAY),
        )
        return [json.dumps(page) for page in pages]

    expected = made(some, others)
    random.shuffle(some)
    random.shuffle(others)
    assert made(some, others) == expected


@given(events())
def test_event_pages_when_any_event_is_listed_then_nothing_else_leaves(
    publication: Publication,
) -> None:
    pages = event_pages(BOT, rows(publication))
    entries = [entry for page in pages.values() for entry in page.get("events", ())]
    assert entries or "recurrence" in publication.values
    for entry in entries:
        assert not {"address", "contact", "online_link", "body"} & set(entry)
        assert "" not in entry.values()
        assert not any(name.isdigit() for name in entry)
        assert entry["from"] <= entry["to"]
        assert stored_size(entry) < MAX_BYTES
    assert json.loads(json.dumps(pages)) == pages


def test_event_pages_when_a_series_dropped_a_date_then_it_counts_for_itself() -> None:
    series = event(1, recurrence="FREQ=WEEKLY;COUNT=3", **{"except": ("2026-12-05",)})
    first, last = rows(series)
    cancelled = cancelled_on(series, "2026-12-05 10:00")
    begins = first.begins + 7 * DAY
    dropped = Occurrence(
        cancelled,
        "2026-12-05 10:00",
        "2026-12-05 16:00",
        begins,
        begins + timedelta(hours=6),
        dropped=True,
    )
    pages = event_pages(BOT, [first, dropped, last])
    entries = [
        entry
        for month in ("2026-11", "2026-12")
        for entry in pages[f"{BOT}/Events/{month}.json"]["events"]
    ]
    told = [
        (e["start"], e["status"], e.get("dropped"), e.get("later")) for e in entries
    ]
    assert told == [
        ("2026-11-28 10:00", "confirmed", None, 1),
        ("2026-12-05 10:00", "cancelled", True, None),
        ("2026-12-12 10:00", "confirmed", None, None),
    ]
    assert "confirmed" not in entries[1]
    assert date_pages(BOT, [first, dropped, last], TODAY) == date_pages(
        BOT, [first, last], TODAY
    )
