"""Texts for wikis, on a real one: they show what they say and link to the page."""

import re

import pytest

from tests.support.wiki.sandbox import Sandbox
from tool.app.tell.announcement import Announcement

pytestmark = pytest.mark.wiki

TITLE = "Tea [[and]] {{cake}} | ''now'' ]"
PREFIX = "metawikimedia:"  # the one for Meta-Wiki that MediaWiki comes with
PAGE = "https://meta.wikimedia.org/wiki/Space/Events/Tea"


def announcement(prefix: str) -> Announcement:
    return Announcement(
        title=TITLE,
        status="Cancelled",
        colon=":",
        comma=", ",
        when="28 November 2026",
        where="Auckland",
        facts=(),
        summary="* About tea.",
        address="https://space.example.org/events/12",
        page_title="Space/Events/Tea",
        page_address=PAGE,
        interwiki=prefix,
        day="2026-11-28",
        please="",
    )


@pytest.mark.parametrize("prefix", [PREFIX, ""])
def test_texts_when_shown_by_a_wiki_then_link_to_the_page_by_its_title(
    sandbox: Sandbox, prefix: str
) -> None:
    told = announcement(prefix)
    html = sandbox.anonymous().post(
        action="parse",
        pst=1,
        text=f"{told.village_pump}\n\n{told.list_entry}",
        title="Project:Village pump",
        contentmodel="wikitext",
        prop="text|templates|links|sections",
        formatversion=2,
        disablelimitreport=1,
    )["parse"]
    links = re.findall(rf'<a [^>]*href="{PAGE}"[^>]*>(.*?)</a>', html["text"])
    assert [_plain(link) for link in links] == [TITLE, TITLE]
    assert [_plain(each["line"]) for each in html["sections"]] == [
        f"Cancelled: {TITLE}"
    ]
    assert "<p>* About tea.\n</p>" in html["text"]
    assert html["templates"] == []
    signature = {2, 3}  # of a user, who has a page and a talk page
    assert {link["ns"] for link in html["links"]} <= signature


def _plain(html: str) -> str:
    text = re.sub("<[^>]+>", "", html)
    return re.sub("&#([0-9]+);", lambda match: chr(int(match[1])), text)
