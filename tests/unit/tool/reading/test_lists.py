"""Lists of events and posts: what stands in them, once, and in which order."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from space.settings.topics import Topics
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp

HEADING = re.compile(r'<h[23] id="(?:month|ongoing)[^>]*>([^<]*)<')
TITLE = re.compile(r'event-item__title"><a[^>]*><bdi>([^<]*)<')


@pytest.fixture
def calendar(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(
            12,
            title="Weekly",
            start="2026-11-25 18:00",
            end="2026-11-25 20:00",
            recurrence="FREQ=WEEKLY;COUNT=9",
        ),
        event(
            14,
            title="Walk",
            summary="Along the [[river]].",
            type="meetup",
            languages=("en", "mi"),
        ),
        event(16, title="Off", status="cancelled"),
        event(18, title="Contest", start="2026-11-01", end="2026-11-30"),
        event(20, title="Camp", start="2026-12-01", end="2026-12-20"),
    )
    return tool


def test_events_when_listed_then_stand_below_their_months_and_campaigns_apart(
    calendar: ToolApp,
) -> None:
    page = calendar.get("/events").text
    assert HEADING.findall(page) == ["November 2026", "December 2026", "Ongoing"]
    assert TITLE.findall(page) == ["Weekly", "Walk", "Off", "Camp", "Contest"]
    assert "until Mon, 30 Nov 2026" in page
    assert "5 events on 13 dates" in page


def test_events_when_a_page_is_turned_then_campaigns_stay_on_the_first(
    calendar: ToolApp,
) -> None:
    calendar.publish(*(event(number) for number in range(100, 130)))
    first, second = (calendar.get(path).text for path in ("/events", "/events?page=1"))
    assert (">Ongoing<" in first, ">Ongoing<" in second) == (True, False)
    for page in (first, second):
        assert "35 events on 43 dates" in page


def test_series_when_listed_then_is_one_row_with_the_way_to_each_date(
    calendar: ToolApp,
) -> None:
    page = calendar.get("/events").text
    (details,) = re.findall(
        r'<details class="more-dates">.*?</details>', page, re.DOTALL
    )
    assert "+ 8 more dates" in details
    assert re.findall(r'href="/events/12-weekly\?date=([^"]*)"', page) == [
        "2026-11-25",
        *(f"2026-12-{day}" for day in ("02", "09", "16", "23", "30")),
    ]
    assert 'href="/series/12-weekly">All dates</a>' in details
    assert "Wed, 9 Dec 2026" in details


def test_series_when_it_is_cancelled_then_says_so_and_counts_nothing_to_come(
    tool: ToolApp,
) -> None:
    rule = {"recurrence": "FREQ=WEEKLY", "except": ("2026-12-05",)}
    series = event(12, title="Weekly", status="cancelled", **rule)
    tool.publish(replace(series, dropped=("2026-12-05 10:00",)))
    for path in ("/events", "/embed/events"):
        page = tool.get(path).text
        assert page.count("event-item__title") == 1
        assert "Cancelled" in page
        assert "more dates" not in page
    for path in ("/events/12-weekly", "/series/12-weekly"):
        page = tool.get(path).text
        assert "has been cancelled" in page
        assert "5 Dec" not in page


def test_event_when_listed_then_tells_what_it_is_in_which_language_and_about(
    calendar: ToolApp,
) -> None:
    page = unescape(calendar.get("/events").text)
    for words in ("Meetup", "<bdi>English</bdi>", "Māori", "Along the"):
        assert words in page


def test_front_when_an_event_is_cancelled_then_another_has_its_place(
    calendar: ToolApp,
) -> None:
    page = calendar.get("/").text
    assert TITLE.findall(page) == ["Weekly", "Walk", "Camp", "Contest"]
    assert 'href="/events">' in page.partition("hero")[2].partition("</section>")[0]


def test_event_when_it_goes_on_now_then_front_and_lists_say_so(tool: ToolApp) -> None:
    """At noon on 22 November, by UTC."""
    tool.publish(
        event(12, title="Coming"),
        event(14, title="Days", start="2026-11-20 09:00", end="2026-11-24 18:00"),
        event(
            16,
            title="Hour",
            start="2026-11-22 11:30",
            end="2026-11-22 12:30",
            timezone="UTC",
        ),
        event(18, title="Whole day", start="2026-11-22", end="", timezone="UTC"),
        event(
            20, title="Off", start="2026-11-21", end="2026-11-23", status="cancelled"
        ),
        event(22, title="Over", start="2026-11-22 09:00", end="2026-11-22 13:00"),
        event(24, title="Contest", start="2026-11-01", end="2026-11-30"),
    )
    front = tool.get("/?uselang=en").text
    now, _, rest = front.partition("Happening now")[2].partition("Upcoming events")
    assert TITLE.findall(now) == ["Hour", "Whole day", "Days"]
    assert TITLE.findall(rest) == ["Coming", "Contest"]
    page = tool.get("/events?uselang=en").text
    marked = re.findall(r"<bdi>([^<]+)</bdi></a> <span[^>]*><span[^>]*>Now<", page)
    assert sorted(marked) == ["Days", "Hour", "Whole day"]
    agenda = tool.get("/calendar/2026-11?view=agenda").text
    for title in ("Days", "Hour", "Whole day", "Contest"):
        assert f"<bdi>{title}</bdi>" in agenda


def test_front_when_much_goes_on_then_says_how_much_more(tool: ToolApp) -> None:
    days = {"start": "2026-11-20", "end": "2026-11-24"}
    weeks = {"start": "2026-11-01", "end": "2026-11-30"}
    tool.publish(
        *(event(number, **days) for number in range(12, 17)),
        *(event(number, **weeks) for number in range(30, 34)),
    )
    page = tool.get("/").text
    assert re.findall(r'<a href="/events">(\w+ more)</a>', unescape(page)) == [
        "2 more",
        "One more",
    ]


def test_hybrid_event_when_listed_then_is_told_in_a_word(tool: ToolApp) -> None:
    tool.publish(event(12, mode="hybrid"))
    for path in ("/", "/events", "/search?q=event", "/calendar/2026-11"):
        page = tool.get(path).text
        assert re.search(r"</span>Hybrid</span>|, Hybrid<", page), path
    page = tool.get("/events/12-event-12").text
    assert "Hybrid (in person and online)" in page


@pytest.mark.parametrize("path", ["/", "/events", "/search?q=weekly", "/subscribe"])
def test_series_when_nobody_confirms_it_then_lists_say_so_without_a_badge(
    tool: ToolApp, path: str
) -> None:
    series = event(
        12, title="Weekly", start="2019-09-23 18:00", end="", recurrence="FREQ=WEEKLY"
    )
    tool.publish(replace(series, updated=datetime(2019, 9, 23, tzinfo=UTC)))
    page = tool.get(path).text
    assert re.search(r'<span class="fact quiet">[^<]*2019', page)
    assert "cdx-info-chip" not in page


def test_item_when_it_has_no_picture_then_has_the_same_drawing_each_time(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, title="A"),
        event(14, title="B"),
        event(16, title="C", image="A b.jpg"),
    )
    drawings = [
        re.findall(r'<svg class="cover.*?</svg>', tool.get(path).text)[:2]
        for path in ("/events", "/events?country=NZ")
    ]
    assert drawings[0] == drawings[1]
    assert drawings[0][0] != drawings[0][1]
    page = tool.get("/events").text
    (picture,) = re.findall(r'<img class="picture"[^>]*>', page)
    for part in ("width=250", 'alt=""', 'width="250"', 'height="166"', "width=500 2x"):
        assert part in unescape(picture)


def test_pictures_when_below_the_first_screen_then_wait_until_they_are_seen(
    tool: ToolApp,
) -> None:
    tool.publish(*(event(number, image="A.jpg") for number in range(12, 20)))
    tool.publish(*(post(number, image="A.jpg") for number in range(30, 34)))
    for path, at_once in (("/events", 3), ("/blog", 1)):
        pictures = re.findall(r'<img class="picture"[^>]*>', tool.get(path).text)
        waiting = ['loading="lazy"' in picture for picture in pictures]
        assert waiting == [False] * at_once + [True] * (len(pictures) - at_once)


def test_blog_when_opened_then_the_newest_post_leads_and_all_tell_what_they_are(
    tool: ToolApp,
) -> None:
    tool.store.set_topics(Topics({"museums": "glam"}, {"glam": "Museums & libraries"}))
    long = post(13, title="Long", language="de", topics=("museums",))
    tool.publish(
        replace(long, body="word " * 900), *(post(number) for number in range(20, 51))
    )
    page = tool.get("/blog").text
    looks = re.findall(r"post-item post-item--(\w+)", page)
    assert looks == ["lead"] + ["card"] * 29
    second = tool.get("/blog?page=1").text
    assert "post-item--lead" not in second
    found = second.partition(">Long<")[2]
    for words in ("5 minutes to read", "<bdi>German</bdi>", "Museums &amp; libraries"):
        assert words in found


@pytest.mark.parametrize("path", ["/blog", "/"])
@pytest.mark.parametrize(
    ("languages", "days", "titles"),
    [
        ("en-GB,en;q=0.9", 29, ["Hello", "Hola", "Bonjour"]),
        ("en-GB,en;q=0.9", 31, ["Hola", "Bonjour", "Hello"]),
        ("fr-CA", 29, ["Bonjour", "Hola", "Hello"]),
        ("de", 29, ["Hola", "Bonjour", "Hello"]),
    ],
)
def test_posts_when_the_newest_is_in_another_language_then_a_recent_one_leads(
    tool: ToolApp, path: str, languages: str, days: int, titles: list[str]
) -> None:
    said = post(13, title="Hello")
    old = said.published - timedelta(days=days)
    tool.publish(
        replace(said, published=old + timedelta(minutes=15)),
        post(14, title="Bonjour", language="fr"),
        post(15, title="Hola", language="es"),
    )
    page = tool.get(path, headers={"Accept-Language": languages}).text
    found = re.findall(r'post-item__title".*?>(?:<a[^>]*>)(.*?)</a>', page)
    assert found == titles


def test_blog_when_a_post_of_the_next_page_is_in_ones_language_then_stays_there(
    tool: ToolApp,
) -> None:
    tool.publish(
        post(13, title="Hello"),
        *(post(number, language="es") for number in range(20, 50)),
    )
    english = {"Accept-Language": "en"}
    assert "Hello" not in tool.get("/blog", headers=english).text
    assert "Hello" in tool.get("/blog?page=1", headers=english).text


@pytest.mark.parametrize(
    ("languages", "path", "title"),
    [
        ("es-ES,es;q=0.9,en;q=0.5", "/blog", "Hola"),
        ("es-ES,es;q=0.9,en;q=0.5", "/", "Hola"),
        ("ca,es;q=0.9", "/blog", "Hola"),
        ("fr", "/blog", "Hello"),
        ("es", "/blog?uselang=en", "Hello"),
        ("es", "/blog?language=en", "Hello"),
        ("", "/blog", "Hello"),
    ],
)
def test_posts_when_in_several_languages_then_are_in_one_that_the_browser_names(
    tool: ToolApp, languages: str, path: str, title: str
) -> None:
    tool.publish(
        post(13, title="Hello"),
        post(15, title="Hola", language="es", original="Space/Blog/Page 13"),
    )
    answer = tool.get(path, headers={"Accept-Language": languages})
    titles = re.findall(r'post-item__title".*?>(?:<a[^>]*>)(.*?)</a>', answer.text)
    assert titles == [title]
    assert "Accept-Language" in answer.headers["Vary"]


def test_place_when_the_city_is_named_like_its_country_then_is_told_once(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, title="Walk", city="Hong Kong", country="HK", mode="in-person"),
        event(14, title="Camp", city="Singapura", country="SG", mode="in-person"),
    )
    for path in ("/events", "/map", "/calendar/2026-11?view=agenda"):
        page = tool.get(path).text
        assert ("SAR" in page, "Singapura" in page) == (False, False)
        assert not re.search("Hong Kong, Hong Kong|<h3><bdi>Hong Kong", page)
    assert "<bdi>Singapore</bdi>" in tool.get("/events").text
    assert "LOCATION:Hong Kong\r\n" in tool.get("/feeds/events.ics").text


def test_topic_when_the_wiki_has_a_label_then_every_page_shows_it(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, title="Walk", topics=("wikidata", "tea")),
        post(13, title="News", topics=("wikidata", "tea")),
    )
    tool.store.set_topics(Topics.of("{{Space topic|slug=wikidata|label=Wiki data}}"))
    for path in (
        "/events?topic=wikidata",
        "/events/12-walk",
        "/blog?topic=wikidata",
        "/blog/13-news",
        "/subscribe?topic=wikidata",
        "/subscribe/posts?topic=wikidata",
    ):
        page = tool.get(path).text
        assert "Wiki data" in page
        assert not re.search(r">\s*wikidata\s*<", page)
    assert '"keywords":["Wiki data","tea"]' in tool.get("/events/12-walk").text.replace(
        ", ", ","
    ).replace(": ", ":")


def test_day_when_it_has_too_many_events_then_leads_to_all_of_them(
    tool: ToolApp,
) -> None:
    tool.publish(*(event(number, title=f"Walk {number}") for number in range(40, 63)))
    page = tool.get("/calendar/2026-11?country=NZ").text
    table, _, agenda = page.partition('class="agenda"')
    assert [text.count("<bdi>Walk ") for text in (table, agenda)] == [20, 20]
    (path,) = {unescape(link) for link in re.findall(r'"([^"]*)">3 more<', page)}
    every = tool.get(path).text
    assert len(set(TITLE.findall(every))) == 23
    assert "country=NZ" in path
