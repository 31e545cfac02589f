"""The table of feeds: a row is all that a feed needs to be served and found."""

import gzip
import re
from collections.abc import Iterator

import pytest

from space.feeds.table import FEEDS, Announced, Feed
from space.publication.filters import Filter
from space.schema.kinds import SCHEMAS
from space.store.build_key import PACKAGES
from tests.support.feeds.publications import TODAY, event, post
from tests.support.talk.conversations import talk_some
from tests.support.tool.app import ToolApp
from tool.app.web import http_cache

DOCUMENT = (SCHEMAS.parent / "docs" / "feeds.md").read_text(encoding="utf-8")
EVERY_FEED = pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
ALTERNATE = re.compile(
    r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)'
)


@pytest.fixture(scope="module")
def full() -> Iterator[ToolApp]:
    tool = ToolApp()
    tool.publish(event(12, coordinates="-36.8506, 174.7679"), post(13))
    talk_some(tool)
    yield tool
    tool.engine.dispose()


@EVERY_FEED
def test_feed_when_asked_for_then_is_of_its_media_type_for_any_site(
    full: ToolApp, feed: Feed
) -> None:
    response = full.get(feed.path)
    assert (response.status_code, response.content_type) == (200, feed.media_type)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    tag = response.headers["ETag"]
    assert full.get(feed.path, headers={"If-None-Match": tag}).status_code == 304


@EVERY_FEED
def test_feed_when_sent_from_a_file_then_has_the_octets_of_one_made_anew(
    full: ToolApp, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_cache, "LONGEST", 100)
    since = {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}
    anew = full.get(feed.path, headers=since, buffered=True)
    for _ in range(3):
        plain = full.get(feed.path, buffered=True)
        assert plain.data == anew.data
    zipped = full.get(feed.path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    if feed.is_stored:
        assert gzip.decompress(zipped.data) == anew.data
        assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


@EVERY_FEED
def test_feed_when_a_filter_is_not_its_own_then_is_refused(
    full: ToolApp, feed: Feed
) -> None:
    assert full.get(f"{feed.path}?colour=red").status_code == 400


@EVERY_FEED
def test_feed_when_stored_then_the_store_has_fragments_that_a_new_build_key_renews(
    full: ToolApp, feed: Feed
) -> None:
    if feed.is_stored:
        fragments = full.store.feeds.fragments(feed.form, Filter(feed.kind), TODAY)
        assert list(fragments)
    makers = [feed.envelope, *([feed.render] if feed.render else [])]
    for maker in makers:
        bot_and_wiki, package, _ = maker.__module__.split(".", 2)
        assert bot_and_wiki == "space"
        assert package in PACKAGES


@EVERY_FEED
def test_feed_when_in_the_table_then_the_document_names_it_and_a_message_its_title(
    full: ToolApp, feed: Feed
) -> None:
    assert re.search(rf"^\| `{re.escape(feed.path)}` \|", DOCUMENT, re.MULTILINE)
    assert feed.title in full.services.catalogue["en"]


@EVERY_FEED
def test_feed_when_announced_then_its_page_links_it(full: ToolApp, feed: Feed) -> None:
    links = ALTERNATE.findall(full.get(feed.page).text)
    announced = feed.announced is not Announced.NOWHERE
    assert ((feed.link_type, feed.path) in links) is announced


def test_table_when_listed_then_no_two_feeds_share_a_name() -> None:
    assert len({feed.name for feed in FEEDS}) == len(FEEDS)
