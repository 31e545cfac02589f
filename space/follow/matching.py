"""Which lines an event or a post concerns, as the lists' filters would say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from space.follow.lines import EVENT, KINDS, FollowLine
from space.publication.filter_terms import filter_terms
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.settings.topics import Topics
from space.text.folding import fold
from space.text.languages import spellings

Names = tuple[tuple[str, frozenset[str]], ...]
"""Field of a page → folded terms, of which it needs one; in each field."""


def names_of(wanted: Filter, topics: Topics) -> Names:
    """What a filter lets through, a topic by all its names."""
    return tuple(
        (field, frozenset(map(fold, _alternatives(field, alternatives, topics))))
        for field, alternatives in wanted.terms
    )


def _alternatives(
    field: str, alternatives: Iterable[str], topics: Topics
) -> Iterator[str]:
    for each in alternatives:
        match field:
            case "language" | "languages":
                yield from spellings(each)
            case "topics":
                yield from topics.names(each)
            case _:
                yield each


@dataclass(frozen=True)
class PageTerms:
    """The folded terms of a page, by field; an event's own title is a series, too."""

    page: Publication

    @cached_property
    def _terms(self) -> dict[str, set[str]]:
        title = fold(self.page.page_title)
        terms = {"series": {title}} if self.page.kind == EVENT else {}
        for field, term in filter_terms(self.page):
            terms.setdefault(field, set()).add(term)
        return terms

    def passes(self, names: Names) -> bool:
        """Whether a filter lets the page through."""
        return all(
            not own.isdisjoint(self._terms.get(field, ())) for field, own in names
        )


@dataclass(frozen=True, slots=True)
class Matcher:
    """Lines about events and lines about posts, each with what it lets through."""

    events: tuple[tuple[FollowLine, Names], ...]
    posts: tuple[tuple[FollowLine, Names], ...]

    @classmethod
    def of(cls, lines: Iterable[FollowLine], topics: Topics) -> Self:
        """The matcher of some lines."""
        named = [(line, names_of(line.wanted, topics)) for line in lines]
        events, posts = (
            tuple(each for each in named if each[0].wanted.kind == kind)
            for kind in KINDS
        )
        return cls(events, posts)

    def of_event(self, event: Publication) -> Iterator[FollowLine]:
        """The lines that an event concerns."""
        terms = PageTerms(event)
        return (line for line, names in self.events if terms.passes(names))

    def of_post(
        self, post: Publication, versions: Sequence[Publication]
    ) -> Iterator[FollowLine]:
        """The lines that a post concerns; `versions` are all of it, in any language.

        The one that stands for all is let through where any of them is, unless a line
        asks for languages, which is about each by itself.
        """
        own, others = PageTerms(post), tuple(map(PageTerms, versions))
        for line, names in self.posts:
            if "language" in dict(names):
                passes = own.passes(names)
            else:
                is_lead = post.page_id == post.lead
                passes = is_lead and any(each.passes(names) for each in (own, *others))
            if passes:
                yield line
