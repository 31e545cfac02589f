import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote

import pytest

from space.publication.publication import Publication
from space.store.heartbeat import Heartbeat, RunResult, beat
from space.store.keys import COMPLETE
from tests.support.feeds.publications import NOW, event, post
from tests.support.tool.app import CONFIG, ToolApp
from tool.app.reading import routes


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(
            12,
            title="Tea & <b>cake</b>",
            city="Auckland",
            summary="With [[w:Tea|tea]] & more.",
            organizers=("[[User:Ana|Ana]]",),
            topics=("tea",),
        ),
        event(14, title="हिन्दी कार्यशाला 🎉", country="IN", timezone="Asia/Kolkata"),
        event(16, title="Call", mode="online", country="", start="2026-12-01", end=""),
        event(18, title="Old", start="2020-01-01 10:00", end=""),
        post(13, title="News", summary="What is [[new]]."),
        post(15, title="أخبار", language="ar"),
    )
    return tool


def test_front_when_opened_then_shows_what_is_next_and_new(
    published: ToolApp,
) -> None:
    page = unescape(published.get("/").text)
    for words in ("हिन्दी कार्यशाला 🎉", "Call", "أخبار", "News", "November 2026"):
        assert words in page
    assert ">Old<" not in page
    assert 'lang="ar" dir="rtl"' in page


def test_values_when_they_look_like_markup_then_are_shown_as_text(
    published: ToolApp,
) -> None:
    page = published.get("/events").text
    assert "Tea &amp; &lt;b&gt;cake&lt;/b&gt;" in page
    assert "<b>cake" not in page


def test_events_when_nothing_is_asked_then_are_those_to_come(
    published: ToolApp,
) -> None:
    page = published.get("/events").text
    assert ">Old<" not in page
    assert ">Old<" in published.get("/events?from=2019-12-31&to=2020-01-01").text


def test_events_when_filtered_then_only_those_are_shown(published: ToolApp) -> None:
    page = published.get("/events?country=IN&q=%E0%A4%B9%E0%A4%BF%E0%A4%A8").text
    assert "कार्यशाला" in page
    assert "Call" not in page
    assert re.search(
        r'class="filter-chip" href="[^"]*"><span>Country: <bdi>India<', page
    )
    assert "/feeds/events.ics?country=IN" in page


def test_events_when_there_are_more_than_a_page_then_all_can_be_reached(
    tool: ToolApp,
) -> None:
    tool.publish(*(event(number, title=f"Nr{number}.") for number in range(100, 165)))
    paths = ("/events", "/events?page=1", "/events?page=2")
    pages = [tool.get(path).text for path in paths]
    for number in range(100, 165):
        assert sum(f"Nr{number}." in page for page in pages) == 1
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[2]
    assert 'rel="prev"' in pages[2]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("?page=-1", "page"),
        ("?page=" + "9" * 5000, "page"),
        ("?to=2026-13-01", "to"),
    ],
)
def test_events_when_a_filter_is_wrong_then_the_page_names_it(
    published: ToolApp, query: str, key: str
) -> None:
    response = published.get(f"/events{query}")
    assert response.status_code == 400
    assert f"“{key}”" in response.text
    assert "<html" in response.text


def test_event_when_opened_then_shows_facts_in_its_zone_and_utc_to_who_is_elsewhere(
    published: ToolApp,
) -> None:
    page = unescape(published.get("/events/12-tea-b-cake-b").text).replace(
        "\u202f", " "
    )
    assert "Saturday, 28 November 2026, 10:00 – 16:00" in page
    assert "Auckland (UTC+13:00)" in page
    in_utc = "Fri, 27 Nov 2026, 21:00 – Sat, 28 Nov 2026, 03:00 UTC"
    assert in_utc not in page
    published.publish(event(40, title="Call", mode="online"))
    assert in_utc in unescape(published.get("/events/40-call").text)
    assert 'datetime="2026-11-27T21:00:00+00:00"' in page
    assert (
        '<a href="https://wiki.example/wiki/w:Tea">tea</a>' in page or "tea</a>" in page
    )
    assert (
        "Space/Events/Page 12" not in page.split("<article")[1].split("</article>")[0]
    )


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/events/12", "/events/12-tea-b-cake-b"),
        ("/events/12-wrong", "/events/12-tea-b-cake-b"),
        ("/events/14", f"/events/14-{quote('हिन्दी-कार्यशाला')}"),
        ("/blog/13", "/blog/13-news"),
    ],
)
def test_address_when_it_is_not_the_canonical_one_then_leads_there(
    published: ToolApp, path: str, canonical: str
) -> None:
    response = published.get(path)
    assert (response.status_code, response.location) == (301, canonical)
    assert published.get(canonical).status_code == 200


def test_address_when_the_title_has_no_word_then_is_the_number(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, title="🎉"))
    assert tool.get("/events/12").status_code == 200
    assert 'href="/events/12"' in tool.get("/events").text


@pytest.mark.parametrize(
    "path",
    [
        "/events/13",
        "/blog/12",
        "/events/999",
        "/events/x",
        f"/events/{10**30}",
        "/edit/0",
    ],
)
def test_address_when_nothing_is_published_there_then_is_404(
    published: ToolApp, path: str
) -> None:
    response = published.get(path)
    assert response.status_code == 404
    assert "<html" in response.text


def test_event_when_cancelled_or_over_then_says_so(tool: ToolApp) -> None:
    tool.publish(
        event(12, title="A", status="cancelled"),
        event(14, title="B", start="2020-01-01", end=""),
    )
    assert "This event has been cancelled." in tool.get("/events/12-a").text
    assert "This event has ended." in tool.get("/events/14-b").text


def test_event_when_it_repeats_then_shows_the_next_dates(tool: ToolApp) -> None:
    tool.publish(
        event(
            12,
            title="Weekly",
            start="2026-11-02 18:00",
            end="2026-11-02 19:00",
            recurrence="FREQ=WEEKLY;COUNT=10",
        )
    )
    page = tool.get("/events/12-weekly").text
    assert "Monday, 23 November 2026" in page
    assert 'rel="next" href="/events/12-weekly?date=2026-11-30"' in page
    assert "Monday, 2 November 2026" not in page
    assert "Every Monday, 10 times, until 4 January 2027" in page


def test_post_when_opened_then_its_text_is_in_its_language(
    published: ToolApp,
) -> None:
    text = "{{Space post|title=أخبار|language=ar}}\nنص المقال."
    revision = published.wiki.write("Space/Blog/Page 15", text).revid
    published.publish(post(15, title="أخبار", language="ar", revision=str(revision)))
    page = published.get(f"/blog/15-{quote('أخبار')}").text
    assert '<article class="item item--post" lang="ar" dir="rtl">' in page


def test_post_when_the_wiki_is_silent_then_says_where_the_text_is(
    published: ToolApp,
) -> None:
    published.down = True
    page = published.get("/blog/13-news")
    assert page.status_code == 200
    assert "the text is missing here" in page.text


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "26-11", "x", "1850-01"])
def test_calendar_when_there_is_no_such_month_then_is_404(
    tool: ToolApp, month: str
) -> None:
    assert tool.get(f"/calendar/{month}").status_code == 404


def test_calendar_when_opened_then_is_the_current_month(published: ToolApp) -> None:
    assert published.get("/calendar").location == "/calendar/2026-11"
    page = published.get("/calendar/2026-11").text
    assert 'aria-current="date"' in page
    assert "कार्यशाला" in page
    assert "/calendar/2026-10" in page
    assert "/calendar/2026-12" in page


@pytest.mark.parametrize(
    ("query", "month"),
    [
        ("from=2026-12-01&to=2026-12-31&language=de", "2026-12"),
        ("from=2027-02-10", "2027-02"),
        ("to=2027-02-10", "2026-11"),  # from now on
        ("to=2026-09-10", "2026-09"),
        ("from=1850-01-01", "2026-11"),  # no month that there is a page for
        ("", "2026-11"),
    ],
)
def test_calendar_when_days_are_asked_for_then_opens_their_first_month(
    published: ToolApp, query: str, month: str
) -> None:
    response = published.get(f"/calendar?{query}")
    path, _, rest = response.location.partition("?")
    assert path == f"/calendar/{month}"
    assert set(rest.split("&")) == set(query.split("&"))
    assert published.get(response.location).status_code == 200


def test_calendar_when_opened_then_has_one_way_to_today(published: ToolApp) -> None:
    page = published.get("/calendar/2026-12?from=2026-12-01").text
    assert re.findall(r'href="([^"]*)"[^>]*>Today<', page) == [
        "/calendar/2026-11?from=2026-12-01#today"
    ]
    assert "when=" not in page


def test_event_when_read_without_translations_then_dates_do_not_mix_with_english(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(
            12, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=5", end="", mode="hybrid"
        ),
        event(
            13,
            title="Moved",
            start="2026-12-06 10:00",
            end="",
            series="Space/Events/Page 12",
            occurrence="2026-12-05 10:00",
        ),
    )
    page = tool.get("/events/12-weekly?uselang=fa").text
    assert re.search(r"[\u0600-\u06ff][^<,]* UTC</span>", page)
    assert re.search(
        r"<bdi><a [^>]*><bdi>Moved</bdi>،\u200f <bdi>[^<,]+</bdi></a></bdi>,"
        r" moved from <bdi>[^<,]+</bdi>",
        page,
    )
    english = tool.get("/events/12-weekly").text
    assert "<bdi>Moved</bdi>, <bdi>Sun" in english
    assert ", moved from Sat" in english


def test_calendar_when_an_event_ends_at_midnight_then_is_not_on_the_next_day(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, title="Late", start="2026-11-28 20:00", end="2026-11-29 00:00")
    )
    page = tool.get("/calendar/2026-11").text
    assert page.count("<bdi>Late</bdi>") == 2  # once in the table, once in the list


def test_map_when_opened_then_lists_every_event_by_place(published: ToolApp) -> None:
    published.publish(
        event(
            20, title="Pin", country="NZ", city="Auckland", coordinates="-36.8, 174.7"
        )
    )
    page = published.get("/map").text
    for words in ("New Zealand", "Auckland", "India", "Call", "Pin"):
        assert words in page
    assert '<circle cx="354.7" cy="126.8"' in page
    assert "vendor/leaflet" not in page


def test_map_when_a_city_is_spelt_in_two_ways_then_lists_it_once(
    tool: ToolApp,
) -> None:
    tool.publish(
        *(
            event(number, country="DE", city=city)
            for number, city in enumerate(("Köln", "KÖLN"), 20)
        )
    )
    assert tool.get("/map").text.count('<div class="place"') == 1


def test_map_when_filtered_then_has_only_those_and_leads_to_their_list(
    published: ToolApp,
) -> None:
    page = published.get("/map?country=IN").text
    assert "हिन्दी" in page
    assert "Call" not in page
    assert "/events?country=IN" in page
    assert "/feeds/events.geojson?country=IN" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?from=2026-11-27", {"Tea", "हिन्दी"}),
        ("?to=2026-11-26", set()),
        ("?country=IN", {"हिन्दी"}),
        ("?mode=online", set()),
    ],
)
def test_calendar_when_filtered_then_has_only_those(
    published: ToolApp, query: str, shown: set[str]
) -> None:
    page = published.get(f"/calendar/2026-11{query}").text
    assert {
        name for name in ("Tea", "हिन्दी", "Call") if f"<bdi>{name}" in page
    } == shown


def test_calendar_when_a_series_is_asked_for_by_days_then_shows_those_of_its_times(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(
            12,
            title="Daily",
            start="2026-11-02 12:00",
            end="",
            timezone="UTC",
            recurrence="FREQ=DAILY;COUNT=20",
        )
    )
    page = tool.get("/calendar/2026-11?from=2026-11-05&to=2026-11-07").text
    assert page.count('<li class="event-item') == 3


def test_map_when_there_are_too_many_events_then_leads_to_all(
    published: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "only the first events" not in published.get("/map").text
    monkeypatch.setattr(routes, "ON_MAP", 2)
    page = published.get("/map").text
    assert "only the first events" in page
    assert "Call" not in page


def test_map_when_a_series_has_many_times_then_takes_the_room_of_one(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool.publish(
        event(12, title="Weekly", end="", recurrence="FREQ=WEEKLY;COUNT=20"),
        event(14, title="Spring", start="2027-03-01", end=""),
    )
    monkeypatch.setattr(routes, "ON_MAP", 2)
    page = tool.get("/map").text
    assert "Spring" in page
    assert page.count("<bdi>Weekly</bdi>") == 1
    assert "only the first events" not in page


def test_map_when_there_are_tiles_then_a_script_may_show_them() -> None:
    tiles = "https://maps.example.org/{z}/{x}/{y}.png"
    tool = ToolApp(config=replace(CONFIG, tile_url=tiles))
    page = tool.get("/map").text
    assert f'data-tiles="{tiles}"' in page
    assert "leaflet.js" in page


def test_status_when_opened_then_tells_numbers(published: ToolApp) -> None:
    page = published.get("/status")
    assert page.status_code == 200
    assert "Sun, 22 Nov 2026" in page.text


def test_status_when_bots_ran_then_tells_when_and_how(published: ToolApp) -> None:
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    for ending in RunResult:
        beat(published.store, Heartbeat(f"task-{ending}", at, ending))
    page = published.get("/status?uselang=qqx").text
    for ending in RunResult:
        assert f"task-{ending}" in page
        assert f"(tool-status-ending-{ending})" in page


@pytest.mark.parametrize(("seconds", "is_told"), [(20, False), (300, True)])
def test_status_when_the_bots_are_behind_then_tells_how_far_from_a_minute_on(
    published: ToolApp, seconds: int, *, is_told: bool
) -> None:
    at, lag = datetime(2026, 11, 22, 9, 30, tzinfo=UTC), timedelta(seconds=seconds)
    beat(published.store, Heartbeat("watch", at, RunResult.FINE, lag))
    assert ("5 minutes behind the wiki" in published.get("/status").text) is is_told


@pytest.mark.parametrize("path", ["/", "/events", "/status"])
def test_page_when_the_index_is_not_complete_then_says_to_come_back(
    tool: ToolApp, path: str
) -> None:
    tool.store.set_value(COMPLETE, None)
    response = tool.get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"


def test_page_when_asked_in_another_language_then_links_keep_it(
    published: ToolApp,
) -> None:
    page = published.get("/?uselang=fa").text
    assert '<html lang="fa" dir="rtl" data-digits="arabext"' in page
    assert "/events?uselang=fa" in page
    assert "/feeds/events.ics?uselang" not in page
    assert '<span lang="en" dir="ltr">Upcoming events</span>' in page


def test_page_when_qqx_then_shows_message_keys(tool: ToolApp) -> None:
    assert "(tool-front-title)" in tool.get("/?uselang=qqx").text


def weekly(**values: object) -> Publication:
    return event(
        30,
        title="Weekly tea",
        recurrence="FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
        **values,
    )


CHANGED = {
    "title": "Tea elsewhere",
    "start": "2026-12-13 10:00",
    "end": "",
    "series": "Space/Events/Page 30",
    "occurrence": "2026-12-12",
}


def test_event_when_it_repeats_then_says_so_in_words(tool: ToolApp) -> None:
    tool.publish(weekly())
    page = tool.get("/events/30-weekly-tea").text
    assert "Every 2 weeks on Saturday" in page
    tool.publish(event(31, title="Odd", recurrence="FREQ=MONTHLY;BYMONTHDAY=1,2"))
    assert "On a custom schedule" in tool.get("/events/31-odd").text


def test_event_when_a_date_is_changed_then_both_pages_tell_of_it(
    tool: ToolApp,
) -> None:
    tool.publish(weekly(), event(31, **CHANGED))
    page = unescape(tool.get("/events/30-weekly-tea").text)
    assert 'href="/events/31-tea-elsewhere"' in page
    assert "moved from Saturday, 12 December 2026" in page
    assert "?date=2026-12-12" not in page
    page = unescape(tool.get("/events/31-tea-elsewhere").text)
    assert 'href="/events/30-weekly-tea"' in page
    assert "moved from Saturday, 12 December 2026" in page


def test_lists_when_a_series_went_quiet_then_it_is_marked(tool: ToolApp) -> None:
    quiet = replace(weekly(), updated=NOW - timedelta(days=200))
    tool.publish(quiet)
    assert "Last confirmed: Wed, 6 May 2026" in tool.get("/events").text
    assert "(Last confirmed: Wed, 6 May" in tool.get("/calendar/2026-12").text
    assert "was last confirmed on" in tool.get("/events/30-weekly-tea").text
    assert 'href="/edit/30?confirm=yes"' in tool.get("/events/30-weekly-tea").text
    tool.sign_in("Ana")
    assert 'href="/edit/30?confirm=yes"' in tool.get("/mine").text
    tool.publish(replace(quiet, values={**quiet.values, "confirmed": "2026-11-01"}))
    assert "onfirmed since" not in tool.get("/events").text
    assert "confirm=yes" not in tool.get("/mine").text
