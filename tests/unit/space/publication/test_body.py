"""The text of a published post, as the wiki's parser shows it."""

from dataclasses import replace

import pytest

from space.publication.body import render_body
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.feeds.publications import event, post


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("ar", '<div lang="ar" dir="rtl">'),
        ("en", '<div lang="en" dir="ltr">'),
        ("az-Arab", '<div lang="az-Arab" dir="rtl">'),
    ],
)
def test_body_when_rendered_then_says_its_own_language_and_direction(
    language: str, opening: str
) -> None:
    wiki = MemoryWiki()
    text = f"{{{{Space post|language={language}}}}}\nText."
    revision = wiki.write("Space/Blog/X", text).revid
    written = replace(post(1, language=language), revision=revision)
    assert render_body(wiki, written, "fr") == f"{opening}<p>Text.</p></div>"


@pytest.mark.parametrize(
    ("languages", "opening"),
    [
        (("he",), '<div lang="he" dir="rtl">'),
        (("he", "en"), '<div dir="auto">'),
        ((), '<div dir="auto">'),
    ],
)
def test_body_when_of_an_event_then_its_one_language_or_the_text_itself_tells(
    languages: tuple[str, ...], opening: str
) -> None:
    wiki = MemoryWiki()
    revision = wiki.write("Space/Events/X", "{{Space event}}\nText.").revid
    written = replace(event(1, languages=languages), revision=revision)
    assert render_body(wiki, written, "fr") == f"{opening}<p>Text.</p></div>"


def test_body_when_the_page_calls_a_redirect_then_is_what_follows_the_call() -> None:
    wiki = MemoryWiki()
    wiki.write("Template:Event card", "#REDIRECT [[Template:Space event]]")
    revision = wiki.write("Space/Events/X", "{{Event card\n|title=X}}\nText.").revid
    written = replace(event(1, languages=("he",)), revision=revision)
    assert render_body(wiki, written, "fr").endswith("<p>Text.</p></div>")


def test_body_when_marked_for_translation_then_is_rendered_without_the_marks() -> None:
    wiki = MemoryWiki()
    text = "<translate>\n<!--T:1-->\n{{Space post}}\n\n<!--T:2-->\nText.\n</translate>"
    revision = wiki.write("Space/Blog/X", text).revid
    written = replace(post(1), revision=revision)
    assert "<p>Text.</p>" in render_body(wiki, written, "fr")
