"""The filter of the current request, and pages of what it lets through.

A page leaves out a key that it does not know, and says so; a feed and the API, which
nobody looks at, refuse it.

Addresses of pages are kept tidy: what a form sends along empty or in disorder leads to
the address of the same without it.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flask import Flask, abort, g, redirect, request

from space.publication.filters import Filter, FilterProblem, known_keys, parse
from tool.app.web.errors import BadFilterError
from tool.app.web.language import PARAMETER
from tool.app.web.links import Query, page_url

PAGE = "page"
WORDS = "q"
_FOR_PROGRAMS = frozenset({"api", "feeds"})  # blueprints
_PAGE = re.compile(r"[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class UnknownKeys:
    """Keys of an address that are no filters of its page, and those that are."""

    keys: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What a page shows: a filter, which page of it, counted from 0, and more.

    `words` are those of the filter as they were typed, `others` arguments of the page
    that are no filter keys.
    """

    filter: Filter
    page: int = 0
    words: str = ""
    others: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Hashable:
        """All that follows from it follows from this."""
        pairs, others = tuple(self.pairs()), tuple(self.others.items())
        return self.filter.kind, self.page, pairs, others

    def pairs(self) -> list[tuple[str, str]]:
        """The filter as keys and values, with the words as they were typed."""
        return [
            (key, self.words or value if key == WORDS else value)
            for key, value in self.filter.items()
        ]

    def filters(self) -> Query:
        """The arguments of an address that takes the filter alone, such as a feed's."""
        return query_of(self.pairs())

    def query(self, page: int = 0) -> Query:
        """The arguments of the address of this or another page of the same list."""
        others = {key: [value] for key, value in self.others.items()}
        return self.filters() | others | ({PAGE: [str(page)]} if page else {})


def arguments(keys: Sequence[str], besides: Collection[str]) -> list[tuple[str, str]]:
    """The request's keys and values without `besides`, in the order of the address.

    `keys` are the filters that people are told of when there is any other key: on the
    page that goes without it (`unknown_keys`), or as a `BadFilterError`.
    """
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in besides]
    unknown = tuple(dict.fromkeys(key for key, _ in pairs if key not in keys))
    if unknown and request.blueprint in _FOR_PROGRAMS:
        params = (unknown[0], ", ".join(keys))
        raise BadFilterError(FilterProblem("filter-key", unknown[0], params=params))
    g.unknown_keys = UnknownKeys(unknown, tuple(keys))
    return [pair for pair in pairs if pair[0] in keys]


def unknown_keys() -> UnknownKeys | None:
    """What the current page left out of its address; None if it is all there."""
    unknown: UnknownKeys | None = g.get("unknown_keys")
    return unknown if unknown and unknown.keys else None


def left_out() -> Query:
    """The same with its values, for an address that leads to the page that says so."""
    unknown = unknown_keys()
    return {key: request.args.getlist(key) for key in unknown.keys} if unknown else {}


def asked_filter(kind: str, *besides: str) -> Filter:
    """The request's filter; raises `BadFilterError` naming the key.

    `besides` are arguments that are no filter keys.
    """
    parsed = _parsed(kind, tuple(arguments(known_keys(kind), besides)))
    if isinstance(parsed, FilterProblem):
        raise BadFilterError(parsed)
    return parsed


def asked_nothing(*besides: str) -> None:
    """Refuse any argument but these; raises `BadFilterError` naming the first."""
    for key in request.args:
        if key in besides:
            continue
        raise BadFilterError(FilterProblem("filter-none", key, params=(key,)))


@lru_cache(maxsize=1024)
def _parsed(kind: str, items: tuple[tuple[str, str], ...]) -> Filter | FilterProblem:
    """What `parse` says, at once: calendars ask the same every hour."""
    return parse(kind, items)


def asked(kind: str, **others: Callable[[str], bool]) -> ListRequest:
    """The request's filter, its page, and those of the `others` that are there.

    Each of the others comes with what says whether it takes a value.
    """
    wanted = asked_filter(kind, PAGE, PARAMETER, *others)
    values = {name: given(name, takes) for name, takes in others.items()}
    return ListRequest(
        wanted,
        page_number(),
        " ".join(request.args.get(WORDS, "").split()),
        {name: value for name, value in values.items() if value},
    )


def page_number() -> int:
    """Which page of a list the request asks for, counted from 0."""
    return int(given(PAGE, _PAGE.fullmatch) or "0")


def given(name: str, takes: Callable[[str], object]) -> str:
    """An argument of the request, empty when absent; raises `BadFilterError`."""
    value = request.args.get(name, "")
    if value and not takes(value):
        raise BadFilterError(FilterProblem("filter-value", name, params=(name, value)))
    return value


def tidy(found: ListRequest) -> ListRequest:
    """The same; leads to the tidy address of the same page if this is not it."""
    if not request.args:
        return found
    now = [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]
    now = [pair for pair in now if pair[0] not in left_out()]
    query = found.query(found.page)
    pairs = [(key, value) for key, values in query.items() for value in values]
    same = parse(found.filter.kind, found.pairs()) == found.filter
    if same and sorted(now) != sorted(pairs):
        abort(redirect(page_url(query | left_out())))
    return found


def query_of(pairs: Iterable[tuple[str, str]]) -> Query:
    """Keys and values as the arguments of an address."""
    values: Query = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    return values


def typed(key: str) -> str:
    """What the request has for a key, for the form that sent it."""
    return request.args.get(key, "")


def init_app(app: Flask) -> None:
    """Offer `typed(key)` and `unknown_keys()` to templates."""
    app.jinja_env.globals.update(typed=typed, unknown_keys=unknown_keys)
