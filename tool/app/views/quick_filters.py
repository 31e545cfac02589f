"""Links above a list to the same list with one condition more or less.

They name the periods of `tool.app.views.periods`, and languages: those that the reader
asked for or whose browser tells them, then those that most pages are in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from space.text.folding import fold
from tool.app.services import services
from tool.app.views.listing import ListRequest, query_of
from tool.app.views.options import Options
from tool.app.views.periods import NAMES, NOW, WHEN, period
from tool.app.views.time_zone import this_reader
from tool.app.web.language import message_text, url_with, wanted_languages
from tool.app.web.links import Query, page_url

LANGUAGE = "language"
_FEW = 4  # languages that fit beside each other
_DAYS = frozenset({"from", "to"})


@dataclass(frozen=True, slots=True)
class QuickLink:
    """A condition in words; `href` adds it, or takes it away where it is `chosen`."""

    label: str
    href: str
    chosen: bool


class QuickFilters:
    """The links for a list.

    `languages` are values and names in the order of the names, `most_used` the folded
    values in the order of use.
    """

    def __init__(
        self, asked: ListRequest, languages: Options, most_used: Sequence[str]
    ) -> None:
        self._asked = asked
        self._languages = languages
        self._use = {code: rank for rank, code in enumerate(most_used)}
        self._chosen = {fold(v) for key, v in asked.pairs() if key == LANGUAGE}
        self._own = _codes(wanted_languages())

    @property
    def periods(self) -> list[QuickLink]:
        """Links to the list of events, one for each period, the chosen one first."""
        kept = [pair for pair in self._asked.pairs() if pair[0] not in _DAYS]
        links = []
        for name in NAMES:
            chosen = self._asked.others.get(WHEN) == name
            query = query_of(kept if chosen else [*kept, (WHEN, name)])
            if name == NOW and not chosen:
                query["mode"] = ["hybrid", "online"]
            href = url_with("read.events", query)
            links.append(QuickLink(message_text(f"tool-when-{name}"), href, chosen))
        return sorted(links, key=lambda link: not link.chosen)

    @property
    def few_languages(self) -> list[QuickLink]:
        """The languages that most readers look for, and all that are asked for."""
        ranked = sorted(self._languages, key=lambda pair: self._rank(fold(pair[0])))
        return [self._language(*pair) for pair in ranked[: self._few]]

    @property
    def all_languages(self) -> list[QuickLink]:
        """All languages by name; empty where `few_languages` has them all."""
        if len(self._languages) <= self._few:
            return []
        return [self._language(*pair) for pair in self._languages]

    @property
    def _few(self) -> int:
        return max(_FEW, len(self._chosen))

    def _rank(self, code: str) -> tuple[bool, bool, int]:
        rank = self._use.get(code, len(self._use))
        return code not in self._chosen, code not in self._own, rank

    def _language(self, code: str, name: str) -> QuickLink:
        pairs = self._asked.pairs()
        chosen = fold(code) in self._chosen
        if chosen:
            pairs = [
                (key, value)
                for key, value in pairs
                if key != LANGUAGE or fold(value) != fold(code)
            ]
        else:
            pairs.append((LANGUAGE, code))
        others = {key: [value] for key, value in self._asked.others.items()}
        return QuickLink(name, page_url(query_of(pairs) | others), chosen)


def with_days(asked: ListRequest) -> Query:
    """The filter with days in place of a period's name, as other pages take it."""
    when = asked.others.get(WHEN, "")
    if not when or when == NOW:
        return asked.filters()
    days = period(when, services().clock(), this_reader())
    first, last = days.first, days.last
    if asked.filter.since:
        first = max(first, asked.filter.since)
    if asked.filter.until:
        last = min(last, asked.filter.until)
    return asked.filters() | {"from": [f"{first}"], "to": [f"{max(first, last)}"]}


def _codes(tags: Iterable[str]) -> set[str]:
    """Language tags of a browser, each with its primary language."""
    return {fold(code) for tag in tags for code in (tag, tag.partition("-")[0])}
