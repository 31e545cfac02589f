"""Events in several languages as readers of the tool see them."""

import re
from html import unescape

import pytest

from space.publication.translations import PostTitles
from tests.support.feeds.publications import event, translation
from tests.support.tool.app import ToolApp, fields_of


@pytest.fixture
def several(tool: ToolApp) -> ToolApp:
    """An event in Arabic and French too, and one that has no translation."""
    ours = {"summary": "Own summary", "languages": ("mi",)}
    tool.publish(event(12, **ours), translation(20, "ar"), translation(21, "fr"))
    tool.publish(event(13))
    tool.wiki.write(
        "Space/Events/Page 12",
        "{{Space event|title=Event 12|summary=Own summary|start=2026-11-28 10:00"
        "|timezone=Pacific/Auckland|country=NZ}}\nOwn body",
    )
    return tool


def links(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page)
    return [(code, unescape(address)) for code, address in found]


def test_event_when_a_language_is_asked_for_then_its_text_is_in_it_and_its_times_stay(
    several: ToolApp,
) -> None:
    short = several.get("/events/12?language=ar").headers["Location"]
    assert short == "/events/12-event-12?language=ar"
    page = several.get(short).text
    assert '<bdi lang="ar" dir="rtl">Title ar</bdi>' in page
    assert "Summary ar" in page
    assert "Own summary" not in page
    assert 'datetime="2026-11-27T21:00:00+00:00"' in page
    canonical = "https://space.example.org/events/12-event-12?language=ar"
    assert f'<link rel="canonical" href="{canonical}">' in page
    assert '<meta property="og:title" content="Title ar">' in page
    (card,) = re.findall(r'og:image" content="https://space.example.org([^"]+)', page)
    assert several.get(unescape(card)).headers["Content-Type"] == "image/png"
    assert links(page) == [
        ("x-default", "/events/12-event-12?language=original"),
        ("fr", "/events/12-event-12?language=fr"),
    ]
    assert "/events/12.ics?uselang=ar" in page
    own = several.get("/events/12-event-12?language=original&uselang=ar").text
    assert "Own summary" in own
    assert "Title ar</bdi>" not in own


def test_event_when_the_reader_wants_a_language_then_gets_it_without_asking(
    several: ToolApp,
) -> None:
    for headers, query, title in (
        ({"Accept-Language": "fr-CA"}, "", "Title fr"),
        ({}, "?uselang=ar", "Title ar"),
        ({"Accept-Language": "de"}, "", "Event 12"),
    ):
        page = several.get(f"/events/12-event-12{query}", headers=headers).text
        assert re.search(rf"<h1><bdi[^>]*>{title}</bdi>", page), title
        listed = several.get(f"/events{query}", headers=headers).text
        assert listed.count(f"{title}</bdi>") == 1
        assert listed.count('<li class="event-item') == 2
        assert "<bdi>Event 13</bdi>" in listed
        if title != "Event 12":  # that of an original is not known
            assert re.search(rf'<bdi lang="[a-z]+" dir="[a-z]+">{title}</bdi>', listed)
        # One address in all languages, so that nothing is redirected.
        assert "/events/12-event-12" in listed


def test_event_when_it_is_not_in_the_language_then_says_so_and_offers_to_translate(
    several: ToolApp,
) -> None:
    page = several.get("/events/12-event-12?language=de").text
    assert "has not been translated into German yet" in page
    assert "/write/translation?translate=12&amp;into=de" in page
    several.store.set_post_titles(PostTitles({}, {"Space/Events/Page 12": ("de",)}))
    page = several.get("/events/12-event-12?language=de").text
    assert 'href="https://wiki.test/wiki/Space/Events/Page_12/de"' in page
    plain = several.get("/events/13-event-13").text
    assert 'class="tongues"' not in plain
    assert "/write/translation?translate=13" in plain
    assert several.get("/events/12-event-12?language=!").status_code == 400


def test_feeds_when_an_address_names_a_language_then_names_and_texts_are_in_it(
    several: ToolApp,
) -> None:
    whole = several.get("/feeds/events.ics?uselang=ar").text.replace("\r\n ", "")
    assert whole.count("BEGIN:VEVENT") == 2
    assert "SUMMARY;LANGUAGE=ar:Title ar" in whole
    assert "SOURCE;VALUE=URI:https://space.example.org/feeds/events.ics?uselang=ar" in (
        whole
    )
    one = several.get("/events/12.ics?uselang=ar").text.replace("\r\n ", "")
    assert "X-WR-CALNAME:Title ar" in one
    csv = several.get("/feeds/events.csv?uselang=fr").text
    assert "Title fr" in csv
    assert "Event 12" not in csv
    shown = several.get("/feeds/events.geojson?uselang=fr").text
    assert '"title":"Title fr","text_language":"fr"' in shown
    names = several.get("/feeds/events.ics?country=in&mode=online&uselang=fr").text
    assert "· Inde" in names.replace("\r\n ", "")


def test_form_when_an_event_is_translated_then_has_its_text_and_nothing_else(
    several: ToolApp,
) -> None:
    several.sign_in("Mia")
    page = several.get("/write/translation?translate=12&into=de").text
    filled = fields_of(page)
    assert filled["original"] == "Space/Events/Page 12"
    assert filled["translators"] == "[[User:Mia]]"
    assert filled["title"] == ""
    assert "Own summary" in page
    assert not filled.keys() & {"start-date", "country", "venue", "online_link"}
    sent = several.post_raw(
        "/write/translation?translate=12&into=de",
        **{**filled, "title": "Tee", "body": "Ein Text", "action": "save"},
    )
    assert sent.status_code == 303, sent.text
    saved = several.wiki.state.page("Space/Events/Page 12/de")
    assert saved is not None
    assert "{{Space event translation" in saved.latest.text
    assert "Ein Text" in saved.latest.text
    assert several.get("/write/translation").status_code == 404


def test_translation_when_its_own_page_is_asked_for_then_is_no_event(
    several: ToolApp,
) -> None:
    for path in ("/events/20", "/blog/20", "/api/v1/events/20", "/events/20.ics"):
        assert several.get(path).status_code == 404, path
