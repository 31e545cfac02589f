"""The text of a published post, as the wiki's parser shows it."""

from dataclasses import replace

import pytest

from space.rendering import render_body
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.publications import event, post


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
