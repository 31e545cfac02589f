"""Posts in several languages, the same in every database."""

from dataclasses import replace

from space.publication.filters import Filter
from space.publication.related import related_posts
from space.publication.translations import PostTitles
from space.store import Record, Store
from tests.support.feeds.publications import TODAY, post, record
from tests.support.store.stores import wanted


def translated(page_id: int, language: str, original: int = 13) -> Record:
    title = f"Space/Blog/Page {original}"
    return record(post(page_id, language=language, original=title))


def languages(store: Store) -> dict[int, list[str]]:
    """Page id of each post → languages of its other versions."""
    return {
        each.page_id: [version.language for version in each.others]
        for each in store.posts.all_versions()
    }


def entries(store: Store, *items: tuple[str, str]) -> list[str]:
    return list(store.feeds.fragments("atom", wanted("post", *items), TODAY, limit=50))


def test_put_when_posts_are_translations_then_they_lead_to_each_other(
    store: Store,
) -> None:
    both = {13: ["fr", "ar"], 14: ["en", "ar"], 15: ["en", "fr"]}
    sorted_both = {page: sorted(found) for page, found in both.items()}
    store.put(translated(15, "ar"))
    store.put(translated(14, "fr"), record(post(13)))
    assert {p: sorted(found) for p, found in languages(store).items()} == sorted_both
    (entry,) = entries(store)
    assert (
        'hreflang="fr" href="https://meta.wikimedia.org/wiki/Space/Blog/Page_14"'
        in (entry)
    )
    (french,) = entries(store, ("language", "fr"))
    assert "Page_13" in french
    assert [each.page_id for each in store.posts.newest()] == [13]
    assert store.records.count(Filter("post")) == 1
    store.put(Record(13, "post", "Space/Blog/Page 13", 0, 130, "withdrawn"))
    assert languages(store) == {15: ["fr"], 14: ["ar"]}
    store.remove(14)
    assert languages(store) == {15: []}
    assert store.records.get(15) == translated(15, "ar")


def test_set_post_titles_when_titles_lead_elsewhere_then_versions_follow(
    store: Store,
) -> None:
    store.put(record(post(13)), translated(14, "fr", original=99))
    assert store.posts.unknown_originals() == ("Space/Blog/Page 99",)
    assert languages(store) == {14: [], 13: []}
    store.set_post_titles(
        PostTitles(
            {"Space/Blog/Page 99": "Space/Blog/Page 13"},
            {"Space/Blog/Page 14": ("ja",)},
        )
    )
    assert languages(store) == {14: ["en", "ja"], 13: ["fr", "ja"]}
    assert "Page_14/ja" in entries(store)[0]
    store.set_post_titles(PostTitles())
    assert languages(store) == {14: [], 13: []}
    assert "hreflang" in entries(store)[0]
    assert "ja" not in entries(store)[0]


def test_set_content_when_the_wiki_told_then_the_feed_has_it_until_it_changes(
    store: Store,
) -> None:
    store.put(record(post(13)), record(post(14)))
    assert [each.page_id for each in store.posts.without_content(9, 9)] == [14, 13]
    assert [each.page_id for each in store.posts.without_content(9, 1)] == [14]
    before = store.feeds.summary("atom", Filter("post"), TODAY).etag
    store.set_content(post(14), "<p>Text</p><script>x</script>")
    assert '<content type="html">&lt;p&gt;Text&lt;/p&gt;</content>' in entries(store)[0]
    assert store.feeds.summary("atom", Filter("post"), TODAY).etag != before
    assert [each.page_id for each in store.posts.without_content(9, 9)] == [13]
    store.put(record(post(14)))
    assert "<content" in entries(store)[0]
    store.put(translated(15, "fr", original=14))
    assert "<content" in entries(store)[0]
    store.prepare("another key", TODAY)
    store.put(record(post(14)))
    assert "<content" in entries(store)[0]
    store.put(record(replace(post(14), revision=141)))
    assert "<content" not in entries(store)[0]
    assert [each.page_id for each in store.posts.without_content(9, 9)] == [15, 14, 13]


def test_neighbours_and_related_when_asked_then_pages_and_store_agree(
    store: Store,
) -> None:
    store.put(
        record(post(13, topics=("a", "b"), series="S")),
        record(post(14, topics=("a",), series="s")),
        record(post(15, topics=("b", "A"))),
        record(post(16, topics=("c",), series="S")),
        translated(17, "fr", original=16),
        record(post(18, topics=("a",))),
    )
    posts = list(store.posts.all_versions())
    found = related_posts(each for each in posts if each.lead == each.page_id)
    for each in store.posts.get(found).values():
        before, after = store.posts.beside_in_series(each)
        own = found[each.page_id]
        assert (own.before, own.after) == (
            before and before.page_id,
            after and after.page_id,
        )
        related = store.posts.related(each, "post", 0, 3)
        assert own.related == tuple(other.page_id for other in related)
    assert found[13].related == (15, 14, 18)
    french = store.posts.get([17])[17]
    assert [each and each.page_id for each in store.posts.beside_in_series(french)] == [
        14,
        None,
    ]


def test_untranslated_when_asked_then_each_post_is_there_once(store: Store) -> None:
    store.put(record(post(13)), translated(14, "fr"), record(post(15)))

    def waiting(language: str) -> list[int]:
        found = store.posts.untranslated(language, Filter("post"), limit=9)
        return [each.page_id for each in found]

    assert waiting("fr") == [15]
    assert waiting("de") == [15, 13]
    assert waiting("en") == []
    store.set_post_titles(PostTitles(translations={"Space/Blog/Page 15": ("fr",)}))
    assert waiting("fr") == []
