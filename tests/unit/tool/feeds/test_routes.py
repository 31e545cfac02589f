import json
from datetime import timedelta

import pytest

from space.publication.publication import Tombstone
from space.store import Record
from space.store.keys import COMPLETE
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp

FEEDS = (
    "/feeds/events.ics",
    "/feeds/events.geojson",
    "/feeds/posts.atom",
    "/feeds/events.csv",
    "/events/12.ics",
)
FILTERED = FEEDS[:4]


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(12, title="Tea", coordinates="-36.8506, 174.7679"),
        event(14, title="Coffee", country="IN", timezone="Asia/Kolkata"),
        post(13, title="News & views"),
        post(15, title="Nouvelles", language="fr"),
    )
    return tool


@pytest.mark.parametrize(
    ("path", "media", "words"),
    [
        (FEEDS[0], "text/calendar; charset=utf-8", "SUMMARY:Tea"),
        (FEEDS[1], "application/geo+json", '"title":"Tea"'),
        (FEEDS[2], "application/atom+xml; charset=utf-8", "News &amp; views"),
        (FEEDS[3], "text/csv; charset=utf-8; header=present", "Tea"),
        (FEEDS[4], "text/calendar; charset=utf-8", "SUMMARY:Tea"),
    ],
)
def test_feed_when_asked_for_then_is_public_and_holds_what_is_published(
    published: ToolApp, path: str, media: str, words: str
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
    published: ToolApp, path: str
) -> None:
    tag = published.get(path).headers["ETag"]
    again = published.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert published.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_feed_when_something_is_published_then_its_tag_is_another(
    published: ToolApp,
) -> None:
    before = published.get(FEEDS[0]).headers["ETag"]
    published.publish(event(16))
    assert published.get(FEEDS[0]).headers["ETag"] != before


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_the_reader_is_signed_in_then_is_the_same_without_a_cookie(
    published: ToolApp, path: str
) -> None:
    stranger = published.get(path)
    published.sign_in()
    reader = published.get(
        path, headers={"Accept-Language": "ar", "Accept": "text/weird;q=0.1"}
    )
    assert reader.data == stranger.data
    for response in (stranger, reader):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Vary"] == "Accept-Encoding"


def test_feed_when_its_address_names_a_language_then_its_name_is_in_it(
    published: ToolApp,
) -> None:
    atom = published.get("/feeds/posts.atom?uselang=ar").text
    assert '<title xml:lang="ar">' in atom
    assert "News of the Wikimedia movement" not in atom
    assert "News &amp; views" in atom  # an entry is as its author wrote it
    calendar = published.get("/feeds/events.ics?uselang=ar").text
    assert "NAME;LANGUAGE=ar:" in calendar
    assert "Events of the Wikimedia movement" not in calendar
    page = published.get("/subscribe?uselang=ar").text
    assert "/feeds/events.ics?uselang=ar" in page


def test_feed_when_filtered_then_holds_only_what_fits(published: ToolApp) -> None:
    indian = published.get("/feeds/events.ics?country=in").text
    assert "Coffee" in indian
    assert "SUMMARY:Tea" not in indian
    french = published.get("/feeds/posts.atom?language=fr").text
    assert "Nouvelles" in french
    assert "News &amp; views" not in french


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/feeds/events.ics", "Events of the Wikimedia movement"),
        (
            "/feeds/events.ics?country=in&language=hi&mode=online",
            "Events of the Wikimedia movement · Online · India · Hindi",
        ),
        ("/events/12.ics", "Tea"),
        ("/events/16.ics?date=2026-12-05", "Weekly"),
    ],
)
def test_calendar_when_it_has_a_part_of_all_then_its_name_says_which(
    published: ToolApp, path: str, name: str
) -> None:
    published.publish(event(16, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=3"))
    text = published.get(path).text.replace("\r\n ", "")
    assert f"\r\nX-WR-CALNAME:{name}\r\n" in text


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("?colour=red", "colour"),
        ("?from=yesterday", "from"),
        ("?mode=sideways", "mode"),
        ("?uselang=!", "uselang"),
        ("?page=2", "page"),
    ],
)
def test_feed_when_a_filter_is_wrong_then_names_it(
    published: ToolApp, query: str, key: str
) -> None:
    response = published.get(f"/feeds/events.ics{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"“{key}”" in response.text


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_the_index_is_not_complete_then_is_no_empty_feed(
    tool: ToolApp, path: str
) -> None:
    tool.store.set_value(COMPLETE, None)
    response = tool.get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"


@pytest.mark.parametrize("path", FILTERED)
def test_feed_when_nothing_fits_then_is_a_valid_empty_one(
    published: ToolApp, path: str
) -> None:
    response = published.get(f"{path}?q=absent")
    assert response.status_code == 200
    if path.endswith("ics"):
        assert lint(response.data) == []
        assert b"VEVENT" not in response.data
    elif path.endswith("geojson"):
        collection = json.loads(response.text)
        assert collection == {"type": "FeatureCollection", "features": []}
    elif path.endswith("csv"):
        assert response.text.count("\r\n") == 1
    else:
        assert "<entry" not in response.text
        assert response.text.endswith("</feed>\n")


def test_feed_when_the_wiki_is_silent_then_is_served_all_the_same(
    published: ToolApp,
) -> None:
    published.down = True
    for path in FEEDS:
        assert published.get(path).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_only_the_head_is_asked_for_then_has_no_body(
    published: ToolApp, path: str
) -> None:
    response = published.client.head(path, base_url="https://space.example.org")
    assert (response.status_code, response.data) == (200, b"")
    whole = published.get(path)
    assert response.headers.get("Content-Length", type=int) in {None, len(whole.data)}
    for headers in (response.headers, whole.headers):
        headers.remove("Content-Length")
    assert dict(response.headers) == dict(whole.headers)


@pytest.mark.parametrize("path", FILTERED)
@pytest.mark.parametrize("query", ["", "?q=absent", "?topic=x&topic=Tëa 🎉"])
def test_feed_when_sent_in_pieces_then_is_as_long_as_it_says(
    published: ToolApp, path: str, query: str
) -> None:
    published.publish(event(18, topics=("Tëa 🎉",), coordinates="1, 2"), post(19))
    streamed = published.get(path + query)
    said = streamed.headers.get("Content-Length", type=int)
    assert said == len(streamed.data) or path.endswith(("atom", "geojson"))
    again = published.get(path + query)
    assert again.data == streamed.data
    assert again.headers.get("Content-Length", type=int) == len(streamed.data)


def test_feed_when_the_reader_has_it_then_is_not_looked_for(
    published: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = published.get(FEEDS[0]).headers["ETag"]
    with monkeypatch.context() as patch:
        patch.setattr(type(published.store.feeds), "snapshot", None)
        again = published.get(FEEDS[0], headers={"If-None-Match": f'W/"x", {tag}'})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Cache-Control"] == "public, max-age=300"
        assert "Content-Type" not in again.headers
    published.now += timedelta(days=1)  # another day may be another text
    same = published.get(FEEDS[0], headers={"If-None-Match": tag})
    assert same.status_code == 304
    published.publish(event(12, title="Chai"))
    other = published.get(FEEDS[0], headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert "SUMMARY:Chai" in other.text


@pytest.mark.parametrize("path", FEEDS)
def test_feed_when_not_changed_since_a_time_then_answers_304(
    published: ToolApp, path: str
) -> None:
    published.now += timedelta(minutes=1)
    time = published.get(path).headers["Last-Modified"]
    same = published.get(path, headers={"If-Modified-Since": time})
    assert (same.status_code, same.data) == (304, b"")
    published.store.remove(14)  # what is gone has no time of its own
    assert published.get(path, headers={"If-Modified-Since": time}).status_code == 200


def test_feed_when_changed_within_the_second_of_the_last_answer_then_is_sent(
    published: ToolApp,
) -> None:
    time = published.get(FEEDS[0]).headers["Last-Modified"]
    published.publish(event(16))
    again = published.get(FEEDS[0], headers={"If-Modified-Since": time})
    assert again.status_code == 200


def test_feed_when_the_tag_differs_then_the_time_does_not_count(
    published: ToolApp,
) -> None:
    published.now += timedelta(minutes=1)
    time = published.get(FEEDS[0]).headers["Last-Modified"]
    headers = {"If-Modified-Since": time, "If-None-Match": '"other"'}
    assert published.get(FEEDS[0], headers=headers).status_code == 200


@pytest.mark.parametrize("time", ["yesterday", "", "Thu, 32 Foo 2026 00:00:00 GMT"])
def test_feed_when_the_time_is_garbage_then_is_sent(
    published: ToolApp, time: str
) -> None:
    response = published.get(FEEDS[0], headers={"If-Modified-Since": time})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "disposition"),
    [
        (FEEDS[0], 'inline; filename="events.ics"'),
        (FEEDS[3], 'attachment; filename="events.csv"'),
        (FEEDS[4], 'attachment; filename="event-12.ics"'),
    ],
)
def test_feed_when_it_is_kept_as_a_file_then_has_a_name(
    published: ToolApp, path: str, disposition: str
) -> None:
    assert published.get(path).headers["Content-Disposition"] == disposition


def test_event_ics_when_asked_for_then_is_a_whole_calendar_of_it_alone(
    published: ToolApp,
) -> None:
    response = published.get("/events/12.ics")
    assert lint(response.data) == []
    assert "TZID:Pacific/Auckland" in response.text
    assert "UID:12@meta.wikimedia.org" in response.text
    assert response.text.count("BEGIN:VEVENT") == 1
    assert "SOURCE;VALUE=URI:https://space.example.org/events/12.ics" in response.text


@pytest.mark.parametrize("page_id", [13, 99])
def test_event_ics_when_there_is_no_such_event_then_is_404(
    published: ToolApp, page_id: int
) -> None:
    response = published.get(f"/events/{page_id}.ics")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_event_ics_when_the_event_is_gone_then_is_struck_out_for_a_while(
    published: ToolApp,
) -> None:
    gone = Tombstone(12, published.now, published.now, 7)
    published.store.put(Record(12, "event", "T", 0, 9, "gone", tombstone=gone))
    response = published.get("/events/12.ics")
    assert lint(response.data) == []
    assert "STATUS:CANCELLED" in response.text
    published.now += timedelta(days=40)
    assert published.get("/events/12.ics").status_code == 404


def test_event_ics_when_given_a_filter_then_refuses_it(published: ToolApp) -> None:
    response = published.get("/events/12.ics?country=nz")
    assert response.status_code == 400
    assert "“country”" in response.text


def test_event_page_when_read_then_leads_to_its_calendar_file(
    published: ToolApp,
) -> None:
    page = published.get("/events/12-tea")
    assert 'href="/events/12.ics"' in page.text
