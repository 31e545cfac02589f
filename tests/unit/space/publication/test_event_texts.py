"""Texts of events in other languages: who gets which, and what no text can change."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.feeds.fragments import render
from space.publication.event_texts import EventText, text_for
from space.publication.publication import Publication
from tests.support.feeds.publications import ADDRESSES, TEXTS, event, events, post

CODES = ("ar", "zh-Hans", "en", "pt-BR")
SAID = ("SUMMARY", "DESCRIPTION", "LAST-MODIFIED", "DTSTAMP")


@st.composite
def texts(draw: st.DrawFn) -> EventText:
    return EventText(
        language=draw(st.sampled_from(CODES)),
        page_title="Space/Events/Page 12/xx",
        page_id=draw(st.integers(1, 9)),
        title=draw(TEXTS),
        summary=draw(st.one_of(st.just(""), TEXTS)),
        updated=draw(st.integers(0, 2**31)),
    )


def properties(calendar: str) -> list[str]:
    """Content lines of what no text may say; URL is that of a page on the wiki."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return [line for line in lines if not line.startswith((*SAID, "URL"))]


@given(events(), texts())
def test_event_when_told_in_another_language_then_only_its_text_is_another(
    own: Publication, text: EventText
) -> None:
    several = replace(own, texts=(text,))
    told = several.in_language(text.language)
    assert told.values.get("title") == text.title
    assert told.values.get("summary", "") == text.summary
    for name in own.values.keys() - {"title", "summary"}:
        assert told.values[name] == own.values[name]
    assert told.values.keys() <= own.values.keys() | {"summary"}
    assert (told.page_id, told.sequence, told.kind) == (
        own.page_id,
        own.sequence,
        "event",
    )
    rendered = render(several, ADDRESSES)
    (language,) = [form for form in rendered if form.startswith("ics@")]
    assert properties(rendered[language]) == properties(rendered["ics"])
    assert told.in_language("fr") is told


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("ar", "ar"),
        ("ar-eg", "ar"),
        ("zh-cn", "zh-Hans"),
        ("pt-br", "pt-BR"),
        ("pt", "pt-BR"),
        ("en-gb", "en"),
        ("de", None),  # not English, which nobody asked for
        ("qqx", None),
    ],
)
def test_text_when_a_reader_wants_a_language_then_is_theirs_or_the_originals(
    asked: str, language: str | None
) -> None:
    known = [EventText(code, "Page", 1, "Title") for code in CODES]
    found = text_for(known, asked)
    assert (found.language if found else None) == language


def test_text_when_it_is_on_the_wiki_alone_then_nobody_gets_it() -> None:
    page = EventText("ar", "Space/Events/Page 12/ar")
    own = replace(event(12), texts=(page,))
    assert own.in_language("ar") is own
    assert "ics@ar" not in render(own, ADDRESSES)
    assert post(13).in_language("en") == post(13)
