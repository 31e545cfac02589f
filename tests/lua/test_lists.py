"""Lists of posts and events over the bot's data pages."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.lua.data import BASE, event, pages, post, posts, split, titles
from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]


SPREAD = pages(
    event(1, "2026-10-05 10:00"),
    event(2, "2026-11-22 10:00", country="NZ", topics=["glam"], languages=["en"]),
    event(3, "2026-11-28 10:00", country="BE", languages=["fr", "nl"]),
    event(4, "2026-12-24", status="cancelled", organizers=["[[User:Olu]]"]),
    event(5, "2027-02-01 10:00", summary="Bring your CAMERA and an umbrella"),
)


def test_events_without_a_filter_begin_today_and_are_in_order(scribunto: Make) -> None:
    html = scribunto(SPREAD).invoke("List", "events")

    assert titles(html) == ["Event 2", "Event 3", "Event 4", "Event 5"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"limit": "2"}, ["Event 2", "Event 3"]),
        ({"country": "nz; BE"}, ["Event 2", "Event 3"]),
        ({"country": "NZ", "language": "fr"}, []),
        ({"language": "FR"}, ["Event 3"]),
        ({"language": "fr, en"}, ["Event 2", "Event 3"]),
        ({"topic": "museums"}, ["Event 2"]),
        ({"status": "cancelled"}, ["Event 4"]),
        ({"q": "umbrella camera"}, ["Event 5"]),
        ({"q": "umbrella tent"}, []),
        ({"from": "2026-10-01", "to": "2026-11-22"}, ["Event 1", "Event 2"]),
        ({"to": "2026-11-27"}, ["Event 2"]),
        ({"country": " ", "topic": ""}, ["Event 2", "Event 3", "Event 4", "Event 5"]),
    ],
)
def test_events_by_filter(
    scribunto: Make, arguments: dict[str, str], found: list[str]
) -> None:
    topics = {"Space/Topics": "{{Space topic|slug=glam|aliases=museums; libraries}}"}

    html = scribunto(SPREAD | topics).invoke("List", "events", **arguments)

    assert titles(html) == found


def test_events_when_a_series_dropped_dates_are_cancelled_by_themselves(
    scribunto: Make,
) -> None:
    dropped = {"status": "cancelled", "dropped": True}
    series = pages(
        event(1, "2026-11-22 10:00", later=1),
        event(1, "2026-11-29 10:00", **dropped),
        event(1, "2026-12-06 10:00"),
        event(1, "2026-12-13 10:00", **dropped),
    )
    html = scribunto(series).invoke("List", "events")
    assert titles(html) == ["Event 1"] * 3
    assert html.count("Cancelled") == 2
    assert html.count("more date") == 1
    kept = scribunto(series).invoke("List", "events", status="confirmed")
    assert titles(kept) == ["Event 1"]
    month = scribunto(series).invoke("Calendar", "show", month="2026-12")
    assert month.count("Cancelled") >= 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"colour": "red"}, "Unknown filter “colour”"),
        ({"_1": "NZ"}, "Unknown filter “1”"),
        ({"mode": "by post"}, "“mode” does not accept “by post”"),
        ({"from": "soon"}, "“from” does not accept “soon”"),
        ({"limit": "0"}, "“limit” does not accept “0”"),
        ({"limit": "ten"}, "“limit” does not accept “ten”"),
        ({"style": "fancy"}, "“style” does not accept “fancy”"),
        ({"style": "fancy"}, "Choose one of: list, table, compact."),
        ({"when": "soon"}, "“when” does not accept “soon”"),
        ({"when": "0 days"}, "“when” does not accept “0 days”"),
        ({"when": "Now"}, "Use “today”"),
        ({"colour=<b>": "x"}, "Unknown filter “colour&#61;&#60;b&#62;”"),
    ],
)
def test_events_when_an_argument_is_not_understood_name_it(
    scribunto: Make, arguments: dict[str, str], words: str
) -> None:
    html = scribunto(SPREAD).invoke("List", "events", **arguments)

    assert words in re.sub(r"</?bdi>", "", html)
    assert not titles(html)
    assert "[[Category:Space pages with list problems]]" in html


def test_events_when_nocat_is_set_then_their_problems_are_not_tracked(
    scribunto: Make,
) -> None:
    html = scribunto().invoke("List", "events", when="now", nocat="yes")

    assert "Use “today”" in html
    assert "Category:" not in html


def test_events_when_a_pipe_is_stray_then_it_says_nothing(scribunto: Make) -> None:
    found = titles(scribunto(SPREAD).invoke("List", "events", _1=" "))

    assert found == ["Event 2", "Event 3", "Event 4", "Event 5"]


WEEK = pages(
    event(1, "2026-10-01 10:00", title="Older", to="2026-10-01T12:00Z"),
    event(2, "2026-11-26 20:00", title="Over", to="2026-11-27T00:00Z"),
    # Begins on Thursday in UTC.
    event(
        3,
        "2026-11-27 08:00",
        title="Friday",
        zone="Pacific/Auckland",
        **{"from": "2026-11-26T19:00Z"},
        to="2026-11-27T01:00Z",
    ),
    event(4, "2026-11-27", title="Long", end="2026-11-28", to="2026-11-29T00:00Z"),
    # Monday in UTC.
    event(
        5,
        "2026-11-29 20:00",
        title="Sunday",
        zone="Pacific/Honolulu",
        **{"from": "2026-11-30T06:00Z"},
        to="2026-11-30T08:00Z",
    ),
    event(6, "2026-11-30 10:00", title="Monday"),
    event(7, "2026-12-05 10:00", title="Week"),
)


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("", ["Friday", "Long", "Sunday", "Monday", "Week"]),
        ("today", ["Friday", "Long"]),
        ("This weekend", ["Long", "Sunday"]),
        ("next 3 days", ["Friday", "Long", "Sunday"]),
        ("٤ days", ["Friday", "Long", "Sunday", "Monday"]),
        ("week", ["Friday", "Long", "Sunday", "Monday"]),
        ("next-month", ["Week"]),
        ("Next month", ["Week"]),
        ("past", ["Over", "Older"]),
        ("all", ["Older", "Friday", "Over", "Long", "Sunday", "Monday", "Week"]),
    ],
)
def test_events_by_words_for_a_time(
    scribunto: Make, when: str, found: list[str]
) -> None:
    html = scribunto(WEEK, today="2026-11-27").invoke("List", "events", when=when)

    assert titles(html) == found


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2026-11-28", ["Saturday", "Sunday"]),
        ("2026-11-29", ["Sunday"]),
        ("2026-11-30", []),
    ],
)
def test_events_of_this_weekend_leave_out_what_is_over(
    scribunto: Make, today: str, found: list[str]
) -> None:
    data = pages(
        event(1, "2026-11-28", title="Saturday"), event(2, "2026-11-29", title="Sunday")
    )

    html = scribunto(data, today=today).invoke("List", "events", when="weekend")

    assert titles(html) == found


@pytest.mark.parametrize("style", ["list", "table", "compact"])
def test_events_in_any_style_say_what_state_and_zone_they_have(
    scribunto: Make, style: str
) -> None:
    there = event(
        1,
        "2026-11-28 10:00",
        end="2026-11-28 12:00",
        zone="Pacific/Auckland",
        status="postponed",
        mode="hybrid",
        country="NZ",
        languages=["ar"],
    )

    html = scribunto(pages(there)).invoke("List", "events", style=style)

    for words in ("10:00–12:00 (Auckland)", "Postponed", "NZ, and online"):
        assert words in html.replace("New Zealand", "NZ")
    assert '<span lang="ar" dir="rtl">[[:Space/Events/Event 1|' in html
    assert '<time datetime="2026-11-28T10:00Z">' in html


def test_event_when_its_city_is_named_like_the_country_then_tells_it_once(
    scribunto: Make,
) -> None:
    there = event(
        1, "2026-11-28 10:00", country="HK", city="Hong Kong", mode="in-person"
    )
    html = scribunto(pages(there)).invoke("List", "events")
    assert re.sub("<[^>]+>", "", html).count("Hong Kong") == 1


def test_events_as_a_table_have_a_caption_and_heads(scribunto: Make) -> None:
    html = scribunto(SPREAD).invoke("List", "events", style="table", when="30 days")

    assert "<caption><bdi>Events in the next 30 days</bdi></caption>" in html
    heads = re.findall(r'<th scope="col">(.*?)</th>', html)
    assert heads == ["When", "Event", "Where", "Languages"]
    assert html.count('scope="row"') == len(titles(html)) == 2
    assert 'aria-label="Events in the next 30 days"' in html
    assert 'tabindex="0"' in html


def test_events_as_a_table_show_a_caption_as_it_is_written(scribunto: Make) -> None:
    html = scribunto(SPREAD).invoke(
        "List", "events", style="table", caption="<b>[[x]]</b>"
    )

    caption = re.search(r"<caption><bdi>(.*?)</bdi></caption>", html)
    assert caption
    assert unescape(caption[1]) == "<b>[[x]]</b>"
    assert "<b>" not in html


@pytest.mark.parametrize("arguments", [{"country": "AQ"}, {"from": "2028-01-01"}])
def test_events_when_none_fits_say_where_others_are(
    scribunto: Make, arguments: dict[str, str]
) -> None:
    html = scribunto(SPREAD).invoke("List", "events", **arguments)

    assert "[[Space/Events|See all events or announce one]]" in html


def test_events_that_begin_at_a_border_of_months_are_in_order(scribunto: Make) -> None:
    auckland = event(1, "2026-12-01 09:00", zone="Pacific/Auckland")
    auckland |= {"from": "2026-11-30T20:00Z", "to": "2026-11-30T22:00Z"}
    honolulu = event(2, "2026-11-30 16:00", zone="Pacific/Honolulu")
    honolulu |= {"from": "2026-12-01T02:00Z", "to": "2026-12-01T04:00Z"}
    between = event(3, "2026-12-01 01:00")

    html = scribunto(pages(auckland, honolulu, between)).invoke("List", "events")

    assert titles(html) == ["Event 1", "Event 3", "Event 2"]


def december(size: int) -> dict[str, str]:
    return split([event(n, f"2026-12-{n:02} 10:00") for n in range(1, 29)], size)


def events_read(lua: Scribunto) -> list[str]:
    """The data pages of events that were read; lists read counts of comments, too."""
    return [title for title in lua.loaded if "/Talk/" not in title]


def test_events_of_many_parts_are_read_until_there_are_enough(scribunto: Make) -> None:
    lua = scribunto(december(3))

    html = lua.invoke("List", "events", limit="4")

    assert titles(html) == [f"Event {number}" for number in range(1, 5)]
    assert events_read(lua) == [
        f"{BASE}/Events.json",
        f"{BASE}/Events/2026-12.json",
        f"{BASE}/Events/2026-12/2.json",
    ]


@pytest.mark.parametrize(
    ("when", "today", "found"),
    [
        ("upcoming", "2026-11-22", [1, 2, 3, 4]),
        ("past", "2027-01-01", [28, 27, 26, 25]),
    ],
)
def test_events_when_the_wiki_lets_read_no_more_say_so(
    scribunto: Make, when: str, today: str, found: list[int]
) -> None:
    lua = scribunto(december(1), expensive=5, today=today)

    html = lua.invoke("List", "events", when=when, limit="28")

    assert titles(html) == [f"Event {number}" for number in found]
    assert "This list may not be complete" in html
    assert "[[Category:Space pages with list problems]]" in html


def test_events_of_very_many_parts_leave_the_page_calls_for_others(
    scribunto: Make,
) -> None:
    lua = scribunto(split([event(n, "2026-12-01 10:00") for n in range(1, 80)], 1))

    html = lua.invoke("List", "events", limit="500")

    assert len(titles(html)) == len(events_read(lua)) - 1 == 60
    assert "This list may not be complete" in html


def test_events_when_there_is_no_data_page_say_so(scribunto: Make) -> None:
    assert "No events yet" in scribunto().invoke("List", "events")


def test_events_when_the_index_is_broken_say_so(scribunto: Make) -> None:
    broken = {"User:SpaceBot/Space/Events.json": "{"}

    assert "No events yet" in scribunto(broken).invoke("List", "events")


def test_an_event_of_several_months_is_listed_once(scribunto: Make) -> None:
    long = event(1, "2026-11-25", end="2026-12-05", to="2026-12-06T00:00Z")

    html = scribunto(pages(long)).invoke("List", "events")

    assert titles(html) == ["Event 1"]


DATES = [
    event(1, "2026-11-23 18:00", later=2),
    event(2, "2026-11-24 18:00", confirmed="2026-11-01"),
    event(1, "2026-11-30 18:00", later=1),
    event(2, "2026-12-01 18:00", confirmed="2026-11-01"),
    event(1, "2026-12-07 18:00"),
]


@pytest.mark.parametrize("style", ["list", "compact", "table"])
def test_series_when_listed_then_it_is_one_entry_with_its_next_date(
    scribunto: Make, style: str
) -> None:
    off = event(3, "2026-11-25 18:00", status="cancelled", later=2)
    html = scribunto(pages(*DATES, off)).invoke("List", "events", style=style)

    assert titles(html) == ["Event 1", "Event 2", "Event 3"]
    assert html.count("more dates") == 2
    assert "23 November 2026, 18:00 (UTC)</time> · + 2 more dates" in html
    assert "24 November 2026, 18:00 (UTC)</time> · + more dates" in html


def test_series_when_a_list_is_short_then_it_leaves_room_for_others(
    scribunto: Make,
) -> None:
    lua = scribunto(pages(*DATES))

    assert titles(lua.invoke("List", "events", limit="2")) == ["Event 1", "Event 2"]
    assert lua.loaded.count("User:SpaceBot/Space/Events/2026-12.json") == 0


def test_series_when_all_dates_are_asked_for_then_each_is_listed(
    scribunto: Make,
) -> None:
    html = scribunto(pages(*DATES)).invoke("List", "events", dates="all")

    assert [title[-1] for title in titles(html)] == ["1", "2", "1", "2", "1"]
    assert "more date" not in html


def test_series_when_it_is_over_then_its_last_date_is_listed(scribunto: Make) -> None:
    over = scribunto(pages(*DATES), today="2027-01-01")

    html = over.invoke("List", "events", when="past", limit="1")

    assert "7 December 2026, 18:00" in html
    assert "more date" not in html


@pytest.mark.parametrize(
    ("arguments", "is_apart"),
    [
        ({}, True),
        ({"style": "compact"}, True),
        ({"style": "table"}, False),
        ({"when": "all"}, False),
    ],
)
def test_events_when_one_of_weeks_goes_on_then_it_is_on_a_line_above(
    scribunto: Make, arguments: dict[str, str], *, is_apart: bool
) -> None:
    campaign = event(1, "2026-11-01", end="2026-11-30", to="2026-12-01T00:00Z")
    lua = scribunto(pages(campaign, event(2, "2026-11-28 10:00")))

    html = lua.invoke("List", "events", limit="1", **arguments)

    assert ("Ongoing: " in html) is is_apart
    assert titles(html) == (["Event 1", "Event 2"] if is_apart else ["Event 1"])
    assert not is_apart or "(until 30 November 2026)" in html


def test_events_when_they_are_many_of_two_months_then_each_month_has_a_heading(
    scribunto: Make,
) -> None:
    days = [f"2026-11-{day} 10:00" for day in range(22, 31)] + ["2026-12-01"] * 5
    lua = scribunto(pages(*(event(at, day) for at, day in enumerate(days))))

    html = lua.invoke("List", "events", limit="14")

    headings = re.findall(r'role="heading" aria-level="3"[^>]*>([^<]*)<', html)
    assert headings == ["November 2026", "December 2026"]
    assert "aria-level" not in lua.invoke("List", "events", limit="11")


def test_picture_when_an_entry_has_one_then_it_is_beside_it_with_its_description(
    scribunto: Make,
) -> None:
    shown = event(1, "2026-11-28", image="A walk.jpg", image_alt="Two | people]]")
    odd = event(2, "2026-11-29", image="a|link=http://x.test]]")
    written = post(1, "2026-11-20", image="Post.jpg")
    lua = scribunto(pages(shown, odd) | posts(written))

    html = lua.invoke("List", "events")
    assert (
        "[[File:A walk.jpg|frameless|120x90px|alt=Two &#124; people&#93;&#93;]]" in html
    )
    assert html.count("[[File:") == 1
    assert "[[File:Post.jpg|frameless|120x90px|alt=Post]]" in lua.invoke(
        "List", "posts"
    )


def test_series_when_nobody_has_confirmed_it_then_it_says_so_without_a_flag(
    scribunto: Make,
) -> None:
    old = event(1, "2026-11-28 10:00", confirmed="2019-09-23")

    html = scribunto(pages(old)).invoke("List", "events")

    assert "Monday, 23 September 2019<" in html
    assert "space-flag" not in html


def test_markup_in_a_title_or_summary_shows_as_it_is_written(scribunto: Make) -> None:
    hostile = event(
        1,
        "2026-11-28 10:00",
        title="[[x]] '''b''' {{c}} <script>",
        summary="__NOINDEX__ ~~~~ [http://x.test y]\n== h ==",
    )

    html = scribunto(pages(hostile)).invoke("List", "events")

    for markup in ("[[x]]", "'''b'''", "{{c}}", "<script>", "__NOINDEX__", "[http"):
        assert markup not in html
    assert titles(html) == ["[[x]] '''b''' {{c}} <script>"]


def test_event_of_a_calendar_when_listed_links_its_website_and_says_so(
    scribunto: Make,
) -> None:
    of = {"page": None, "source": "calendar", "rev": None}
    hostile = "x] [[y]]"
    found = pages(
        event(1, "2026-11-28 10:00", website="https://example.org/hui", **of),
        event(2, "2026-11-28 11:00", **of | {"title": hostile}),
        event(3, "2026-11-28 12:00", **of, reviewed=True, website="https://b.example/"),
    )
    made = {title: text.replace('"page": null, ', "") for title, text in found.items()}
    wiki = scribunto(made)

    for style in ("list", "compact", "table"):
        html = wiki.invoke("List", "events", style=style)
        assert "[https://example.org/hui <bdi>Event 1</bdi>]" in html
        assert html.count("from a calendar, not reviewed") == 2
        assert "[[" not in html
        assert titles(html) == []
    assert "Event 1" in wiki.invoke("Calendar", "show", _1="2026-11")
    assert titles(wiki.invoke("List", "events", source="page")) == []
    assert "Event 1" in wiki.invoke("List", "events", source="calendar")
    assert "Event 1" not in wiki.invoke("List", "events", source="registered")


BLOG = posts(
    post(1, "2025-12-30", topics=["glam"]),
    post(2, "2026-01-02", language="ar", title="ما الذي تعلمناه"),
    post(3, "2026-11-20", authors=["[[User:Olu]]"], series="Photo walks"),
)


@pytest.mark.parametrize("style", ["list", "compact"])
def test_posts_in_any_style_are_marked_with_their_language(
    scribunto: Make, style: str
) -> None:
    html = scribunto(BLOG).invoke("List", "posts", language="ar", style=style)

    assert '<span lang="ar" dir="rtl">' in html


def test_posts_when_none_fits_say_where_others_are(scribunto: Make) -> None:
    html = scribunto(BLOG).invoke("List", "posts", language="fi")

    assert "[[Space/Blog|See all posts or write one]]" in html


def test_posts_are_newest_first_across_years(scribunto: Make) -> None:
    html = scribunto(BLOG).invoke("List", "posts")

    assert titles(html) == ["Post 3", "ما الذي تعلمناه", "Post 1"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"language": "ar"}, ["ما الذي تعلمناه"]),
        ({"series": "photo_walks"}, ["Post 3"]),
        ({"from": "2026-01-02", "to": "2026-01-02"}, ["ما الذي تعلمناه"]),
        ({"limit": "1"}, ["Post 3"]),
    ],
)
def test_posts_by_filter(
    scribunto: Make, arguments: dict[str, str], found: list[str]
) -> None:
    assert titles(scribunto(BLOG).invoke("List", "posts", **arguments)) == found


TOOL = {"Space/Settings": "{{Space settings|tool=https://tool.test}}"}


@pytest.mark.parametrize(
    ("what", "arguments", "address"),
    [
        ("events", {}, "events.ics"),
        (
            "events",
            {"country": "nz; Belgien & Co", "q": "a b&c"},
            None,
        ),
        (
            "events",
            {"country": "nz; Belgium", "q": "a b&c", "from": "2026-11-01"},
            "events.ics?country=NZ&country=BE&from=2026-11-01&q=a+b%26c",
        ),
        ("posts", {"language": "AR"}, "posts.atom?language=ar"),
    ],
)
def test_lists_link_to_the_feed_of_the_same_filter(
    scribunto: Make, what: str, arguments: dict[str, str], address: str | None
) -> None:
    html = scribunto(SPREAD | TOOL).invoke("List", what, feed="yes", **arguments)

    links = re.findall(r"\[https://tool\.test/feeds/(\S+) Subscribe", html)
    assert links == ([address] if address else [])


def test_lists_without_a_tool_or_the_wish_link_to_no_feed(scribunto: Make) -> None:
    assert "/feeds/" not in scribunto(SPREAD).invoke("List", "events", feed="yes")
    assert "/feeds/" not in scribunto(SPREAD | TOOL).invoke("List", "events")


def test_events_when_a_series_went_quiet_then_it_is_marked(scribunto: Make) -> None:
    quiet = event(1, "2026-11-28 10:00", confirmed="2026-05-22")
    fresh = event(2, "2026-11-29 10:00", confirmed="2026-05-23")
    ending = event(3, "2026-11-30 10:00", confirmed="2026-05-22", until="2027-05-21")

    html = scribunto(pages(quiet, fresh, ending)).invoke("List", "events")

    assert html.count("Last confirmed:") == 1
    assert "Last confirmed: Friday, 22 May 2026" in html
