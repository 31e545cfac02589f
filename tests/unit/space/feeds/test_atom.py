import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.feeds.atom import NAMESPACE, entry, feed
from space.feeds.envelope import FeedHead
from space.publication.publication import Publication
from space.publication.translations import PostVersion
from space.text.clean import one_line
from tests.support.feeds.calendars import unique
from tests.support.feeds.publications import ADDRESSES, NOW, post, posts

GRAMMAR = Path("tests/support/feeds/atom.rnc")
HEAD = FeedHead(
    title="Space",
    source="https://space.example.org/feeds/posts.atom?topic=a&topic=b",
    page="https://space.example.org/blog",
    author="meta.wikimedia.org",
    updated=NOW,
)


def document(*publications: Publication, head: FeedHead = HEAD) -> str:
    entries = (entry(publication, ADDRESSES) for publication in publications)
    return "".join(feed(head).around(entries))


def only(publication: Publication) -> Any:
    (entry_read,) = feedparser.parse(document(publication)).entries
    return entry_read


def grammar_faults(*documents: str, folder: Path) -> str:
    """What jing says of the documents against the grammar, all in one go."""
    files = []
    for number, text in enumerate(documents):
        files.append(folder / f"{number}.xml")
        files[-1].write_text(text, encoding="utf-8")
    command = ["jing", "-c", str(GRAMMAR), *map(str, files)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    return done.stdout.decode()  # Debian's wrapper warns on the other channel


@settings(max_examples=3)
@given(st.lists(st.lists(posts(), max_size=4), min_size=8, max_size=12))
def test_feed_when_made_of_any_posts_then_the_grammar_allows_it(
    tmp_path_factory: pytest.TempPathFactory, many: list[list[Publication]]
) -> None:
    documents = [document(*unique(some)) for some in many]
    folder = tmp_path_factory.mktemp("atom")
    assert grammar_faults(*documents, folder=folder) == ""


BAD = [
    ("<id>https://meta", "<id>meta"),
    ("<updated>2026-11-01T09:13:00Z</updated>", ""),
    ("T09:13:00Z</updated>", " 09:13</updated>"),
    ("<name>Ana</name>", ""),
    (' rel="alternate"', ' rel="other"'),
    ("<title>Post 13</title>", "<title><b/></title>"),
]


def test_grammar_when_feeds_are_bad_then_finds_each_of_them(tmp_path: Path) -> None:
    good = document(post())
    assert [old for old, _ in BAD if old not in good] == []
    bad = [good.replace(old, new) for old, new in BAD]
    faults = grammar_faults(*bad, good, folder=tmp_path)
    rejected = [f"{tmp_path}/{number}.xml:" in faults for number in range(len(BAD) + 1)]
    assert rejected == [*(True for _ in BAD), False]


@given(posts())
def test_entry_when_read_by_feedparser_then_says_what_the_page_says(
    publication: Publication,
) -> None:
    parsed = feedparser.parse(document(publication))
    assert not parsed.bozo
    (entry_read,) = parsed.entries
    assert entry_read.id == f"https://meta.wikimedia.org/?curid={publication.page_id}"
    assert entry_read.updated_parsed >= entry_read.published_parsed
    root = ET.fromstring(document(publication))  # noqa: S314 - our own text
    (title,) = root.findall(f"{{{NAMESPACE}}}entry/{{{NAMESPACE}}}title")
    assert title.text == one_line(str(publication.values["title"]))


def test_entry_when_a_post_is_full_then_all_of_it_is_there() -> None:
    entry_read = only(
        post(
            13,
            title='A <b> & "c"',
            language="mi",
            summary="About [[w:X|it]] < that",
            authors=("[[User:Ana|Ana N.]]", "Club"),
            topics=("a & b", "c"),
            image="A b.jpg",
        )
    )
    assert unescape(entry_read.summary) == "About it < that"
    assert [author.name for author in entry_read.authors] == ["Ana N.", "Club"]
    assert entry_read.authors[0].href == "https://meta.wikimedia.org/wiki/User:Ana"
    assert [tag.term for tag in entry_read.tags] == ["a & b", "c"]
    assert {link.rel for link in entry_read.links} == {"alternate", "enclosure"}
    assert entry_read.link == "https://meta.wikimedia.org/wiki/Space/Blog/Page_13"
    assert entry_read.title_detail.language == "mi"


@pytest.mark.parametrize(
    ("creator", "names"), [("Ana", ["Ana"]), (None, ["meta.wikimedia.org"])]
)
def test_entry_when_nobody_is_named_then_the_creator_or_the_wiki_stands_for_it(
    creator: str | None, names: list[str]
) -> None:
    parsed = feedparser.parse(document(replace(post(), creator=creator)))
    shown = parsed.entries[0].get("authors") or parsed.feed.authors
    assert [author.name for author in shown] == names


def test_entry_when_its_page_was_imported_then_names_the_author_without_a_page() -> (
    None
):
    parsed = feedparser.parse(document(replace(post(), creator="en>Ana")))
    (author,) = parsed.entries[0].authors
    assert (author.name, author.get("href")) == ("en>Ana", None)


def test_entry_when_renamed_and_moved_then_id_stays() -> None:
    moved = replace(post(13, title="Other"), page_title="Elsewhere")
    assert only(moved).id == only(post(13)).id


def test_feed_when_read_then_names_itself_and_its_newest_change() -> None:
    feed_read = feedparser.parse(document(post(1), post(2))).feed
    assert feed_read.id == HEAD.source
    assert [link.href for link in feed_read.links if link.rel == "self"] == [
        HEAD.source
    ]
    assert feed_read.updated == "2026-11-22T12:00:00Z"


def test_feed_when_it_is_empty_then_is_still_whole(tmp_path: Path) -> None:
    text = document(head=replace(HEAD, updated=None))
    assert grammar_faults(text, folder=tmp_path) == ""
    assert datetime.fromisoformat(feedparser.parse(text).feed.updated) == datetime(
        2019, 6, 25, tzinfo=UTC
    )


FRENCH = PostVersion("fr", "Space/Blog/Page 14", 14, "Quatorze")
HTML = (
    '<p>Hi &amp; <a href="/wiki/A">a</a>\x00\x1b</p><img src="//x.org/a.png" alt="b">'
)


def test_entry_when_the_text_is_known_then_readers_have_all_of_it(
    tmp_path: Path,
) -> None:
    full = post(13, image="A b.jpg", image_alt='"Alt"', image_caption="On [[x|it]]")
    text = "".join(feed(HEAD).around([entry(replace(full, html=HTML), ADDRESSES)]))
    assert grammar_faults(text, folder=tmp_path) == ""
    (entry_read,) = feedparser.parse(text).entries
    (content,) = entry_read.content
    assert content.type == "text/html"
    assert content.language == "en"
    assert 'href="https://meta.wikimedia.org/wiki/A"' in content.value
    assert "x.org" not in content.value
    assert 'alt="&quot;Alt&quot;"' in content.value
    assert "File%3AA_b.jpg" in content.value
    assert "On it" in content.value
    assert entry(replace(full, html=HTML), ADDRESSES) == entry(
        replace(full, html=HTML), ADDRESSES
    )


def test_entry_when_it_has_other_languages_then_links_to_them(tmp_path: Path) -> None:
    own = PostVersion("en", "Space/Blog/Page 13", 13, "Post 13")
    made = replace(post(13), versions=(own, FRENCH, PostVersion("ar", "X/ar")))
    assert grammar_faults(document(made), folder=tmp_path) == ""
    links = [link for link in only(made).links if link.rel == "alternate"]
    assert [(link.hreflang, link.href.rpartition("/")[2]) for link in links] == [
        ("en", "Page_13"),
        ("fr", "Page_14"),
        ("ar", "ar"),
    ]


@settings(max_examples=20)
@given(posts(), st.text() | st.from_regex(r"<[a-z]+[^>]*>.*", fullmatch=False))
def test_entry_when_the_text_is_anything_then_it_is_one_that_can_be_read(
    publication: Publication, html: str
) -> None:
    text = "".join(
        feed(HEAD).around([entry(replace(publication, html=html), ADDRESSES)])
    )
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    assert len(parsed.entries) == 1
