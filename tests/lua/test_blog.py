"""Archives of posts, their versions, series and related posts."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest

from tests.lua.data import beside, event, post, posts, titles
from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]

FRENCH = {"language": "fr", "page": "Space/Blog/Post 2"}
ENGLISH = {"language": "en", "page": "Space/Blog/Post 1"}
BLOG = posts(
    post(1, "2026-11-20", topics=["a", "b"], authors=["Ana"], versions=[FRENCH]),
    post(2, "2026-11-25", language="fr", lead=1, versions=[ENGLISH], topics=["a"]),
    post(3, "2026-10-02", series="Walks", authors=["Ana", "Olu"]),
    post(4, "2025-12-31", series="Walks", language="ar", title="أخبار"),
)


def test_posts_when_one_has_languages_then_it_is_there_once(scribunto: Make) -> None:
    html = scribunto(BLOG).invoke("List", "posts")
    assert titles(html) == ["Post 1", "français", "Post 3", "أخبار"]
    assert 'lang="fr" dir="ltr"' in html
    assert "Also in: " in html


def test_posts_when_the_page_is_french_then_the_french_one_stands(
    scribunto: Make,
) -> None:
    html = scribunto(BLOG, language="fr").invoke("List", "posts")
    assert titles(html)[:2] == ["Post 2", "English"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"year": "2026"}, ["Post 1", "Post 3"]),
        ({"year": "2026", "month": "10"}, ["Post 3"]),
        ({"month": "2026-10"}, ["Post 3"]),
        ({"year": "2025", "month": "12"}, ["أخبار"]),
        ({"year": "2026", "month": "2"}, []),
        ({"language": "fr"}, ["Post 2"]),
        ({"untranslated": "fr"}, ["Post 3", "أخبار"]),
        ({"untranslated": "ar"}, ["Post 1", "Post 3"]),
        ({"untranslated": "de", "series": "walks"}, ["Post 3", "أخبار"]),
    ],
)
def test_posts_by_period_and_language(
    scribunto: Make, arguments: dict[str, str], found: list[str]
) -> None:
    html = scribunto(BLOG).invoke("List", "posts", style="compact", **arguments)
    languages = {"français", "English", "French"}
    assert [title for title in titles(html) if title not in languages] == found


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"year": "26"}, "“year” does not accept “26”"),
        ({"year": "2026", "month": "13"}, "“month” does not accept “13”"),
        ({"month": "11"}, "“month” does not accept “11”"),
        ({"untranslated": "x y"}, "“untranslated” does not accept “x y”"),
    ],
)
def test_posts_when_a_period_is_none_then_name_it(
    scribunto: Make, arguments: dict[str, str], words: str
) -> None:
    html = scribunto(BLOG).invoke("List", "posts", **arguments)
    assert words in re.sub(r"</?bdi>", "", html)


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("", "Space/Blog/Post 3 (de)"),
        (
            "{{Space settings|tool=https://space.example.org/}}",
            "https://space.example.org/write/post?translate=3&into=de",
        ),
    ],
)
def test_posts_when_not_in_a_language_then_each_can_be_translated(
    scribunto: Make, settings: str, address: str
) -> None:
    lua = scribunto(BLOG | {"Space/Settings": settings})
    for module, function in (("List", "posts"), ("Archive", "show")):
        html = unquote(lua.invoke(module, function, untranslated="de", month="2026-10"))
        assert address in html.replace("_", " ")
        assert "Translate into <bdi>German</bdi>" in html
        assert "Translate" not in lua.invoke(module, function)


def headings(html: str) -> list[str]:
    return [
        re.sub(r"<[^>]*>", "", each) for each in re.findall(r"<h3>(.*?)</h3>", html)
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (
            {},
            [
                "November 2026 (one post)",
                "October 2026 (one post)",
                "December 2025 (one post)",
            ],
        ),
        ({"by": "year"}, ["2026 (2 posts)", "2025 (one post)"]),
        ({"by": "topic"}, ["a (one post)", "b (one post)"]),
        ({"by": "author"}, ["Ana (2 posts)", "Olu (one post)"]),
        ({"by": "series"}, ["Walks (2 posts)"]),
        ({"by": "Language"}, ["Arabic (one post)", "English (2 posts)"]),
        ({"year": "2025"}, ["December 2025 (one post)"]),
    ],
)
def test_archive_by(
    scribunto: Make, arguments: dict[str, str], found: list[str]
) -> None:
    assert headings(scribunto(BLOG).invoke("Archive", "show", **arguments)) == found


def test_archive_when_topics_have_labels_then_they_are_its_headings(
    scribunto: Make,
) -> None:
    topics = {"Space/Topics": "{{Space topic|slug=a|label=Alpha}}"}
    html = scribunto(BLOG | topics).invoke("Archive", "show", by="topic")
    assert headings(html) == ["Alpha (one post)", "b (one post)"]


def test_archive_when_by_is_none_of_the_ways_then_name_them(scribunto: Make) -> None:
    html = scribunto(BLOG).invoke("Archive", "show", by="mood")
    assert "month, year, topic, author, series, language" in re.sub(
        r"</?bdi>", "", html
    )


def test_archive_when_there_is_more_than_the_limit_then_says_so(
    scribunto: Make,
) -> None:
    assert "This list may not be complete" in scribunto(BLOG).invoke(
        "Archive", "show", limit="2"
    )
    assert "This list may not be complete" not in scribunto(BLOG).invoke(
        "Archive", "show"
    )


def test_archive_when_empty_then_says_what_to_do(scribunto: Make) -> None:
    assert "Write one" in scribunto().invoke("Archive", "show")


def test_post_page_when_it_has_company_then_leads_to_it(scribunto: Make) -> None:
    near = beside(
        12,
        before={"page": "Space/Blog/A", "title": "A <b>", "language": "en"},
        related=[{"page": "Space/Blog/C", "title": "أخبار", "language": "ar"}],
        versions=[FRENCH],
        events=[event(5, "2026-12-01 10:00", country="NZ", mode="in-person")],
    )
    lua = scribunto(near, title="Space/Blog/Example")
    html = lua.invoke("Post", "show", language="en", series="Walks")
    assert titles(html) == ["français", "A <b>", "أخبار", "Event 5"]
    events = html.partition("Related events")[2]
    assert '<time datetime="2026-12-01T10:00Z">' in events
    assert "New Zealand" in events
    assert '<span lang="ar" dir="rtl"' in html
    assert lua.loaded.count("User:SpaceBot/Space/Beside/0.json") == 1


def test_post_page_when_it_stands_alone_then_says_nothing_of_others(
    scribunto: Make,
) -> None:
    lua = scribunto(beside(13), title="Space/Blog/Example")
    html = lua.invoke("Post", "show", language="en")
    assert "Related" not in html
    assert titles(html) == []


REGIONS = posts(
    post(
        1, "2026-11-20", versions=[{"language": "pt-BR", "page": "Space/Blog/Post 2"}]
    ),
    post(2, "2026-11-21", language="pt-BR", lead=1),
    post(
        3, "2026-11-22", versions=[{"language": "sr-Latn", "page": "Space/Blog/Post 4"}]
    ),
    post(4, "2026-11-23", language="sr-Latn", lead=3),
    post(5, "2026-11-24", versions=[{"language": "zh-hant", "page": "A/zh-hant"}]),
)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("pt-br", ["Post 5", "Post 3"]),
        ("pt-BR", ["Post 5", "Post 3"]),
        ("pt", ["Post 5", "Post 3", "Post 1"]),
        ("sr-el", ["Post 5", "Post 1"]),
        ("sr-Latn", ["Post 5", "Post 1"]),
        ("zh-Hant", ["Post 3", "Post 1"]),
    ],
)
def test_posts_when_translated_into_a_region_or_script_then_wait_no_more(
    scribunto: Make, code: str, found: list[str]
) -> None:
    html = scribunto(REGIONS).invoke(
        "List", "posts", style="compact", untranslated=code
    )
    assert [each for each in titles(html) if each.startswith("Post")] == found


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("pt-br", ["Post 5", "Post 3", "Post 2"]),
        ("pt", ["Post 5", "Post 3", "Post 2"]),
        ("sr-el", ["Post 5", "Post 4", "Post 1"]),
        ("de", ["Post 5", "Post 3", "Post 1"]),
    ],
)
def test_posts_when_the_reader_has_a_region_or_script_then_that_version_stands(
    scribunto: Make, language: str, found: list[str]
) -> None:
    html = scribunto(REGIONS, language=language).invoke("List", "posts")
    assert [each for each in titles(html) if each.startswith("Post")] == found


def test_posts_when_their_language_has_a_script_then_is_named_and_marked(
    scribunto: Make,
) -> None:
    html = scribunto(REGIONS).invoke("List", "posts", language="sr-latn")
    assert 'lang="sr-Latn" dir="ltr"' in html
    assert "Serbian" in html


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Space/Blog/A", "Space/Blog/A"),
        ("https://wiki.test/wiki/Space/Blog/A_B", "Space/Blog/A B"),
        ("[https://wiki.test/wiki/Space/Blog/A the news]", "Space/Blog/A"),
        (
            "http://wiki.test/wiki/Space%2FBlog/Caf%C3%A9?uselang=fr#X",
            "Space/Blog/Café",
        ),
        ("https://m.wiki.test/wiki/Special:MyLanguage/Space/Blog/A", "Space/Blog/A"),
        ("https://wiki.test/w/index.php?title=Space/Blog/A&action=x", "Space/Blog/A"),
        ("[[Special:myLanguage/Space/Blog/A|A]]", "Space/Blog/A"),
        ("Special:Version", "Special:Version"),
        # No title is in these.
        ("https://wiki.test/wiki/", "Https://wiki.test/wiki/"),
        ("https://wiki.test/wiki/%5BA%5D", "Https://wiki.test/wiki/%5BA%5D"),
        ("https://other.test/wiki/A", "Https://other.test/wiki/A"),
    ],
)
def test_post_when_its_original_is_an_address_here_then_links_to_the_page(
    scribunto: Make, written: str, title: str
) -> None:
    lua = scribunto({"Space/Blog/B": "{{Space post}}"}, title="Space/Blog/B")

    html = lua.invoke("Post", "show", language="de", original=written)

    assert f"[[:{title}|<bdi>" in html
