"""Pages with {{Space post}}: the card above the text."""

from typing import Any

import pytest

from tests.lua.record_pages import TITLE, Make, ledger, mark, shown_post, words


def test_post_shows_authors_language_and_series(scribunto: Make) -> None:
    arguments = {
        "language": "ar",
        "authors": "[[User:Olu]]; Photo group",
        "summary": "ملخص",
        "series": "Photo walks",
        "topics": "photo-walk",
        "date": "2026-11-20",
    }
    text = "".join(f"|{name}={value}" for name, value in arguments.items())
    pages = ledger(state="published", published=mark(7))
    pages[TITLE] = f"{{{{Space post{text}}}}}"

    html = scribunto(pages, title=TITLE).invoke("Post", "show", **arguments)

    said = words(html)
    assert "by [[:User:Olu|<bdi>Olu</bdi>]], Photo group · Arabic" in html
    assert "Friday, 20 November 2026" in said
    assert "Photo walks" in said
    assert 'class="space-post space-before-rtl"' in html
    assert 'lang="ar" dir="rtl"' in html
    assert "[[Category:Space posts of 2026-11]]" in html


@pytest.mark.parametrize(
    ("standing", "day"),
    [
        (
            {"published": mark(7), "appeared": "2026-12-20T00:00:00Z"},
            "20 December 2026",
        ),
        ({"published": mark(7)}, "1 October 2026"),  # kept by an earlier bot
        ({}, None),  # its day has not come
    ],
)
def test_post_that_was_scheduled_has_the_day_it_appears_on(
    scribunto: Make, standing: dict[str, Any], day: str | None
) -> None:
    pages = ledger(state="published", first="2026-10-01T10:00:00Z", **standing)

    html = shown_post(scribunto, pages)

    assert (f"{day} ·" in words(html)) == bool(day)
    assert ("Category:Space posts of 2026" in html) == bool(day)


def test_post_draft_is_called_one(scribunto: Make) -> None:
    lua = scribunto({}, title="Space/Blog/Example")

    html = lua.invoke("Post", "show", language="en", status="draft")

    assert "This is a draft" in html
    assert "waiting for review]]" not in html


@pytest.mark.parametrize(
    ("code", "name", "attributes"),
    [
        ("ar", "Arabic", 'lang="ar" dir="rtl"'),
        ("fr", "French", 'lang="fr" dir="ltr"'),
        ("en", "English", 'lang="en" dir="ltr"'),
    ],
)
def test_post_when_translate_made_the_page_is_in_the_language_of_its_name(
    scribunto: Make, code: str, name: str, attributes: str
) -> None:
    title = f"Space/Blog/News/{code}"
    text = "{{Space post|title=News|language=en|summary=Short.}}"
    made = scribunto(
        {title: text, "Space/Blog/News": text}, title=title, messages=["translate-desc"]
    )
    html = made.invoke("Post", "show", title="News", language="en", summary="Short.")
    assert name in words(html).partition("Short.")[0]
    assert f'<div {attributes} class="space-lead">Short.' in html
    assert f"space-before-{attributes[-4:-1]}" in html
    assert "Category:" not in html
