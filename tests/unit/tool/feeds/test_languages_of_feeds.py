"""Feeds in a language: words for codes, with a tag of their own, and else the same."""

import csv
import io
import json

import pytest

from space.settings.topics import Topics
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import event, post, translation
from tests.support.feeds.words import TOPICS
from tests.support.tool.app import ToolApp

FEEDS = (
    "/feeds/events.ics",
    "/feeds/events.geojson",
    "/feeds/posts.atom",
    "/feeds/events.csv",
    "/events/12.ics",
)


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(12, title="Tea", city="Auckland", type="workshop", topics=("glam",)),
        event(14, title="Coffee", country="IN", timezone="Asia/Kolkata"),
        event(16, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=3"),
        post(13, title="News", topics=("museums",)),
        translation(20, "ar"),
        translation(21, "ar", original=16),
    )
    return tool


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


def test_calendars_in_arabic_have_arabic_countries_and_are_valid(
    published: ToolApp,
) -> None:
    told = unfolded(published.get("/feeds/events.ics?uselang=ar").text)
    assert "SUMMARY;LANGUAGE=ar:Title ar\r\n" in told
    for path in (
        "/feeds/events.ics?",
        "/events/12.ics?",
        "/events/16.ics?date=2026-12-05&",
    ):
        response = published.get(f"{path}uselang=ar")
        assert "نيوزيلندا\r\n" in unfolded(response.text), path
        assert lint(response.data) == []
        english = published.get(path.rstrip("?&"))
        assert "New Zealand\r\n" in unfolded(english.text), path
        for name in ("UID:", "SEQUENCE:", "DTSTART"):
            assert [x for x in response.text.splitlines() if x.startswith(name)] == [
                x for x in english.text.splitlines() if x.startswith(name)
            ]


def test_other_feeds_in_arabic_have_labels(published: ToolApp) -> None:
    places = json.loads(published.get("/feeds/events.geojson?uselang=ar").data)
    (first, *_) = places["features"]
    assert first["properties"]["events"][0]["labels"]["country"]
    table = published.get("/feeds/events.csv?uselang=ar").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert {row["country_label"] for row in rows} == {"نيوزيلندا", "الهند"}
    assert "country_label" not in published.get("/feeds/events.csv").text


def test_feed_in_a_language_has_another_tag_where_its_words_are_others(
    published: ToolApp,
) -> None:
    for path in FEEDS:
        plain, arabic, bengali = (
            published.get(f"{path}{query}")
            for query in ("", "?uselang=ar", "?uselang=bn")
        )
        assert len({x.headers["ETag"] for x in (plain, arabic, bengali)}) == 3, path
        again = published.get(
            f"{path}?uselang=ar", headers={"If-None-Match": arabic.headers["ETag"]}
        )
        assert again.status_code == 304


def test_feed_in_a_language_when_a_topic_gets_a_label_has_it(
    published: ToolApp,
) -> None:
    path = "/feeds/posts.atom?uselang=de"
    before, plain = published.get(path), published.get("/feeds/posts.atom")
    assert '<category term="museums" label="museums"/>' in before.text
    published.store.set_topics(Topics.of(TOPICS))
    after = published.get(path)
    assert "Galleries, libraries" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    assert published.get("/feeds/posts.atom").data == plain.data


def test_queue_feed_in_a_language_names_itself_by_it(published: ToolApp) -> None:
    text = published.get("/feeds/review.atom?uselang=ar&kind=event").text
    assert "/feeds/review.atom?kind=event&amp;uselang=ar</id>" in text
