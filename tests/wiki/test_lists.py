"""Lists, calendar and map on the real wiki: its parser, its cache, its limits."""

import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.client import TIMEOUT, Client
from tests.lua.data import event, split
from tests.support.wiki.deployed import BOT, deploy
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

DAY = 86400
THERE = event(
    1,
    "2026-11-28 10:00",
    end="2026-11-30 12:00",
    to="2026-11-30T12:00Z",
    title="Große '''Straße''' [[x]] {{y}}",
    zone="Europe/Berlin",
    country="DE",
    status="postponed",
    languages=["ar"],
    organizers=["Verein Große Straße", "ΟΔΥΣΣΕΎΣ", "İstanbul"],
)
CALLS = (
    "{{Space events|when=all}}",
    "{{Space events|when=all|style=table}}",
    "{{Space events|when=all|style=compact}}",
    "{{Space calendar|2026-11}}",
    "{{Space calendar|2026-11|style=grid}}",
    "{{Space calendar|2026-11|style=agenda}}",
    "{{Space map}}",
)
MAP_PAGE = f"User:{BOT}/Space/Map.json"
PLACE = {"lat": 1, "lon": 1, "label": "X", "country": "DE", "events": [THERE]}


@pytest.fixture(scope="module")
def wiki(fresh_wiki: Sandbox) -> Sandbox:
    """The sandbox with everything deployed and data pages of one event."""
    deploy(fresh_wiki)
    write(fresh_wiki, split([THERE], 1))
    page = {"schema": 1, "places": [PLACE]}
    write(fresh_wiki, {MAP_PAGE: json.dumps(page)})
    return fresh_wiki


def write(wiki: Sandbox, pages: dict[str, str]) -> None:
    bot = wiki.login(BOT)
    for title, text in pages.items():
        bot.edit(title, text)


def parsed(client: Client, text: str, title: str = "Sandbox") -> dict[str, Any]:
    answer = client.post(
        action="parse",
        text=text,
        title=title,
        contentmodel="wikitext",
        prop="text|categories|properties|limitreportdata",
    )["parse"]
    return dict(answer)


def reported(answer: dict[str, Any], name: str) -> int:
    for line in answer["limitreportdata"]:
        if line["name"] == name:
            return int(next(value for key, value in line.items() if key != "name"))
    raise KeyError(name)


@pytest.mark.parametrize("call", CALLS)
def test_a_list_on_the_wiki_shows_its_event_as_it_is(wiki: Sandbox, call: str) -> None:
    shown = str(parsed(wiki.anonymous(), call)["text"])

    assert "scribunto-error" not in shown
    assert "[[" not in re.sub(r"<bdi>.*?</bdi>|title=\".*?\"", "", shown)
    assert "Große '''Straße''' [[x]] {{y}}" in html.unescape(shown)
    assert "Postponed" in shown
    if "map" not in call:
        assert "<bdi>" in shown


def test_what_makes_a_list_accessible_passes_the_sanitizer(wiki: Sandbox) -> None:
    table = str(parsed(wiki.anonymous(), CALLS[1])["text"])
    grid = str(parsed(wiki.anonymous(), CALLS[4])["text"])

    for shown in (table, grid):
        assert 'role="region" tabindex="0" aria-label="' in shown
        assert '<th scope="col"' in re.sub(r'<th class="[^"]*"', "<th", shown)
        assert "<time datetime=" in shown
    assert "<caption><bdi>Events</bdi>" in table
    assert '<span lang="ar" dir="rtl">' in table
    assert 'colspan="2"' in grid


def test_lists_when_the_wiki_has_no_template_styles_then_their_look_is_inline(
    wiki: Sandbox,
) -> None:
    wiki.switch(wgSpaceTemplateStyles=False)
    bare = str(parsed(wiki.anonymous(), CALLS[0])["text"])
    wiki.switch(wgSpaceTemplateStyles=True)
    styled = str(parsed(wiki.anonymous(), CALLS[0])["text"])

    assert "<style" not in bare
    assert re.search(
        r'class="space-list"[^>]* style="margin:[^"]*list-style: ?none', bare
    )
    assert styled.count("<style") == 1
    assert 'style="' not in styled


@pytest.mark.parametrize(
    "call",
    [
        "{{Space events|when=all|organizer=VEREIN GROSSE STRASSE}}",
        "{{Space events|when=all|organizer=Ὀδυσσεύς; οδυσσεύς}}",
        "{{Space events|when=all|organizer=i̇stanbul}}",
        "{{Space events|when=all|q=GROSSE}}",
        "{{Space events|when=all|country=germany|status=Postponed}}",
    ],
)
def test_letters_fold_on_the_wiki_as_in_the_tool(wiki: Sandbox, call: str) -> None:
    assert "Große" in str(parsed(wiki.anonymous(), call)["text"])


@pytest.mark.parametrize(
    ("call", "waits"),
    [
        ("{{Space events|when=all}}", True),
        ("{{Space events|from=2026-11-01}}", True),
        ("{{Space calendar|2026-11}}", True),
        ("{{Space events}}", False),
        ("{{Space events|when=weekend}}", False),
        ("{{Space calendar}}", False),
    ],
)
def test_only_a_list_that_depends_on_the_day_shortens_the_cache(
    wiki: Sandbox, call: str, *, waits: bool
) -> None:
    found = reported(parsed(wiki.anonymous(), call), "cachereport-ttl")

    assert (found >= DAY) == waits


def test_what_is_not_understood_is_tracked(wiki: Sandbox) -> None:
    answer = parsed(wiki.anonymous(), "{{Space events|colour=red}}")

    assert "Unknown filter" in str(answer["text"])
    categories = [each["category"] for each in answer["categories"]]
    assert categories == ["Space_pages_with_list_problems"]


def test_a_page_of_many_lists_stays_within_the_wiki_s_limit(wiki: Sandbox) -> None:
    events = [event(n, f"2027-01-{n % 28 + 1:02} 10:00") for n in range(1, 64)]
    write(wiki, split(events, 1))

    alone = parsed(wiki.anonymous(), "{{Space events|when=all|limit=500}}")
    both = parsed(
        wiki.anonymous(),
        "{{Space events|when=all|limit=500}}{{Space events|when=past|limit=500}}",
    )
    write(wiki, split([THERE], 1))

    assert str(alone["text"]).count('class="space-item-title"') == 60
    for answer in (alone, both):
        assert "This list may not be complete" in str(answer["text"])
        assert "scribunto-error" not in str(answer["text"])
        assert "expensive parser function" not in str(answer["categories"])


def test_the_link_to_a_month_without_a_page_opens_it_filled_in(wiki: Sandbox) -> None:
    olu = wiki.login("Olu")
    call = "{{Space calendar|2026-11|country=DE; NZ|style=grid}}"
    shown = str(parsed(olu, call, "User:Olu/Ours")["text"])
    link = re.search(r'href="([^"]+)">December 2026 →</a>', shown)
    assert link
    query = parse_qs(urlsplit(html.unescape(link[1])).query)

    form = olu.session.get(
        wiki.index_url,
        params={key: values[0] for key, values in query.items()},
        timeout=TIMEOUT,
    ).text

    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    assert text
    assert "{{Space calendar|country=DE; NZ|style=grid}}" in html.unescape(text[1])
    assert "This month does not have a page yet" in form
    olu.edit("User:Olu/Ours/2026-12", html.unescape(text[1]))
    ours = str(
        parsed(olu, "{{User:Olu/Ours/2026-12}}", "User:Olu/Ours/2026-12")["text"]
    )
    assert "December 2026" in ours


def maps(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What the stand-in for Kartographer's tag was given on a page."""
    found: list[dict[str, Any]] = json.loads(answer["properties"]["space-mapframe"])
    return found


def test_map_when_the_wiki_has_map_frames_then_gives_them_what_they_take(
    wiki: Sandbox,
) -> None:
    crowd = [event(n, f"2026-12-{n:02} 10:00", title=f"T{n}") for n in range(1, 29)]
    hall = {"lat": -36.8506, "lon": 174.7679, "label": "~~~Hall", "country": "NZ"}
    secret = {"country": "PG", "events": [event(40, "2026-12-01", title="Secret")]}
    places = [PLACE, {**hall, "events": crowd}, secret]
    write(wiki, {MAP_PAGE: json.dumps({"schema": 1, "places": places})})
    wiki.switch(wgSpaceMapFrame=True)
    answer = parsed(wiki.anonymous(), "{{Space map}}")
    few = parsed(wiki.anonymous(), "{{Space map|country=DE}}")
    none = parsed(wiki.anonymous(), "{{Space map|country=PG}}")
    wiki.switch()
    without = parsed(wiki.anonymous(), "{{Space map}}")
    write(wiki, {MAP_PAGE: json.dumps({"schema": 1, "places": [PLACE]})})

    (frame,) = maps(answer)
    assert frame["complaints"] == []
    street, crowded = frame["data"]["features"]
    assert street["geometry"] == {"type": "Point", "coordinates": [1, 1]}
    assert crowded["geometry"]["coordinates"] == [174.7679, -36.8506]
    assert crowded["properties"]["marker-size"] == "large"
    texts = {html.unescape(re.sub("<[^>]*>", "", each)) for each in frame["shown"]}
    assert "~~~Hall" in texts
    assert "28 November 2026 Große '''Straße''' [[x]] {{y}}" in texts
    (crowded_text,) = (each for each in texts if "T1" in each)
    assert re.search(r"\+\d+$", crowded_text)
    (alone,) = maps(few)
    assert (len(alone["data"]["features"]), alone["complaints"]) == (1, [])
    assert alone["attributes"]["zoom"] == "14"
    assert "zoom" not in frame["attributes"]
    assert "space-mapframe" not in {*none["properties"], *without["properties"]}
    for shown in (answer, none, without):
        assert "Secret" in str(shown["text"])
    for number in range(1, 29):
        assert f">T{number}<" in str(without["text"])


def test_portal_page_when_the_bot_is_dead_says_since_when(wiki: Sandbox) -> None:
    page = {"schema": 1, "day": "2026-11-20"}
    write(wiki, {f"User:{BOT}/Space/Read.json": json.dumps(page)})
    shown = str(
        parsed(wiki.anonymous(), "{{Space navigation}}", "Space/Events")["text"]
    )
    assert "These lists were last updated on 20 November 2026." in shown
    help_page = parsed(wiki.anonymous(), "{{Space navigation}}", "Space/Help")
    assert "updated on" not in str(help_page["text"])
    assert reported(help_page, "cachereport-ttl") >= DAY
