"""Versions of posts: pages that are translations of each other count as one post.

A post names the page it was translated from (`original`). Whatever people write there,
a chain, a circle, a page that nobody knows, posts that lead to each other or to the
same page are versions of one post. Pages that the Translate extension makes are
versions too (`<page>/xx`), but nobody reviews them, so their text stays on the wiki and
all that is said of them is where they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from space.text.languages import is_same, normal, rank, rank_among


@dataclass(frozen=True, slots=True)
class PostVersion:
    """One language of a post.

    A page of the Translate extension has no `page_id` here and no `title`: it is no
    record.
    """

    language: str
    page_title: str
    page_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class PostLink:
    """A published post in the translation graph: its version, and its original's title.

    `published` is Unix time.
    """

    version: PostVersion
    published: int
    original: str | None = None


@dataclass(frozen=True, slots=True)
class PostTitles:
    """Redirects and translated pages among the titles that posts name.

    `aliases` are titles that lead to other pages → the titles of those, `translations`
    titles → the languages that the Translate extension has them in.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def target(self, title: str) -> str:
        """The title of the page that a title leads to."""
        return self.aliases.get(title, title)

    def titles(self) -> frozenset[str]:
        """Titles of all redirect targets and translated pages."""
        return frozenset((*self.aliases.values(), *self.translations))


@dataclass(frozen=True, slots=True)
class Choice:
    """The version for a reader.

    `is_fallback` says that it is in another language than was asked for, `elsewhere`
    is the page of the Translate extension in that language.
    """

    version: PostVersion
    is_fallback: bool
    elsewhere: PostVersion | None = None

    @classmethod
    def of(cls, versions: Iterable[PostVersion], language: str) -> Self:
        """The best version for a language: its own, a fallback's, or the first.

        There is at least one version that is a record.
        """
        versions = tuple(versions)
        posts = [version for version in versions if version.page_id is not None]
        best = min(posts, key=lambda version: rank(version.language, language))
        pages = (version for version in versions if version.page_id is None)
        others = (version for version in pages if is_same(version.language, language))
        is_fallback = not is_same(best.language, language)
        return cls(best, is_fallback, next(others, None) if is_fallback else None)


def preferred(versions: Iterable[PostVersion], languages: Sequence[str]) -> PostVersion:
    """The version for a reader of some languages, best one first.

    There is at least one version that is a record, and only those can be the one.
    """
    posts = (version for version in versions if version.page_id is not None)
    return min(posts, key=lambda version: rank_among(version.language, languages))


def versions_of(
    posts: Iterable[PostLink], titles: PostTitles
) -> Mapping[int, tuple[PostVersion, ...]]:
    """Page id → all versions of its post; empty when it has one version.

    The first is the one that stands for all: what was published first. The others
    follow by language. Of two in one language only the first is a version; the other
    is a post of its own, so that no list can lose it.
    """
    by_page: dict[int, tuple[PostVersion, ...]] = {}
    for related in _related(posts, titles):
        versions, alone = _by_language(related)
        for version in alone:
            by_page[_id(version)] = _with_translations((version,), titles)
        by_page |= dict.fromkeys(
            map(_id, versions), _with_translations(versions, titles)
        )
    return by_page


def _related(posts: Iterable[PostLink], titles: PostTitles) -> Iterator[list[PostLink]]:
    """Posts that lead to each other, in the order of their publication."""
    posts = sorted(posts, key=lambda post: (post.published, post.version.page_id or 0))
    roots: dict[str, str] = {}

    def root(title: str) -> str:
        while (above := roots.setdefault(title, title)) != title:
            roots[title] = roots[above]
            title = above
        return title

    for post in posts:
        own = post.version.page_title
        roots[root(own)] = root(titles.target(post.original or own))
    groups: dict[str, list[PostLink]] = {}
    for post in posts:
        groups.setdefault(root(post.version.page_title), []).append(post)
    yield from groups.values()


def _by_language(
    related: Iterable[PostLink],
) -> tuple[tuple[PostVersion, ...], list[PostVersion]]:
    """Versions, one a language, and those whose language another one has."""
    first: dict[str, PostVersion] = {}
    alone = []
    for post in related:
        version = post.version
        if first.setdefault(normal(version.language), version) is not version:
            alone.append(version)
    head, *others = first.values()
    return (head, *sorted(others, key=lambda version: version.language)), alone


def _with_translations(
    versions: tuple[PostVersion, ...], titles: PostTitles
) -> tuple[PostVersion, ...]:
    taken = {normal(version.language) for version in versions}
    complete = list(versions)
    for version in versions:
        for code in sorted(titles.translations.get(version.page_title, ())):
            if normal(code) not in taken:
                taken.add(normal(code))
                complete.append(PostVersion(code, f"{version.page_title}/{code}"))
    head, *others = complete
    if not others:
        return ()
    return (head, *sorted(others, key=lambda version: version.language))


def _id(version: PostVersion) -> int:
    assert version.page_id is not None  # noqa: S101 - records only
    return version.page_id
