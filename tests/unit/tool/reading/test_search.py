"""The page of the search, without a browser."""

import re
from dataclasses import replace

import pytest

from space.store.queries import search
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp

WEEKLY = "FREQ=WEEKLY;COUNT=20"


@pytest.fixture
def library(tool: ToolApp) -> ToolApp:
    tool.publish(
        replace(
            post(21, title="चित्र", language="hi"),
            body="महिलाओं के लिए '''एक''' सभा <script>alert(1)</script>।",
        ),
        replace(post(22, title="نزهة", language="ar"), body="اجتمع في المكتبة."),
        replace(post(23, title="摄影", language="zh"), body="我们在维基百科写条目。"),
        replace(event(24, title="Walk in Osaka"), body="Bring a camera."),
        *(post(number, title=f"Map {number}") for number in range(30, 55)),
    )
    return tool


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("महिलाओं", "महिलाओं"),
        ("المكتبة", "المكتبة"),
        ("维基百科", "维基百科"),
        ("CAMERA", "camera"),
    ],
)
def test_search_when_the_text_has_the_words_then_they_are_marked(
    library: ToolApp, words: str, mark: str
) -> None:
    answer = library.get("/search", query_string={"q": words})
    assert answer.status_code == 200
    assert f"<mark>{mark}</mark>" in answer.text
    assert "One page found" in answer.text


def test_search_when_nothing_is_asked_then_only_says_how(library: ToolApp) -> None:
    answer = library.get("/search")
    assert "the beginning of a word" in answer.text
    assert "result__item" not in answer.text


def test_search_when_nothing_fits_then_leads_to_the_wiki(library: ToolApp) -> None:
    answer = library.get("/search?q=zeppelin")
    assert "Nothing found" in answer.text
    assert "title=Special%3ASearch&amp;search=zeppelin+prefix%3ASpace%2F" in answer.text


def test_search_when_the_words_are_markup_then_they_are_text(
    library: ToolApp,
) -> None:
    answer = library.get("/search", query_string={"q": '<b onclick="x">camera'})
    assert "<b onclick" not in answer.text


def test_search_when_there_is_more_then_is_paged(library: ToolApp) -> None:
    first = library.get("/search?q=map")
    assert first.text.count("result__item") == 20
    assert "/search?q=map&amp;page=1" in first.text
    assert library.get("/search?q=map&page=1").text.count("result__item") == 5


def test_search_when_very_many_pages_have_the_word_then_says_that_there_are_more(
    library: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "CANDIDATES", 21)
    assert "More than 21 pages found." in library.get("/search?q=map").text
    last = library.get("/search?q=map&page=1").text
    assert last.count("result__item") == 1
    assert "page=2" not in last


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=map&kind=post", 200),
        ("q=map&kind=event&language=en", 200),
        ("q=&kind=&language=", 200),
        ("q=map&kind=talk", 400),
        ("q=map&language=no-such-language-x", 400),
        ("q=map&colour=red", 200),
        ("q=map&page=x", 400),
        ("q=" + "x" * 201, 200),
    ],
)
def test_search_when_narrowed_then_only_by_what_is_known(
    library: ToolApp, query: str, status: int
) -> None:
    assert library.get(f"/search?{query}").status_code == status


def test_every_page_has_the_box(library: ToolApp) -> None:
    assert 'action="/search"' in library.get("/").text


def test_search_when_narrowed_by_language_then_offers_those_in_use(
    library: ToolApp,
) -> None:
    library.publish(event(70, title="Both", languages=("pt-BR", "en")))
    page = library.get("/search?q=map&language=fr").text
    offered = re.findall(r'<option value="([^"]+)"', page.partition("language")[2])
    assert set(offered) >= {"ar", "en", "fr", "hi", "pt-BR", "zh"}
    assert len(offered) < 10
    assert '<option value="fr" selected>French</option>' in page


def test_search_when_something_is_found_then_it_has_picture_kind_and_language(
    library: ToolApp,
) -> None:
    page = library.get("/search?q=osaka").text
    found = page.partition('class="result__item"')[2]
    for part in ('<svg class="cover', ">Event<", "Auckland"):
        assert part in found
    post_found = library.get("/search", query_string={"q": "चित्र"}).text
    assert "<bdi>Hindi</bdi>" in post_found.partition('class="result__item"')[2]


def test_search_when_a_series_is_found_then_leads_to_its_next_date(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, title="Weekly", start="2026-10-03 10:00", end="", recurrence=WEEKLY),
        event(14, title="Weekly then", start="2020-01-01 10:00", end=""),
    )
    page = tool.get("/search?q=weekly").text
    assert 'href="/events/12-weekly?date=2026-11-28"' in page
    assert "Wednesday, 1 January 2020" in page
