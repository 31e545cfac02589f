"""Texts about anything: they fit where they go, and wikitext stays what it is."""

from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.wiki.interwiki import interwiki_prefix
from tool.app.tell.announcement import LONGEST_POST, WIDTH, Announcement

TEA = Announcement(
    title="Tea",
    status="",
    colon=":",
    comma=", ",
    when="28 November 2026",
    where="Auckland",
    facts=(("When", "28 November 2026"), ("Where", "Auckland")),
    summary="About tea.",
    address="https://space.example.org/events/12",
    page_title="Space/Events/Tea",
    page_address="https://meta.wikimedia.org/wiki/Space/Events/Tea",
    interwiki="m:",
    day="2026-11-28",
    please="Pass it on.",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400).map(
    lambda text: " ".join(text.split()) or "x"
)
MARKUP = st.sampled_from(
    ("]] [[x]]", "{{x|y}}", "'''b'''", "~~~~", "== h ==", "<b>", "|", "[http://x y]")
)
ANY = st.one_of(TEXTS, st.lists(st.one_of(TEXTS, MARKUP), max_size=4).map(" ".join))


def test_texts_when_told_of_an_event_then_link_to_it_from_any_wiki() -> None:
    assert TEA.list_entry == "* 2026-11-28: [[m:Space/Events/Tea|Tea]], Auckland"
    assert TEA.village_pump.split("\n\n") == [
        "== Tea ==",
        "'''[[m:Space/Events/Tea|Tea]]'''",
        "28 November 2026, Auckland",
        "About tea.",
        "https://space.example.org/events/12 ~~~~",
    ]
    elsewhere = replace(TEA, interwiki="")
    assert f"[{TEA.page_address} Tea]" in elsewhere.village_pump


def test_texts_when_it_does_not_take_place_then_all_say_so() -> None:
    off = replace(TEA, status="Cancelled")
    texts = (off.village_pump, off.list_entry, off.mail, off.mailing_list)
    for text in (*texts, off.social_post, off.heading):
        assert "Cancelled" in text


@given(ANY, ANY, ANY)
def test_wikitext_when_of_any_words_then_has_one_link_and_no_more_markup(
    title: str, where: str, summary: str
) -> None:
    told = replace(TEA, title=title, where=where, summary=summary)
    for text in (told.village_pump, told.list_entry, told.notice):
        code = mwparserfromhell.parse(text)
        (link,) = code.filter_wikilinks()
        assert str(link.title) == "m:Space/Events/Tea"
        assert code.filter_templates() == []
        assert len(code.filter_headings()) == text.startswith("==")
    assert "\n" not in told.list_entry


@given(ANY, ANY)
def test_social_post_when_of_any_words_then_is_short_and_ends_with_the_address(
    title: str, summary: str
) -> None:
    told = replace(TEA, title=title, summary=summary)
    assert len(told.social_post) <= LONGEST_POST
    assert told.social_post.endswith(f"28 November 2026 · Auckland\n{TEA.address}")


@given(ANY, ANY)
def test_mail_link_when_of_any_words_then_carries_them_whole(
    title: str, summary: str
) -> None:
    told = replace(TEA, title=f"Tea {title}", summary=summary)
    fields = parse_qs(urlsplit(told.mail_link).query, strict_parsing=True)
    assert fields["subject"] == [told.heading]
    assert fields["body"][0].replace("\r\n", "\n") == told.mail
    EmailMessage()["subject"] = told.heading


def test_mailing_list_when_a_line_is_long_then_is_broken_between_words() -> None:
    told = replace(TEA, summary="word " * 60, address=f"https://x.org/{'y' * 90}")
    lines = told.mailing_list.split("\n")
    assert [line for line in lines if len(line) > WIDTH] == [told.address]


@pytest.mark.parametrize(
    ("host", "prefix"),
    [
        ("meta.wikimedia.org", "m:"),
        ("bn.wikipedia.org", ":w:bn:"),
        ("de.wikivoyage.org", ":voy:de:"),
        ("wiki.test", ""),
        ("evil.org.wikipedia.org", ""),
    ],
)
def test_prefix_of_a_wiki_is_that_of_the_interwiki_map(host: str, prefix: str) -> None:
    assert interwiki_prefix(host) == prefix
