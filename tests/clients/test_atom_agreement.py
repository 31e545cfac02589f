"""The feed of posts is read alike by the libraries that readers are made of."""

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import atoma
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from space.feeds.atom import NAMESPACE, entry, feed
from space.feeds.envelope import FeedHead
from space.publication.publication import Publication
from space.text.clean import one_line
from tests.clients.readers import run
from tests.clients.seen import instant
from tests.support.feeds.calendars import unique
from tests.support.feeds.publications import ADDRESSES, NOW, post, posts

HERE = Path(__file__).parent
TITLE = "Space & <news>"
HTML = "<p>Whole <b>text</b> &amp; <i>more</i> ]]&gt;</p>\n<p>नमस्ते 🎉</p>"


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One post, as a reader has it; `published` as RFC 3339 in UTC."""

    id: str
    title: str
    link: str
    published: str
    authors: tuple[str, ...]
    text: str

    def by_its_first_author(self) -> "SeenEntry":
        """This as a reader has it that keeps one author."""
        return replace(self, authors=self.authors[:1])


def expected(publication: Publication, text: str) -> SeenEntry:
    """What there is to see of a post in its entry.

    Authors and text are those of the XML, read by nobody's feed library.
    """
    named = text.replace("<entry", f'<entry xmlns="{NAMESPACE}"', 1)
    found = ET.fromstring(named)  # noqa: S314 - our own text
    space = {"": NAMESPACE}
    body = found.find("content", space)
    if body is None:
        body = found.find("summary", space)
    return SeenEntry(
        id=ADDRESSES.entry_id(publication.page_id),
        title=one_line(str(publication.values["title"])),
        link=ADDRESSES.page(publication.page_title),
        published=instant(publication.published.astimezone(UTC)),
        authors=tuple(name.text or "" for name in found.iterfind("author/name", space)),
        text="" if body is None else body.text or "",
    )


def from_node(reader: str) -> Callable[[str], tuple[str, list[SeenEntry]]]:
    """A reader of `read_atom.mjs`."""

    def read(text: str) -> tuple[str, list[SeenEntry]]:
        answer = run(["node", str(HERE / "read_atom.mjs")], text, TZ="UTC")
        found: dict[str, Any] = json.loads(answer)[reader]
        return found["title"], [
            SeenEntry(**{**each, "authors": tuple(each["authors"])})
            for each in found["entries"]
        ]

    return read


def from_atoma(text: str) -> tuple[str, list[SeenEntry]]:
    """atoma (PyPI)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is older than the Python it runs on
        found = atoma.parse_atom_bytes(text.encode())
    return found.title.value, [_from_atoma(each) for each in found.entries]


def _from_atoma(each: Any) -> SeenEntry:
    body = each.content or each.summary
    return SeenEntry(
        id=each.id_,
        title=each.title.value,
        link=next(link.href for link in each.links if link.rel == "alternate"),
        published=instant(each.published.astimezone(UTC)),
        authors=tuple(author.name for author in each.authors),
        text=body.value if body else "",
    )


READERS: dict[str, Callable[[str], tuple[str, list[SeenEntry]]]] = {
    "rss-parser": from_node("rss-parser"),
    "feedsmith": from_node("feedsmith"),
    "atoma": from_atoma,
}
WITH_ONE_AUTHOR = {"rss-parser"}


def check(reader: str, publications: list[Publication], html: str = "") -> None:
    """Assert that a reader sees what the posts say."""
    entries = [entry(replace(each, html=html), ADDRESSES) for each in publications]
    head = FeedHead(
        TITLE, "https://x.org/f?a=b&c=d", "https://x.org/", NOW, author="x.org"
    )
    title, seen = READERS[reader]("".join(feed(head).around(entries)))
    ours = [expected(*pair) for pair in zip(publications, entries, strict=True)]
    if reader in WITH_ONE_AUTHOR:
        ours = [each.by_its_first_author() for each in ours]
    assert title == TITLE
    assert seen == ours


@pytest.mark.parametrize("html", ["", HTML])
@pytest.mark.parametrize("reader", READERS)
def test_feed_when_read_by_a_library_then_it_sees_what_posts_say(
    reader: str, html: str
) -> None:
    some = [
        post(
            13, title="أخبار & <b>more</b> “e” 🎉", language="ar", summary="A & [[b]]"
        ),
        post(14, summary="", authors=("[[User:Ana|آنا]]", "Olu & co")),
        post(15, summary="<i>x</i> {{y}} &amp; ]]>", topics=("a,b", "c & d")),
        post(16, title="  a\u2028b ; , \\n ", image="A b.svg"),
    ]
    check(reader, some, html)


@settings(max_examples=2, phases=[Phase.explicit, Phase.generate])
@given(st.lists(posts(), min_size=15, max_size=25))
@pytest.mark.parametrize("reader", READERS)
def test_feed_when_made_of_any_posts_then_libraries_agree(
    reader: str, some: list[Publication]
) -> None:
    check(reader, unique(some))
