"""Posts that name the page they were translated from, in all the ways there are."""

import pytest

from tests.support.wiki.bot_and_wiki import BotAndWiki


def test_sync_when_posts_are_translations_then_they_follow_moves(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(post="open")
    for title, text in (
        ("Space/Blog/A", "{{Space post|title=A|language=en}}"),
        ("Space/Blog/B", "{{Space post|title=B|language=fr|original=Space/Blog/A}}"),
        ("Space/Blog/C", "{{Space post|title=C|language=ar|original=space/Blog/A}}"),
    ):
        bot_and_wiki.ann.write(title, text)

    def languages() -> dict[str, list[str]]:
        bot_and_wiki.sync()
        dump = bot_and_wiki.dump()
        bot_and_wiki.sync(full=True)
        assert bot_and_wiki.dump() == dump
        posts = bot_and_wiki.store.posts.all_versions()
        return {p.page_title[-1]: [v.language for v in p.others] for p in posts}

    linked = {"A": ["ar", "fr"], "B": ["en", "ar"], "C": ["en", "fr"]}
    assert languages() == linked
    bot_and_wiki.admin.move("Space/Blog/A", "Space/Blog/Moved A", redirect=True)
    assert languages() == linked
    bot_and_wiki.admin.delete("Space/Blog/A")
    assert languages() == {"A": [], "B": ["ar"], "C": ["fr"]}


def test_sync_when_translate_made_pages_then_they_are_versions(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(post="open")
    text = "{{Space post|title=A|language=en}}"
    bot_and_wiki.ann.write("Space/Blog/A", text)
    for code in ("en", "fr"):
        bot_and_wiki.ann.write(f"Space/Blog/A/{code}", text)
        bot_and_wiki.admin.set_page(
            f"Space/Blog/A/{code}", language=code, translation=True
        )
    bot_and_wiki.sync()
    (post,) = bot_and_wiki.store.posts.all_versions()
    (version,) = post.others
    assert (version.language, version.page_title, version.page_id) == (
        "fr",
        "Space/Blog/A/fr",
        None,
    )


@pytest.mark.parametrize(
    "original",
    [
        "https://wiki.test/wiki/Space/Blog/A",
        "https://wiki.test/wiki/Space%2FBlog/A?uselang=fr#Text",
        "http://m.wiki.test/wiki/Space/Blog/A",
        "https://wiki.test/w/index.php?title=Space/Blog/A&action=view",
        "https://wiki.test/wiki/Special:MyLanguage/Space/Blog/A",
        "Special:MyLanguage/Space/Blog/A",
        "[[special:myLanguage/Space/Blog/A|A]]",
        "m:Space/Blog/A",
        "meta:Special:MyLanguage/Space/Blog/A",
        "Space/Blog/A/en",
        "Special:MyLanguage/Space/Blog/A/fr",
    ],
)
def test_sync_when_an_original_is_named_in_another_way_then_is_the_same_page(
    bot_and_wiki: BotAndWiki, original: str
) -> None:
    bot_and_wiki.policy(post="open")
    bot_and_wiki.ann.write("Space/Blog/A", "{{Space post|title=A|language=en}}")
    for code in ("en", "fr"):
        bot_and_wiki.ann.write(f"Space/Blog/A/{code}", "{{Space post|title=A}}")
        bot_and_wiki.admin.set_page(
            f"Space/Blog/A/{code}", language=code, translation=True
        )
    text = f"{{{{Space post|title=B|language=de|original={original}}}}}"
    bot_and_wiki.ann.write("Space/Blog/B", text)
    bot_and_wiki.sync()
    versions = {
        post.page_title: [version.language for version in post.others]
        for post in bot_and_wiki.store.posts.all_versions()
    }
    assert versions == {"Space/Blog/A": ["de", "fr"], "Space/Blog/B": ["en", "fr"]}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("https://wiki.test/wiki/Space/Blog/A", "Space/Blog/A"),
        ("[https://wiki.test/wiki/space/Blog/A the news]", "Space/Blog/A"),
        ("https://m.wiki.test/wiki/Space/Blog/Caf%C3%A9_A#Text", "Space/Blog/Café A"),
        ("https://wiki.test/w/index.php?title=Space/Blog/A", "Space/Blog/A"),
        ("Special:MyLanguage/Space/Blog/A", "Space/Blog/A"),
        ("m:Space/Blog/A", "Space/Blog/A"),
        ("[[:meta:Special:MyLanguage/Space/Blog/A|A]]", "Space/Blog/A"),
        ("Space/Blog/A/en", "Space/Blog/A/en"),
        # No title is in these.
        ("https://wiki.test/wiki/", "Https://wiki.test/wiki/"),
        ("https://wiki.test/wiki/%5BA%5D", "Https://wiki.test/wiki/%5BA%5D"),
        ("https://other.test/wiki/A", "Https://other.test/wiki/A"),
    ],
)
def test_sync_when_an_original_is_named_in_another_way_then_its_title_is_published(
    bot_and_wiki: BotAndWiki, written: str, title: str
) -> None:
    bot_and_wiki.policy(post="open")
    text = f"{{{{Space post|title=B|language=de|original={written}}}}}"
    bot_and_wiki.ann.write("Space/Blog/B", text)
    bot_and_wiki.sync()
    (record,) = bot_and_wiki.store.records.all()
    assert record.publication
    assert record.publication.values["original"] == title


@pytest.mark.parametrize("original", ["https://other.test/wiki/Space/Blog/A", "w:A"])
def test_sync_when_an_original_is_elsewhere_then_the_post_stands_alone(
    bot_and_wiki: BotAndWiki, original: str
) -> None:
    bot_and_wiki.policy(post="open")
    bot_and_wiki.ann.write("Space/Blog/A", "{{Space post|title=A|language=en}}")
    text = f"{{{{Space post|title=B|language=de|original={original}}}}}"
    bot_and_wiki.ann.write("Space/Blog/B", text)
    bot_and_wiki.sync()
    assert all(not post.others for post in bot_and_wiki.store.posts.all_versions())
