"""Which lines an event concerns, as the lists' filters would say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from space.follow.lines import FollowLine
from space.publication.filter_terms import filter_terms
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.settings.topics import Topics
from space.text.folding import fold
from space.text.languages import spellings

Names = tuple[tuple[str, frozenset[str]], ...]
"""Field of an event → folded terms, of which it needs one; in each field."""


def names_of(wanted: Filter, topics: Topics) -> Names:
    """What a filter of events lets through, a topic by all its names."""
    return tuple(
        (field, frozenset(map(fold, _alternatives(field, alternatives, topics))))
        for field, alternatives in wanted.terms
    )


def _alternatives(
    field: str, alternatives: Iterable[str], topics: Topics
) -> Iterator[str]:
    for each in alternatives:
        match field:
            case "languages":
                yield from spellings(each)
            case "topics":
                yield from topics.names(each)
            case _:
                yield each


@dataclass(frozen=True)
class EventTerms:
    """The folded terms of an event, by field; its own title is a series, too."""

    event: Publication

    @cached_property
    def _terms(self) -> dict[str, set[str]]:
        terms = {"series": {fold(self.event.page_title)}}
        for field, term in filter_terms(self.event):
            terms.setdefault(field, set()).add(term)
        return terms

    def passes(self, names: Names) -> bool:
        """Whether a filter lets the event through."""
        return all(
            not own.isdisjoint(self._terms.get(field, ())) for field, own in names
        )


@dataclass(frozen=True, slots=True)
class Matcher:
    """Lines, each with what it lets through."""

    lines: tuple[tuple[FollowLine, Names], ...]

    @classmethod
    def of(cls, lines: Iterable[FollowLine], topics: Topics) -> Self:
        """The matcher of some lines."""
        return cls(tuple((line, names_of(line.wanted, topics)) for line in lines))

    def of_event(self, event: Publication) -> Iterator[FollowLine]:
        """The lines that an event concerns."""
        terms = EventTerms(event)
        return (line for line, names in self.lines if terms.passes(names))
