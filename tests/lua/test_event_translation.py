"""Pages with {{Space event translation}}: their text on the card of the original."""

import json
import re

import pytest

from tests.lua.record_pages import TITLE, Make, ledger, mark, words

PAGE = f"{TITLE}/ar"
EVENT = """{{Space event
| title = Tea | summary = Short. | start = 2026-11-28 10:00 | end = 2026-11-28 12:00
| timezone = Pacific/Auckland | country = NZ | city = Auckland
| organizers = [[User:Olu]] | precision = city | address = 1 Hidden Street
}}"""
VALUES = {"original": TITLE, "language": "ar", "title": "شاي", "summary": "ملخص"}


def text(**values: str) -> str:
    given = "".join(f"|{name}={value}" for name, value in values.items())
    return f"{{{{Space event translation{given}}}}}"


def test_translation_when_its_original_is_an_event_then_shows_its_times_and_place(
    scribunto: Make,
) -> None:
    values = VALUES | {"translators": "[[User:Mia]]", "start": "2027-01-01 10:00"}
    pages = {TITLE: EVENT, PAGE: text(**values)}

    # Where Translate is installed, the name alone makes no page one of its pages.
    lua = scribunto(pages, title=PAGE, messages=["translate-desc"])
    html = lua.invoke("EventTranslation", "show", **values)

    said = words(html)
    assert "شاي" in said
    assert "Saturday, 28 November 2026" in said
    assert "Auckland" in said
    assert "User:Olu" in html
    assert "User:Mia" in html
    assert "Waiting for review" in said
    for wrong in ("Short.", "2027", "Hidden"):
        assert wrong not in said
    assert 'lang="ar" dir="rtl"' in html


@pytest.mark.parametrize(
    "original",
    ["", "{{Space post|title=Tea|language=en}}", text(**VALUES), "No template."],
)
def test_translation_when_its_original_is_no_event_then_says_so(
    scribunto: Make, original: str
) -> None:
    pages = {PAGE: text(**VALUES)} | ({TITLE: original} if original else {})

    html = scribunto(pages, title=PAGE).invoke("EventTranslation", "show", **VALUES)

    assert "does not announce an event" in words(html)
    assert f"[[:{TITLE}]]" in html


def test_translation_without_a_title_has_no_other_name(scribunto: Make) -> None:
    values = {"original": TITLE, "language": "ar"}
    pages = {TITLE: EVENT, PAGE: text(**values)}

    html = scribunto(pages, title=PAGE).invoke("EventTranslation", "show", **values)

    assert "Please fix the following" in words(html)


@pytest.mark.parametrize(
    ("settings", "reader", "address"),
    [
        ("{{Space settings|tool=https://space.example.org}}", "ar", "translate=12"),
        ("{{Space settings|tool=}}", "ar", "Space+event+translation%2Fpreload"),
        ("{{Space settings|tool=}}", "en", None),
    ],
)
def test_event_when_it_is_published_then_leads_to_its_translation_and_to_others(
    scribunto: Make, settings: str, reader: str, address: str | None
) -> None:
    page = "{{Space event|title=Tea|start=2026-11-28|timezone=UTC|mode=online}}"
    texts = {"id": 12, "texts": [{"language": "fr", "page": f"{TITLE}/fr"}]}
    pages = ledger(state="published", published=mark(7, page)) | {
        TITLE: page,
        "Space/Settings": settings,
        "User:SpaceBot/Space/Texts/0.json": json.dumps({"events": [texts]}),
    }
    values = {"title": "Tea", "start": "2026-11-28", "timezone": "UTC"}
    lua = scribunto(pages, title=TITLE, language=reader)
    html = lua.invoke("Event", "show", mode="online", **values)
    begins = re.findall(r"\S*translat\S+", html.partition("space-foot")[2])
    assert any(address in each for each in begins) if address else begins == []
    assert f"[[:{TITLE}/fr|" in html


LISTED = {
    "id": 12,
    "page": TITLE,
    "title": "Tea",
    "summary": "Own summary",
    "start": "2026-11-28 10:00",
    "zone": "Pacific/Auckland",
    "from": "2026-11-27T21:00Z",
    "to": "2026-11-27T22:00Z",
    "mode": "in-person",
    "texts": {"ar": "شاي", "sr-latn": "Čaj", "en": "Cup"},
    "text_pages": {"sr-latn": "Other/Čaj"},
}


@pytest.mark.parametrize(
    ("reader", "link"),
    [
        ("ar", f"[[:{TITLE}/ar|<bdi>شاي</bdi>]]"),
        ("sr-el", "[[:Other/Čaj|<bdi>Čaj</bdi>]]"),
        ("en", f"[[:{TITLE}/en|<bdi>Cup</bdi>]]"),
        ("de", f"[[:{TITLE}|<bdi>Tea</bdi>]]"),
    ],
)
def test_list_when_an_event_has_titles_then_shows_the_readers(
    scribunto: Make, reader: str, link: str
) -> None:
    lua = scribunto({}, title="Space/Events", language=reader)
    entry = "return tostring(require('Module:Space/Entry').event(...))"
    html = lua.run(entry, LISTED)
    assert link in html
    assert ("Own summary" in html) == (reader == "de")
