"""Links above a list: periods and languages, each to be added or taken away."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp


def pairs_of(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(unescape(address)).query)


def languages_of(page: str) -> list[str]:
    """Names of the languages that are offered as links."""
    row = page.split('aria-label="Language">')[1].partition("</nav>")[0]
    return re.findall(r"<a [^>]*>([^<]*)</a>", row.partition("<div")[0])


def test_languages_when_offered_then_the_readers_and_the_most_used_come_first(
    tool: ToolApp,
) -> None:
    used = ("fr", "fr", "fr", "es", "es", "sw", "he", "he", "he", "he", "pt-BR")
    tool.publish(*(event(n, languages=(code,)) for n, code in enumerate(used, 20)))
    page = tool.get(
        "/events?uselang=en", headers={"Accept-Language": "pt-BR, es;q=0.5"}
    ).text
    assert languages_of(page) == ["Spanish", "Portuguese (Brazil)", "Hebrew", "French"]
    assert 'popovertarget="languages"' in page
    assert ">Swahili</a>" in page
    asked = tool.get("/events?language=sw&country=NZ&when=week").text
    assert languages_of(asked)[:2] == ["Swahili", "Hebrew"]
    links = re.findall(r'href="([^"]*)" rel="nofollow"([^>]*)>([^<]*)<', asked)
    by_name = {name: (pairs_of(href), more) for href, more, name in links}
    without = [("country", "NZ"), ("when", "week")]
    assert by_name["Swahili"] == (without, ' aria-current="true"')
    assert ("language", "sw") in by_name["Hebrew"][0]
    assert ("language", "he") in by_name["Hebrew"][0]


def test_views_when_days_are_named_then_open_on_those_days(tool: ToolApp) -> None:
    page = tool.get("/events?when=next-month&topic=tea").text
    for path in ("/events", "/calendar", "/map"):
        href = re.search(rf'<a href="{path}\?([^"]*to=2026-12-31[^"]*)"', page)
        assert href
        assert set(unescape(href[1]).split("&")) == {
            "from=2026-12-01",
            "to=2026-12-31",
            "topic=tea",
        }


def test_languages_when_there_is_one_then_it_is_offered_only_to_be_taken_away(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, languages=("sw",)))
    assert 'rel="nofollow">Swahili' not in tool.get("/events").text
    assert languages_of(tool.get("/events?language=sw").text) == ["Swahili"]


def test_period_when_chosen_then_is_first_and_taken_away_by_its_link(
    tool: ToolApp,
) -> None:
    page = tool.get("/events?when=week&country=NZ").text
    row = page.partition('aria-label="Quick filters">')[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]*)"[^>]*?( aria-current="true")?>([^<]+)<', row)
    assert links[0] == ("/events?country=NZ", ' aria-current="true"', "Next 7 days")
    assert [chosen for _, chosen, _ in links[1:]] == [""] * (len(links) - 1)


def test_languages_when_only_a_translation_is_in_one_then_it_is_offered(
    tool: ToolApp,
) -> None:
    tool.publish(
        post(13, title="Hello"),
        post(15, title="Hola", language="es", original="Space/Blog/Page 13"),
    )
    page = tool.get("/blog?uselang=en", headers={"Accept-Language": "es"}).text
    assert languages_of(page) == ["Spanish", "English"]
