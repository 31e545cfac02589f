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
