"""The filter as a form, and as chips that can be taken away one by one.

One form for lists, the calendar, subscriptions and embedding. Of the choices it offers
those that some publication has; what is asked for is always among them.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from flask import request

from space.codec.page import subpage_name
from space.publication.filters import SOURCE, FilterProblem, keys, parse
from space.publication.registered import SOURCES
from space.schema.kinds import Field
from space.settings.onwiki import REGISTRY_OFF
from space.text.folding import fold
from tool.app.services import services, topics
from tool.app.views import dates
from tool.app.views.facts import in_words
from tool.app.views.listing import WORDS, ListRequest, query_of
from tool.app.views.options import Options, choices
from tool.app.views.periods import WHEN
from tool.app.views.quick_filters import LANGUAGE, QuickFilters, with_days
from tool.app.web.language import (
    interface_language,
    message_text,
    wanted_languages,
)
from tool.app.web.links import Query, page_url

_FIRST = {
    "event": (WORDS, LANGUAGE, "country", "topic", "mode", "from", "to"),
    "post": (WORDS, LANGUAGE, "topic", "from", "to"),
}
_PLAIN = {
    WORDS: "tool-filter-words",
    "from": "tool-filter-from",
    "to": "tool-filter-to",
}
# Than what the form for writing says.
_SHORTER = {
    LANGUAGE: "tool-filter-language",
    SOURCE: "tool-filter-source",
    "mode": "tool-filter-mode",
    "topic": "tool-filter-topic",
}
# People and series are too many to choose from.
_ONLY_WHEN_ASKED = frozenset({"organizer", "author", "series"})


@dataclass(frozen=True, slots=True)
class FilterControl:
    """A field of the form: `words` and `day` for a value, a `select` to add one more.

    `kept` are the values that chips show and the form sends along. `others` are options
    that stand apart from the rest: tags that are no topics.
    """

    key: str
    label: str
    widget: str
    value: str = ""
    kept: tuple[str, ...] = ()
    options: Options = field(default_factory=list)
    others: Options = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to fill in or to choose."""
        return self.widget != "select" or bool(self.options or self.others)


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of the filter in words, and the address without it.

    `is_typed` says that a field of the form shows it, too.
    """

    label: str
    value: str
    href: str
    is_typed: bool = False


class FilterForm:
    """The form of a filter, and its chips.

    `linked` are the keys that quick links beside it add and take away: neither the
    chips nor the fields have them once more.
    """

    def __init__(self, found: ListRequest, linked: Collection[str] = ()) -> None:
        self.asked = found
        self._linked = linked
        kind = found.filter.kind
        self._keys = keys(kind)
        self._offers = _Offers(kind)
        self._given: dict[str, tuple[str, ...]] = {
            key: tuple(values) for key, values in found.filters().items()
        }
        self._order = _FIRST[kind]

    @cached_property
    def key(self) -> Hashable | None:
        """All that it follows from but the language; None where that is a period, too.

        What days a period has depends on the clock.
        """
        if WHEN in self.asked.others:
            return None
        return (
            *(self.asked.filter.kind, request.path, tuple(self.asked.pairs())),
            self._has_sources,
            *(tuple(self.asked.others.items()), frozenset(self._linked)),
            *(self._offers.in_use_of_all, tuple(wanted_languages())),
        )

    @property
    def first(self) -> list[FilterControl]:
        """The controls that stand first, in the order of the kind."""
        first = [control for control in self._shown if control.key in self._order]
        return sorted(first, key=lambda control: self._order.index(control.key))

    @property
    def more(self) -> list[FilterControl]:
        """All others."""
        return [control for control in self._shown if control.key not in self._order]

    @cached_property
    def _shown(self) -> list[FilterControl]:
        source = (SOURCE,) if self._has_sources else ()
        return [
            self._control(key)
            for key in (WORDS, *self._keys, *source, "from", "to")
            if key in self._given or key not in _ONLY_WHEN_ASKED
        ]

    @cached_property
    def _has_sources(self) -> bool:
        """Whether events may be from elsewhere than from pages, or were asked for."""
        if self.asked.filter.kind != "event":
            return False
        listed = services().community.settings().registry
        return SOURCE in self._given or listed != REGISTRY_OFF

    def _control(self, key: str) -> FilterControl:
        values, label = self._given.get(key, ()), self._label(key)
        if key in _PLAIN:
            widget = "words" if key == WORDS else "day"
            return FilterControl(key, label, widget, next(iter(values), ""))
        if key == SOURCE:
            offers = [] if values else [(each, _source(each)) for each in SOURCES]
            return FilterControl(key, label, "select", kept=values, options=offers)
        if key in _ONLY_WHEN_ASKED or key in self._linked:
            return FilterControl(key, label, "select", kept=values)
        taken = set(map(fold, values))
        offered = [pair for pair in self._options(key) if fold(pair[0]) not in taken]
        others = [pair for pair in offered if self._offers.is_only_tag(key, pair[0])]
        named = [pair for pair in offered if pair not in others]
        return FilterControl(
            key, label, "select", kept=values, options=named, others=others
        )

    def _options(self, key: str) -> Options:
        return self._offers.options(key, self._keys[key], self._given.get(key, ()))

    @property
    def chips(self) -> list[Chip]:
        """The conditions that no quick link shows, in the order of the address."""
        pairs = list(self.asked.pairs())
        conditions = []
        when = self.asked.others.get(WHEN)
        if when and WHEN not in self._linked:
            label, value = "tool-filter-when", message_text(f"tool-when-{when}")
            others = {**self.asked.others, WHEN: ""}
            href = page_url(self._query(pairs, others))
            conditions.append(Chip(message_text(label), value, href))
        for number, (key, value) in enumerate(pairs):
            if key in self._linked:
                continue
            rest = pairs[:number] + pairs[number + 1 :]
            href = page_url(self._query(rest, self.asked.others))
            words = self._words(key, value)
            conditions.append(Chip(self._label(key), words, href, key in _PLAIN))
        return conditions

    @property
    def asks_much(self) -> bool:
        """Whether there is more than one condition."""
        return len(self.asked.pairs()) + (WHEN in self.asked.others) > 1

    @property
    def quick(self) -> QuickFilters:
        """The links to the same with one condition more or less."""
        most_used = self._offers.in_use(self._keys[LANGUAGE])
        return QuickFilters(self.asked, self._options(LANGUAGE), most_used)

    @property
    def elsewhere(self) -> Query:
        """The filter for pages that know no names of periods."""
        return with_days(self.asked)

    @property
    def action(self) -> str:
        """Where the form leads: to the page that it is on."""
        return page_url({})

    @property
    def href(self) -> str:
        """The address without any condition."""
        return page_url(self._query([], {**self.asked.others, WHEN: ""}))

    @staticmethod
    def _query(pairs: list[tuple[str, str]], others: Mapping[str, str]) -> Query:
        return query_of([*pairs, *((k, v) for k, v in others.items() if v)])

    def _label(self, key: str) -> str:
        return _label(self.asked.filter.kind, key)

    def _words(self, key: str, value: str) -> str:
        return _words(self.asked.filter.kind, key, value)


def _label(kind: str, key: str) -> str:
    own = _PLAIN.get(key) or _SHORTER.get(key)
    return message_text(own or keys(kind)[key].label_key)


def _words(kind: str, key: str, value: str) -> str:
    if key == WORDS or key in _ONLY_WHEN_ASKED:
        return value
    if key == SOURCE:
        return _source(value)
    if key in _PLAIN:
        return dates.short_day(date.fromisoformat(value), interface_language())
    return _word(key, keys(kind)[key], value)


def _source(name: str) -> str:
    """One of `SOURCES` in words."""
    return message_text(f"tool-source-{name}")


class _Offers:
    """What the selects offer, in words."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._in_use = services().store.terms.of_kind(
            kind,
            *(
                field.name
                for key, field in keys(kind).items()
                if not field.choices and key not in _ONLY_WHEN_ASKED
            ),
        )
        self._topics = topics()

    @property
    def in_use_of_all(self) -> Hashable:
        """All values that publications have."""
        return tuple(self._in_use.items())

    def options(self, key: str, field: Field, asked: tuple[str, ...]) -> Options:
        """The values of a key that are in use or asked for, by name."""
        if field.choices:
            return choices(self._kind, field.name)
        known = {fold(value): value for value in asked}
        for term in self._terms(key, field):
            if fold(term) not in known:
                known[fold(term)] = _canonical(self._kind, key, term)
        named = [(value, _word(key, field, value)) for value in known.values()]
        return sorted(named, key=lambda pair: pair[1].casefold())

    def in_use(self, field: Field) -> tuple[str, ...]:
        """The folded values that publications have, the most frequent first."""
        return self._in_use.get(field.name, ())

    def is_only_tag(self, key: str, value: str) -> bool:
        """Whether a value is somebody's tag, and no topic of the settings."""
        return key == "topic" and self._topics.slugs.get(value, value) not in (
            self._topics.labels
        )

    def _terms(self, key: str, field: Field) -> Iterator[str]:
        in_use = self.in_use(field)
        if key == "topic":
            yield from self._topics.labels
            yield from (self._topics.slugs.get(term, term) for term in in_use)
        else:
            yield from in_use


def _word(key: str, field: Field, value: str) -> str:
    """A value as people read it, in the reader's language."""
    if key == "topic":
        known = topics()
        return known.labels.get(known.slugs.get(value, value), value)
    return in_words(field, value)


def filter_words(kind: str, items: Iterable[tuple[str, str]]) -> list[str]:
    """The values of a filter's keys in words, in their order; empty for everything.

    Of the page of a series there is its name alone.
    """
    return [
        subpage_name(value)
        if kind == "event" and key == "series"
        else _words(kind, key, value)
        for key, value in items
    ]


def condition_words(
    kind: str, items: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The label and the value of a filter's keys in words, in their order."""
    return [(_label(kind, key), _words(kind, key, value)) for key, value in items]


@lru_cache(maxsize=4096)
def _canonical(kind: str, key: str, term: str) -> str:
    """A folded value in the spelling of addresses."""
    parsed = parse(kind, [(key, term)])
    return term if isinstance(parsed, FilterProblem) else parsed.items()[0][1]
