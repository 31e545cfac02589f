"""The one filter language of lists, feeds, the API and the templates.

`?country=nz&topic=glam&topic=women&from=2026-11-01&q=photo`: different keys must all
hold, a repeated key holds for any of its values, `from` and `to` are UTC days that
an occurrence (or a post's publication) must touch, all words of `q` must occur in
the text. An empty value is an absent key, as forms send it.

The keys are the schema's indexed fields, lists in the singular; their values are read
as generously as those of a page (`topic=Women; GLAM` are two topics).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Self
from urllib.parse import urlencode

from space.codec.readers import read_input
from space.dates.moments import LAST_DAY
from space.publication.registered import SOURCES
from space.schema.kinds import Field, load_kind
from space.schema.problems import Problem
from space.text.folding import fold

MAX_VALUES = 50  # of one key; a longer list is a mistake or an attack
MAX_LENGTH = 200
SOURCE = "source"
_ONCE = ("from", "to", "q")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilterProblem(Problem):
    """A problem of a filter; `field` is the key, with which `params` begin."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of one kind, sorted and free of repeats.

    `terms` are field names of the schema with alternatives in canonical form, which
    are compared folded; `since` and `until` are UTC days, both inclusive; `words`,
    folded, must all occur. `source` is one of `SOURCES`, of events; empty for all.
    """

    kind: str
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()
    source: str = ""

    @property
    def over(self) -> date | None:
        """The UTC day after `until`; None without one.

        None also for a day beyond the years of events: programs write 9999-12-31 where
        they mean no end.
        """
        if self.until is None or self.until > LAST_DAY:
            return None
        return self.until + timedelta(days=1)

    def items(self) -> tuple[tuple[str, str], ...]:
        """The filter as keys and values, always in the same order."""
        names = {field.name: key for key, field in keys(self.kind).items()}
        pairs = [(names[name], term) for name, terms in self.terms for term in terms]
        if self.source:
            pairs.append((SOURCE, self.source))
        if self.since:
            pairs.append(("from", self.since.isoformat()))
        if self.until:
            pairs.append(("to", self.until.isoformat()))
        if self.words:
            pairs.append(("q", " ".join(self.words)))
        return tuple(pairs)

    def query(self, besides: Mapping[str, str] = MappingProxyType({})) -> str:
        """The query string, the same whatever the order and spelling of the request.

        `besides` are arguments of an address that are no filters.
        """
        return urlencode([*self.items(), *besides.items()])


@cache
def keys(kind_name: str) -> Mapping[str, Field]:
    """Filter key of a kind → its field, in the schema's order."""
    return MappingProxyType(
        {
            name.removesuffix("s") if field.multiple else name: field
            for name, field in load_kind(kind_name).fields.items()
            if field.is_filter
        }
    )


def known_keys(kind_name: str) -> tuple[str, ...]:
    """All filter keys of a kind, in the order of messages about them."""
    return (*keys(kind_name), *_once(kind_name))


def _once(kind_name: str) -> tuple[str, ...]:
    """Keys that are no fields, and have one value."""
    return (SOURCE, *_ONCE) if kind_name == "event" else _ONCE


def parse(kind_name: str, items: Iterable[tuple[str, str]]) -> Filter | FilterProblem:
    """Read keys and values, in any order, of a query or a template.

    Returns the first problem: an unknown key, a value its field cannot have, too
    many values, a date that is none, or a range that ends before it begins.
    """
    fields = keys(kind_name)
    given: dict[str, list[str]] = {}
    for key, value in items:
        if key not in fields and key not in _once(kind_name):
            return FilterProblem(
                "filter-key", key, params=(key, ", ".join(known_keys(kind_name)))
            )
        if value.strip():
            given.setdefault(key, []).append(value)
    terms = []
    for key, field in fields.items():
        alternatives = _alternatives(key, field, given.get(key, []))
        if isinstance(alternatives, FilterProblem):
            return alternatives
        if alternatives:
            terms.append((field.name, alternatives))
    plain = _Plain.parse(given)
    if isinstance(plain, FilterProblem):
        return plain
    return Filter(
        kind_name, tuple(terms), plain.since, plain.until, plain.words, plain.source
    )


def _alternatives(
    key: str, field: Field, texts: list[str]
) -> tuple[str, ...] | FilterProblem:
    """The values of one key, each once."""
    by_folded: dict[str, str] = {}
    for text in texts:
        if len(text) > MAX_LENGTH:
            return _bad_value(key, text)
        reading = read_input(field, text)
        if reading.problems or reading.value is None:
            return _bad_value(key, text)
        value = reading.value
        for item in (value,) if isinstance(value, str) else value:
            by_folded.setdefault(fold(item), item)
    if len(by_folded) > MAX_VALUES:
        return _too_many(key, MAX_VALUES)
    return tuple(by_folded[folded] for folded in sorted(by_folded))


@dataclass(frozen=True, slots=True)
class _Plain:
    """Values of the filter keys that are no fields."""

    since: date | None
    until: date | None
    words: tuple[str, ...]
    source: str

    @classmethod
    def parse(cls, given: Mapping[str, list[str]]) -> Self | FilterProblem:
        for key in (SOURCE, *_ONCE):
            texts = given.get(key, [])
            if len(texts) > 1:
                return _too_many(key, 1)
            if any(len(text) > MAX_LENGTH for text in texts):
                return _bad_value(key, texts[0])
            if texts and not _is_fit(key, texts[0]):
                return _bad_value(key, texts[0])
        since, until = _day(given.get("from")), _day(given.get("to"))
        if since and until and until < since:
            return FilterProblem("filter-range", "to", params=("to", until.isoformat()))
        words = fold(" ".join(given.get("q", ()))).split()
        source = fold(next(iter(given.get(SOURCE, ())), ""))
        return cls(since, until, tuple(sorted(set(words))), source)


def _is_fit(key: str, text: str) -> bool:
    """Whether a key that is no field may have a value."""
    if key == SOURCE:
        return fold(text) in SOURCES
    return key == "q" or _day([text]) is not None


def _bad_value(key: str, text: str) -> FilterProblem:
    return FilterProblem("filter-value", key, params=(key, text[:MAX_LENGTH]))


def _too_many(key: str, limit: int) -> FilterProblem:
    return FilterProblem("filter-many", key, params=(key, str(limit)))


def _day(texts: list[str] | None) -> date | None:
    if not texts or not _DATE.fullmatch(texts[0].strip()):
        return None
    try:
        return date.fromisoformat(texts[0].strip())
    except ValueError:
        return None
