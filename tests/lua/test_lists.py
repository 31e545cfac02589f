"""Lists, calendar and map over the bot's data pages."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]


def event(number: int, start: str, **fields: Any) -> dict[str, Any]:
    day = start[:10]
    return {
        "id": number,
        "page": f"Space/Events/Event {number}",
        "rev": number,
        "title": f"Event {number}",
        "start": start,
        "zone": "UTC",
        "from": f"{day}T{start[11:] or '00:00'}Z",
        "to": f"{day}T23:59Z",
        "status": "confirmed",
        "mode": "online",
    } | fields


def pages(*events: dict[str, Any]) -> dict[str, str]:
    """The data pages of events, each in every month it touches, as the bot writes."""
    months: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(events, key=lambda e: (e["from"], e["id"])):
        for month in sorted({each["start"][:7], each["from"][:7], each["to"][:7]}):
            months.setdefault(month, []).append(each)
    base = "User:SpaceBot/Space/Events"
    index = [
        {"key": month, "part": 1, "count": len(found)}
        for month, found in sorted(months.items())
    ]
    return {f"{base}.json": json.dumps({"schema": 1, "parts": index})} | {
        f"{base}/{month}.json": json.dumps({"schema": 1, "events": found})
        for month, found in months.items()
    }


def titles(html: str) -> list[str]:
    """The labels of the links to pages, in order."""
    return [
        unescape(label) for label in re.findall(r"\[\[:[^|]+\|<bdi>(.*?)</bdi>", html)
    ]


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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"colour": "red"}, "no filter “colour”"),
        ({"mode": "on-line"}, "“mode” does not take the value “on-line”"),
        ({"from": "soon"}, "“from” does not take the value “soon”"),
    ],
)
def test_events_when_a_filter_is_not_understood_name_it(
    scribunto: Make, arguments: dict[str, str], words: str
) -> None:
    html = scribunto(SPREAD).invoke("List", "events", **arguments)

    assert words in html
    assert not titles(html)


def test_events_when_there_is_no_data_page_say_so(scribunto: Make) -> None:
    assert "No events here yet" in scribunto().invoke("List", "events")


def test_events_when_the_index_is_broken_say_so(scribunto: Make) -> None:
    broken = {"User:SpaceBot/Space/Events.json": "{"}

    assert "No events here yet" in scribunto(broken).invoke("List", "events")


def test_an_event_of_several_months_is_listed_once(scribunto: Make) -> None:
    long = event(1, "2026-11-25", end="2026-12-05", to="2026-12-06T00:00Z")

    html = scribunto(pages(long)).invoke("List", "events")

    assert titles(html) == ["Event 1"]


def test_each_date_of_a_repeating_event_is_listed(scribunto: Make) -> None:
    dates = [event(1, f"2026-11-{day} 18:00") for day in (23, 30)]

    html = scribunto(pages(*dates)).invoke("List", "events")

    assert titles(html) == ["Event 1", "Event 1"]


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


def posts(*entries: dict[str, Any]) -> dict[str, str]:
    years: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(entries, key=lambda e: e["published"], reverse=True):
        years.setdefault(each["published"][:4], []).append(each)
    base = "User:SpaceBot/Space/Posts"
    index = [
        {"key": y, "part": 1, "count": len(found)} for y, found in sorted(years.items())
    ]
    return {f"{base}.json": json.dumps({"schema": 1, "parts": index})} | {
        f"{base}/{year}.json": json.dumps({"schema": 1, "posts": found})
        for year, found in years.items()
    }


def post(number: int, published: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "page": f"Space/Blog/Post {number}",
        "rev": number,
        "title": f"Post {number}",
        "language": "en",
        "published": f"{published}T12:00Z",
    } | fields


BLOG = posts(
    post(1, "2025-12-30", topics=["glam"]),
    post(2, "2026-01-02", language="ar", title="ما الذي تعلمناه"),
    post(3, "2026-11-20", authors=["[[User:Olu]]"], series="Photo walks"),
)


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


def test_a_post_is_marked_with_its_language_and_direction(scribunto: Make) -> None:
    html = scribunto(BLOG).invoke("List", "posts", language="ar")

    assert '<span lang="ar" dir="rtl">' in html


def cells(html: str) -> dict[str, str]:
    """Day number → what stands in its cell."""
    table = html.partition("</table>")[0]
    found = re.findall(r"<td.*?>(.*?)</td>", table, re.DOTALL)
    return {re.sub(r"<.*?>", " ", cell).split(" ")[1]: cell for cell in found if cell}


def test_calendar_puts_an_event_on_each_of_its_days(scribunto: Make) -> None:
    late = event(1, "2026-11-27 20:00", end="2026-11-29 00:00", to="2026-11-29T00:00Z")

    days = cells(scribunto(pages(late)).invoke("Calendar", "show", _1="2026-11"))

    with_event = [day for day, cell in days.items() if "Event 1" in cell]
    assert with_event == ["27", "28"]


def test_calendar_uses_the_wall_of_the_event_not_utc(scribunto: Make) -> None:
    first = event(1, "2026-12-01 09:00", zone="Pacific/Auckland")
    first |= {"from": "2026-11-30T20:00Z", "to": "2026-11-30T22:00Z"}
    lua = scribunto(pages(first))

    assert "Event 1" in cells(lua.invoke("Calendar", "show", _1="2026-12"))["1"]
    assert not titles(lua.invoke("Calendar", "show", _1="2026-11"))


@pytest.mark.parametrize(
    ("month", "name"),
    [("", "November 2026"), ("+1", "December 2026"), ("+2", "January 2027")],
)
def test_calendar_by_distance_from_this_month(
    scribunto: Make, month: str, name: str
) -> None:
    assert f">{name}</caption>" in scribunto().invoke("Calendar", "show", _1=month)


def test_calendar_has_every_day_of_a_leap_february(scribunto: Make) -> None:
    days = cells(scribunto().invoke("Calendar", "show", _1="2028-02"))

    assert list(days) == [str(day) for day in range(1, 30)]


def test_calendar_marks_today_only_where_it_asked_for_it(scribunto: Make) -> None:
    assert "space-day-today" in scribunto().invoke("Calendar", "show")
    assert "space-day-today" not in scribunto().invoke("Calendar", "show", _1="2026-11")


def test_calendar_shows_few_events_a_day_and_counts_the_rest(scribunto: Make) -> None:
    busy = [event(number, "2026-11-28 10:00") for number in range(1, 8)]

    html = scribunto(pages(*busy)).invoke("Calendar", "show", _1="2026-11")

    assert "and 3 more" in cells(html)["28"]
    assert len(titles(html.partition("</table>")[2])) == len(busy)


def test_calendar_when_the_month_is_none_says_so(scribunto: Make) -> None:
    html = scribunto().invoke("Calendar", "show", _1="2026-13")

    assert "“2026-13” is no month" in html


PLACES = {
    "User:SpaceBot/Space/Map.json": json.dumps(
        {
            "schema": 1,
            "places": [
                {
                    "lat": -36.8506,
                    "lon": 174.7679,
                    "label": "Library [[x]]",
                    "country": "NZ",
                    "events": [
                        {"id": 1, "page": "P", "title": "T", "start": "2026-11-28"}
                    ],
                }
            ],
        }
    )
}


def test_map_without_kartographer_is_a_list_by_country(scribunto: Make) -> None:
    html = scribunto(PLACES).invoke("Map", "show")

    assert "<mapframe>" not in html
    assert "New Zealand" in html
    assert titles(html) == ["T"]


def test_map_with_kartographer_has_points_with_longitude_first(scribunto: Make) -> None:
    html = scribunto(PLACES, messages=["kartographer-desc"]).invoke("Map", "show")

    found = re.search(r"<mapframe>(.*?)</mapframe>", html)
    assert found
    (feature,) = json.loads(found[1])["features"]
    assert feature["geometry"]["coordinates"] == [174.7679, -36.8506]
    assert "[[x]]" not in feature["properties"]["title"]


def test_events_when_a_series_went_quiet_then_it_is_marked(scribunto: Make) -> None:
    quiet = event(1, "2026-11-28 10:00", confirmed="2026-05-22")
    fresh = event(2, "2026-11-29 10:00", confirmed="2026-05-23")
    ending = event(3, "2026-11-30 10:00", confirmed="2026-05-22", until="2027-05-21")

    html = scribunto(pages(quiet, fresh, ending)).invoke("List", "events")

    assert html.count("Not confirmed since") == 1
    assert "Not confirmed since Friday, 22 May 2026" in html
