from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.translations import (
    Choice,
    PostLink,
    PostTitles,
    PostVersion,
    versions_of,
)

LANGUAGES = ["en", "fr", "ar", "pt-br"]


def telling(
    number: int, language: str = "en", original: str | None = None, at: int = 0
) -> PostLink:
    version = PostVersion(language, f"P{number}", number, f"Post {number}")
    return PostLink(version, at or number, original)


def ids(versions: Sequence[PostVersion]) -> list[int | None]:
    return [version.page_id for version in versions]


@pytest.mark.parametrize(
    "posts",
    [
        [telling(1), telling(2, "fr", "P1"), telling(3, "ar", "P1")],
        [telling(1), telling(2, "fr", "P1"), telling(3, "ar", "P2")],
        [telling(1, "en", "P3"), telling(2, "fr", "P1"), telling(3, "ar", "P2")],
        [telling(1, "en", "X"), telling(2, "fr", "X"), telling(3, "ar", "X")],
        [telling(1, "en", "P1"), telling(2, "fr", "P1"), telling(3, "ar", "P1")],
    ],
    ids=["star", "chain", "circle", "unknown original", "itself"],
)
def test_versions_when_posts_lead_to_each_other_then_they_are_one(
    posts: list[PostLink],
) -> None:
    found = versions_of(posts, PostTitles())
    assert {page: ids(found[page]) for page in found} == {
        page: [1, 3, 2] for page in (1, 2, 3)
    }


def test_versions_when_two_are_in_one_language_then_the_later_stands_alone() -> None:
    posts = [telling(1), telling(2, "fr", "P1"), telling(3, "fr", "P1")]
    found = versions_of(posts, PostTitles())
    assert {page: ids(versions) for page, versions in found.items()} == {
        1: [1, 2],
        2: [1, 2],
        3: [],
    }


def test_versions_when_an_original_moved_then_its_old_title_leads_to_it() -> None:
    posts = [telling(1), telling(2, "fr", "Old")]
    assert ids(versions_of(posts, PostTitles({"Old": "P1"}))[2]) == [1, 2]
    assert versions_of(posts, PostTitles())[2] == ()


def test_versions_when_translate_has_pages_then_they_are_versions_without_id() -> None:
    known = PostTitles(translations={"P1": ("ar", "en", "fr"), "P2": ("de", "fr")})
    posts = [telling(1), telling(2, "fr", "P1")]
    found = versions_of(posts, known)[2]
    assert [(each.language, each.page_title, each.page_id) for each in found] == [
        ("en", "P1", 1),
        ("ar", "P1/ar", None),
        ("de", "P2/de", None),
        ("fr", "P2", 2),
    ]


_POSTS = st.lists(
    st.builds(
        telling,
        st.integers(1, 9),
        st.sampled_from(LANGUAGES),
        st.sampled_from([None, *(f"P{n}" for n in range(1, 10)), "X", "Old"]),
        st.integers(1, 4),
    ),
    max_size=9,
    unique_by=lambda post: post.version.page_id,
)


@given(_POSTS, st.randoms())
def test_versions_when_posts_are_any_then_each_is_in_one_place(
    posts: list[PostLink], chance: object
) -> None:
    known = PostTitles({"Old": "P1"}, {"P2": ("fr", "ja")})
    found = versions_of(posts, known)
    shuffled = list(posts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert versions_of(shuffled, known) == found
    for post in posts:
        versions = found.get(post.version.page_id or 0, ())
        if versions:
            assert post.version in versions
            assert len({each.language for each in versions}) == len(versions) > 1
            assert versions[0].page_id is not None
            for each in versions:
                if each.page_id is not None:
                    assert found[each.page_id] == versions


@given(_POSTS.filter(bool), st.sampled_from([*LANGUAGES, "pt", "de-at", "qqq"]))
def test_choice_when_a_language_is_there_then_it_is_that_one(
    posts: list[PostLink], language: str
) -> None:
    versions = [post.version for post in posts]
    choice = Choice.of(versions, language)
    there = [each for each in versions if each.language == language]
    assert choice.is_fallback == (not there)
    assert choice.version == (there[0] if there else choice.version)
    assert choice.version in versions


def test_choice_when_missing_then_the_chain_then_english_then_the_first() -> None:
    arabic, english = PostVersion("ar", "A", 1), PostVersion("en", "E", 2)
    portuguese = PostVersion("pt", "P", 3)
    assert Choice.of([arabic, english, portuguese], "pt-br").version == portuguese
    assert Choice.of([arabic, english], "pt-br") == Choice(english, is_fallback=True)
    assert Choice.of([arabic], "pt-br").version == arabic


def test_choice_when_only_translate_has_it_then_says_where() -> None:
    english, french = PostVersion("en", "E", 2), PostVersion("fr", "E/fr")
    assert Choice.of([english, french], "fr") == Choice(
        english, is_fallback=True, elsewhere=french
    )
    assert Choice.of([english, french], "en").elsewhere is None
