"""Lists on a wiki that has one module and two templates, over tables on Commons."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from space.data_pages.commons_lists import FACTS, TEXTS, CommonsLists
from space.data_pages.list_labels import keys
from space.data_pages.tabular import Table
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.publication.registered import PAGE, REGISTERED
from space.settings.onwiki import Settings
from space.settings.topics import Topics
from space.store import Store
from space.text.messages import read_catalogue
from space.wiki.urls import Urls
from tests.lua.scribunto import MODULES, Scribunto
from tests.support.corpus.filters import (
    TOPICS,
    FilterCase,
    fill,
    filter_cases,
    named_publications,
)
from tests.support.feeds.publications import ADDRESSES, event, occurrences, post

DATA = "Wikimedia events"
SETTINGS = Settings.of("{{Space settings|tool=https://space.test}}")
CATALOGUE = read_catalogue()
TARGET = re.compile(r"\[\[:m:([^|]*)\|")
STRUCK = re.compile(r"<s>.*?<bdi>(.*?)</bdi>.*?</s>")
LABEL = re.compile(r"\[\[:m:[^|]*\|<bdi>(.*?)</bdi>")


def tables(
    *published: Publication,
    licence: str = FACTS,
    urls: Urls = ADDRESSES,
    topics: str = "",
) -> Mapping[str, Table]:
    lists = CommonsLists(f"Data:{DATA}", licence, CATALOGUE, urls, "Space")
    events = [each for each in published if each.kind == "event"]
    posts = [each for each in published if each.kind == "post"]
    made = {**lists.event_tables(occurrences(events)), **lists.post_tables(posts)}
    labels = lists.labels(Topics.of(topics))
    return {**made, **labels, **lists.contents(made, SETTINGS)}


@pytest.fixture(scope="module")
def some() -> Mapping[str, Table]:
    return tables(
        event(1, start="2026-10-05 10:00", end="", title="Over"),
        event(2, title="Tea", topics=("glam",), languages=("en",), city="Auckland"),
        event(3, title="Café", country="BE", languages=("fr", "nl"), summary="Long"),
        event(4, start="2026-12-24", end="", status="cancelled", title="Off"),
        post(20, title="News", language="en", topics=("glam",)),
        post(21, title="Nouvelles", language="fr"),
        topics="{{Space topic|slug=glam|label=GLAM|aliases=museums}}",
    )


def labels(html: str) -> list[str]:
    return [unescape(label) for label in LABEL.findall(html)]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({}, ["Tea", "Café", "Off"]),
        ({"limit": "1"}, ["Tea"]),
        ({"country": "Belgium; nz", "status": "confirmed"}, ["Tea", "Café"]),
        ({"topic": "museums"}, ["Tea"]),
        ({"language": "FR"}, ["Café"]),
        ({"q": "cafe"}, []),
        ({"q": "CAFÉ", "style": "table"}, ["Café"]),
        ({"when": "past", "style": "compact"}, ["Over"]),
        ({"from": "2026-12-01"}, ["Off"]),
    ],
)
def test_events_when_filtered_are_those_of_the_tables(
    mediawiki: Path,
    some: Mapping[str, Table],
    arguments: dict[str, str],
    found: list[str],
) -> None:
    wiki = Scribunto(mediawiki, tables=some)
    html = wiki.invoke_elsewhere("events", DATA, **arguments)
    assert labels(html) == found or (not found and "Nothing found" in html)
    assert "⧼" not in html


def test_events_when_shown_look_as_on_the_first_wiki_without_its_pages(
    mediawiki: Path, some: Mapping[str, Table]
) -> None:
    wiki = Scribunto(mediawiki, tables=some, messages=["templatestyles-desc"])
    html = wiki.invoke_elsewhere("events", DATA, feed="yes", nocat="no")
    assert "templatestyles" not in html
    assert "display: flex" in html  # the sheet's rule, in the element
    assert "28 November 2026, 10:00–16:00 (Auckland)" in html
    assert "<bdi>Auckland</bdi>, New Zealand" in html
    assert "Cancelled" in html
    assert "[https://space.test/feeds/events.ics Subscribe to this list" in html
    assert "Long" not in html
    assert wiki.loaded == [
        f"Data:{DATA}/{name}.tab"
        for name in ("Contents", "Labels", "Events/2026-11", "Events/2026-12")
    ]


@pytest.mark.parametrize("style", ["list", "table", "compact"])
def test_event_when_cancelled_is_struck_and_says_so(
    mediawiki: Path, some: Mapping[str, Table], style: str
) -> None:
    wiki = Scribunto(mediawiki, tables=some)
    html = wiki.invoke_elsewhere("events", DATA, style=style)
    assert STRUCK.findall(html) == ["Off"]
    assert re.search(r"</s> <span class=\"space-flag\"[^>]*>Cancelled", html)


def test_events_when_the_day_has_gone_leave_without_an_edit(
    mediawiki: Path, some: Mapping[str, Table]
) -> None:
    later = Scribunto(mediawiki, tables=some, today="2026-12-01")
    assert labels(later.invoke_elsewhere("events", DATA)) == ["Off"]


def test_events_when_read_in_arabic_are_in_arabic_from_right_to_left(
    mediawiki: Path,
) -> None:
    translated = tables(
        event(12, title="Tea"), event(13, title="Off", status="cancelled")
    )
    wiki = Scribunto(mediawiki, tables=translated, language="ar")
    html = wiki.invoke_elsewhere("events", DATA)
    assert 'lang="ar" dir="rtl"' in html
    assert "نيوزيلندا" in html
    assert "ملغاة" in html
    assert "⧼" not in html


def test_events_when_the_licence_allows_it_show_summaries(mediawiki: Path) -> None:
    made = tables(event(12, summary="Bring a [[cup]]"), licence=TEXTS)
    html = Scribunto(mediawiki, tables=made).invoke_elsewhere("events", DATA)
    assert "Bring a cup" in html


def test_links_when_no_prefix_leads_to_the_wiki_are_addresses(mediawiki: Path) -> None:
    urls = Urls("wiki.test", "https://wiki.test/wiki/$1", "https://space.test", "")
    wiki = Scribunto(mediawiki, tables=tables(event(12, title="Té"), urls=urls))
    html = wiki.invoke_elsewhere("events", DATA)
    assert "[https://wiki.test/wiki/Space/Events/Page_12 <bdi>Té</bdi>]" in html


def test_posts_when_filtered_are_those_of_the_tables(
    mediawiki: Path, some: Mapping[str, Table]
) -> None:
    wiki = Scribunto(mediawiki, tables=some)
    assert labels(wiki.invoke_elsewhere("posts", DATA)) == ["Nouvelles", "News"]
    html = wiki.invoke_elsewhere("posts", DATA, topic="museums", style="compact")
    assert labels(html) == ["News"]
    html = wiki.invoke_elsewhere("posts", DATA, untranslated="fr")
    assert "[https://space.test/write/post?translate=20&into=fr " in html


@pytest.mark.parametrize(
    ("given", "options", "words"),
    [
        (None, {}, "needs? the JsonConfig extension|would need the JsonConfig"),
        ({}, {}, "no page <bdi>Data:Wikimedia events/Contents.tab</bdi> on"),
        (None, {"language": "ar"}, "JsonConfig.*"),
        ("some", {"expensive": 1}, "may not be complete"),
        ("some", {"expensive": 2}, "may not be complete"),
    ],
)
def test_list_when_it_cannot_be_made_says_why(
    mediawiki: Path,
    some: Mapping[str, Table],
    given: Any,
    options: dict[str, Any],
    words: str,
) -> None:
    wiki = Scribunto(mediawiki, tables=some if given == "some" else given, **options)
    html = wiki.invoke_elsewhere("events", DATA)
    assert re.search(words, html), html
    assert "⧼" not in html
    assert "Category" not in html


def test_list_when_an_argument_is_wrong_says_so_without_a_category(
    mediawiki: Path, some: Mapping[str, Table]
) -> None:
    html = Scribunto(mediawiki, tables=some).invoke_elsewhere(
        "events", DATA, colour="x"
    )
    assert "Unknown filter" in html
    assert "Category" not in html


def test_module_when_it_asks_for_a_message_then_the_table_of_texts_has_it() -> None:
    text = (MODULES / "elsewhere/Lists.lua").read_text(encoding="utf-8")
    asked = set(re.findall(r"'((?:wiki|problem)-[a-z-]*[a-z])'", text))
    # Those of pages that lists do not have, and of places without a table of texts.
    asked -= {"wiki-elsewhere-no-page", "wiki-elsewhere-no-tables"}
    asked -= {"wiki-comments", "wiki-no-events", "wiki-no-events-here"}
    asked -= {"wiki-no-posts", "wiki-no-posts-here"}
    asked -= {"wiki-list-registered", "wiki-interested-count"}  # not in the tables
    known = keys()
    assert {key for key in asked if not any(k.startswith(key) for k in known)} == set()


OF_PAGES = Filter("event", source=PAGE)


@pytest.fixture(scope="module")
def corpus(mediawiki: Path) -> Scribunto:
    """A wiki that reads the corpus of filters from tables."""
    engine = create_engine("sqlite://")
    store = Store(engine, ADDRESSES)
    fill(store)
    lists = CommonsLists(f"Data:{DATA}", TEXTS, CATALOGUE, ADDRESSES, "Space")
    made = {
        **lists.event_tables(store.events.between(None, None, OF_PAGES)),
        **lists.post_tables(store.posts.all_versions()),
    }
    contents = lists.contents(made, SETTINGS)
    engine.dispose()
    return Scribunto(
        mediawiki,
        tables={**made, **contents, **lists.labels(Topics.of(TOPICS))},
        expensive=10**6,
    )


@pytest.mark.parametrize("kind", ["event", "post"])
def test_filters_when_asked_elsewhere_find_what_they_find_on_the_first_wiki(
    corpus: Scribunto, kind: str
) -> None:
    known = {each.page_id: name for name, each in named_publications(kind).items()}
    options = {"limit": "500"} | (
        {"when": "all", "dates": "all"} if kind == "event" else {}
    )

    def found(case: FilterCase) -> tuple[str, ...] | str:
        items = {key: ";".join(values) for key, values in case.items.items()}
        html = corpus.invoke_elsewhere(f"{kind}s", DATA, **{**items, **options})
        if 'class="space-error"' in html:
            return "problem"
        first = (TARGET.search(item) for item in html.split("<li ")[1:])
        return tuple(known[int(each[1].rpartition(" ")[2])] for each in first if each)

    def of_pages(case: FilterCase) -> tuple[str, ...]:
        """What is found, but registered events, which are not in the tables."""
        return tuple(name for name in case.found if name != REGISTERED)

    cases = [case for case in filter_cases() if case.kind == kind]
    assert len(cases) > 10
    wrong = {
        case.name: (found(case), case.found)
        for case in cases
        if found(case) != ("problem" if case.problem else of_pages(case))
    }
    assert wrong == {}
