"""The top of portal pages: links in the page's language, links to its versions."""

import re
from collections.abc import Callable

import pytest

from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]
PAGES = dict.fromkeys(
    (
        "Space/Newcomers",
        "Space/Newcomers/ar",
        "Space/Newcomers/de",
        "Space/Guidelines/ar",
    ),
    "",
)
CURRENT = "return { require('Module:Space/PortalPage').current() }"


def navigation(scribunto: Make, title: str, **options: object) -> str:
    options = {"language": "{{USERLANGUAGE}}", "title": title, **options}
    lua = scribunto({**PAGES, title: ""}, **options)
    return lua.invoke("Portal", "navigation")


def links(html: str) -> list[str]:
    return re.findall(r"\[\[:([^|]*)\|", html)


@pytest.mark.parametrize(
    ("title", "current"),
    [
        ("Space", [""]),
        ("Space/ar", ["", "ar"]),
        ("Space/Newcomers", ["Newcomers"]),
        ("Space/Newcomers/zh-hans", ["Newcomers", "zh-hans"]),
        ("Space/Newcomers/De", []),
        ("Space/Newcomers/old", []),
        ("Space/Blog/de", []),
        ("Space/Blog/Trees/de", []),
        ("Spaceship/de", []),
        ("User:Lena/de", []),
    ],
)
def test_current_knows_translations_of_the_portal_by_name_and_records_as_none(
    scribunto: Make, title: str, current: list[str]
) -> None:
    assert scribunto(title=title).run(CURRENT) == current


def test_navigation_when_the_page_is_a_translation_then_leads_to_its_language(
    scribunto: Make,
) -> None:
    row, _, versions = navigation(scribunto, "Space/Newcomers/ar").partition(
        "space-versions"
    )
    assert "Space/Guidelines/ar" in links(row)
    assert "Space/Guidelines" not in links(row)
    assert "Space/Help" in links(row)
    assert links(versions) == ["Space/Newcomers/de", "Space/Newcomers"]
    assert '<span lang="de" dir="ltr">[[:Space/Newcomers/de|Deutsch]]' in versions


def test_navigation_of_an_original_has_the_versions_that_the_wiki_has(
    scribunto: Make,
) -> None:
    html = navigation(scribunto, "Space/Newcomers")
    assert links(html)[-2:] == ["Space/Newcomers/ar", "Space/Newcomers/de"]
    assert "Space/Guidelines" in links(html)
    for title, messages in (
        ("Space/Help", []),
        ("Space/Newcomers/old/de", []),
        ("Space/Newcomers", ["translate-desc"]),  # the extension shows them itself
    ):
        html = navigation(scribunto, title, messages=messages)
        assert "space-versions" not in html, title


@pytest.mark.parametrize(
    ("title", "language", "first"),
    [
        ("Space/Newcomers/ar", "{{USERLANGUAGE}}", "ar"),
        ("Space/Newcomers/ar", "en", "ar"),  # said by a wiki that has one language
        ("Space/Newcomers/ar", "fr", "fr"),
        ("Space/Newcomers", "{{USERLANGUAGE}}", "en"),
    ],
)
def test_texts_of_a_translation_are_in_its_language_where_the_wiki_does_not_tell(
    scribunto: Make, title: str, language: str, first: str
) -> None:
    lua = scribunto(title=title, language=language)
    assert lua.run("return require('Module:Space/Messages').chain()[1]") == first


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-22", "Lists updated on 22 November 2026"),
        ("2026-11-24", "Lists updated on 22 November 2026"),
        ("2026-11-25", "These lists were last updated on 22 November 2026."),
        ("2026-12-01", "These lists were last updated on 22 November 2026."),
    ],
)
def test_navigation_when_the_bot_is_dead_for_two_days_then_says_since_when(
    scribunto: Make, today: str, said: str
) -> None:
    read = {"User:SpaceBot/Space/Read.json": '{"schema": 1, "day": "2026-11-22"}'}
    html = scribunto({**PAGES, **read}, title="Space/Events", today=today)
    assert said in html.invoke("Portal", "navigation")


@pytest.mark.parametrize("page", ["Space/Help", "Space/Newcomers/ar", "Other"])
def test_navigation_when_a_page_has_no_lists_then_does_not_depend_on_the_day(
    scribunto: Make, page: str
) -> None:
    read = {"User:SpaceBot/Space/Read.json": '{"schema": 1, "day": "2026-11-22"}'}
    lua = scribunto({**PAGES, **read}, title=page, today="2026-12-24")
    assert "pdated" not in lua.invoke("Portal", "navigation")
    assert not any("Read.json" in title for title in lua.loaded)


@pytest.mark.parametrize("text", ["", "{}", '{"schema": 1, "day": "soon"}'])
def test_navigation_when_the_day_cannot_be_read_then_says_nothing_of_it(
    scribunto: Make, text: str
) -> None:
    read = {"User:SpaceBot/Space/Read.json": text}
    html = scribunto({**PAGES, **read}, title="Space").invoke("Portal", "navigation")
    assert "pdated" not in html
