import json

import pytest

from tests.support.publications import event, post
from tests.support.tool_stage import ToolStage

FEEDS = ("/feeds/events.ics", "/feeds/events.geojson", "/feeds/posts.atom")


@pytest.fixture
def published(stage: ToolStage) -> ToolStage:
    stage.publish(
        event(12, title="Tea", coordinates="-36.8506, 174.7679"),
        event(14, title="Coffee", country="IN", timezone="Asia/Kolkata"),
        post(13, title="News & views"),
        post(15, title="Nouvelles", language="fr"),
    )
    return stage


@pytest.mark.parametrize(
    ("path", "media", "words"),
    [
        (FEEDS[0], "text/calendar; charset=utf-8", "SUMMARY:Tea"),
        (FEEDS[1], "application/geo+json", '"title":"Tea"'),
        (FEEDS[2], "application/atom+xml; charset=utf-8", "News &amp; views"),
    ],
)
def test_feed_when_asked_for_then_is_public_and_holds_what_is_published(
    published: ToolStage, path: str, media: str, words: str
) -> None:
    response = published.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media
    assert words in response.text
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["ETag"].startswith('"')
    assert "Last-Modified" in response.headers


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_unchanged_then_answers_304_and_nothing_else(
    published: ToolStage, path: str
) -> None:
    tag = published.get(path).headers["ETag"]
    again = published.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert published.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_feed_when_something_is_published_then_its_tag_is_another(
    published: ToolStage,
) -> None:
    before = published.get(FEEDS[0]).headers["ETag"]
    published.publish(event(16))
    assert published.get(FEEDS[0]).headers["ETag"] != before


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_the_reader_is_signed_in_then_is_the_same_without_a_cookie(
    published: ToolStage, path: str
) -> None:
    stranger = published.get(path)
    published.sign_in()
    reader = published.get(
        path, headers={"Accept-Language": "ar", "Accept": "text/weird;q=0.1"}
    )
    assert reader.data == stranger.data
    for response in (stranger, reader):
        assert "Set-Cookie" not in response.headers
        assert "Vary" not in response.headers


def test_feed_when_filtered_then_holds_only_what_fits(published: ToolStage) -> None:
    indian = published.get("/feeds/events.ics?country=in").text
    assert "Coffee" in indian
    assert "SUMMARY:Tea" not in indian
    french = published.get("/feeds/posts.atom?language=fr").text
    assert "Nouvelles" in french
    assert "News &amp; views" not in french


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("?colour=red", "colour"),
        ("?from=yesterday", "from"),
        ("?mode=sideways", "mode"),
        ("?uselang=de", "uselang"),
        ("?page=2", "page"),
    ],
)
def test_feed_when_a_filter_is_wrong_then_names_it(
    published: ToolStage, query: str, key: str
) -> None:
    response = published.get(f"/feeds/events.ics{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"“{key}”" in response.text


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_the_index_is_not_complete_then_is_no_empty_feed(
    stage: ToolStage, path: str
) -> None:
    stage.store.set_note("complete", None)
    response = stage.get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"


def test_feed_when_there_is_nothing_then_is_a_valid_empty_one(stage: ToolStage) -> None:
    assert stage.get(FEEDS[0]).text.endswith("END:VCALENDAR\r\n")
    assert json.loads(stage.get(FEEDS[1]).text)["features"] == []
    assert "</feed>" in stage.get(FEEDS[2]).text


def test_feed_when_the_wiki_is_silent_then_is_served_all_the_same(
    published: ToolStage,
) -> None:
    published.down = True
    for path in FEEDS:
        assert published.get(path).status_code == 200


def test_feed_when_only_the_head_is_asked_for_then_has_no_body(
    published: ToolStage,
) -> None:
    response = published.client.head(FEEDS[0], base_url="https://space.example.org")
    assert (response.status_code, response.data) == (200, b"")
    assert "ETag" in response.headers
