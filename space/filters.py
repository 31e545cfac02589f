"""The one filter language of lists, feeds, the API and the templates (DESIGN §6).

`?country=nz&topic=glam&topic=women&from=2026-11-01&q=photo`: different keys must all
hold, a repeated key holds for any of its values, `from` and `to` are UTC days that
an occurrence (or a post's publication) must touch, all words of `q` must occur in
the text. An empty value is an absent key, as forms send it.

The keys are the schema's indexed fields, lists in the singular.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from urllib.parse import urlencode

from space.problems import Problem
from space.schema import Field, kind

MAX_VALUES = 50  # of one key; a longer list is a mistake or an attack
MAX_LENGTH = 200
_ONCE = ("from", "to", "q")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilterProblem(Problem):
    """Why a filter is not understood; `field` is the key, `params` begin with it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Everything is folded, sorted and free of repeats.

    `terms` maps field names of the schema to alternatives; `since` and `until` are
    UTC days, both inclusive; `words` must all occur.
    """

    kind: str
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()

    def items(self) -> tuple[tuple[str, str], ...]:
        """The filter as keys and values, always in the same order."""
        names = {field.name: key for key, field in keys(self.kind).items()}
        pairs = [(names[name], term) for name, terms in self.terms for term in terms]
        if self.since:
            pairs.append(("from", self.since.isoformat()))
        if self.until:
            pairs.append(("to", self.until.isoformat()))
        if self.words:
            pairs.append(("q", " ".join(self.words)))
        return tuple(pairs)

    def query(self) -> str:
        """The canonical query string: equal for filters that mean the same."""
        return urlencode(self.items())


def fold(text: str) -> str:
    """The form in which texts are compared: case, width and spacing do not count."""
    folded = unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", text).casefold()
    )
    return " ".join(folded.replace("_", " ").split())


@cache
def keys(kind_name: str) -> Mapping[str, Field]:
    """Filter keys of a kind → the field each one looks at, in the schema's order."""
    return MappingProxyType(
        {
            name.removesuffix("s") if field.multiple else name: field
            for name, field in kind(kind_name).fields.items()
            if field.index in {"choice", "list"}
        }
    )


def parse(kind_name: str, items: Iterable[tuple[str, str]]) -> Filter | FilterProblem:
    """Read keys and values, in any order, of a query or a template.

    Returns the first problem: an unknown key, a value its field cannot have, too
    many values, a date that is none, or a range that ends before it begins.
    """
    known = keys(kind_name)
    given: dict[str, list[str]] = {}
    for key, value in items:
        if key not in known and key not in _ONCE:
            return FilterProblem(
                "filter-key", key, params=(key, ", ".join((*known, *_ONCE)))
            )
        if folded := fold(value):
            given.setdefault(key, []).append(folded)
    for key, values in given.items():
        if problem := _problem(key, values, known.get(key)):
            return problem
    since, until = (_day(given.get(key)) for key in ("from", "to"))
    if since and until and until < since:
        return FilterProblem("filter-range", "to", params=("to", until.isoformat()))
    return Filter(
        kind=kind_name,
        terms=tuple(
            (field.name, tuple(sorted(set(given[key]))))
            for key, field in known.items()
            if key in given
        ),
        since=since,
        until=until,
        words=tuple(sorted(set(" ".join(given.get("q", ())).split()))),
    )


def _problem(key: str, values: list[str], field: Field | None) -> FilterProblem | None:
    limit = MAX_VALUES if field else 1
    if len(values) > limit:
        return FilterProblem("filter-many", key, params=(key, str(limit)))
    for value in values:
        if field is None and key != "q":
            good = _day([value]) is not None
        else:
            good = len(value) <= MAX_LENGTH and (field is None or _fits(field, value))
        if not good:
            return FilterProblem("filter-value", key, params=(key, value[:MAX_LENGTH]))
    return None


def _fits(field: Field, folded: str) -> bool:
    """Whether a page could have this value at all."""
    if field.choices:
        return folded in field.choices
    if field.pattern:  # only codes in capitals have one
        return re.fullmatch(field.pattern, folded.upper()) is not None
    return True


def _day(values: list[str] | None) -> date | None:
    if not values or not _DATE.fullmatch(values[0]):
        return None
    try:
        return date.fromisoformat(values[0])
    except ValueError:
        return None
