"""The filter of discussions in the current request."""

from dataclasses import dataclass

from space.publication.discussion_filters import KEYS, TalkFilter, parse_talk
from space.publication.filters import FilterProblem
from tool.app.views.listing import PAGE, arguments, page_number
from tool.app.web.errors import BadFilterError
from tool.app.web.language import PARAMETER


@dataclass(frozen=True, slots=True)
class TalkRequest:
    """The filter of a list of threads, and its page number, counted from 0."""

    filter: TalkFilter
    page: int

    def query(self, page: int, **instead: str) -> dict[str, list[str]]:
        """The query of a page of the list, with `instead` for keys of its own."""
        values: dict[str, list[str]] = {}
        for key, value in self.filter.items():
            values.setdefault(key, []).append(value)
        values |= {key: [value] for key, value in instead.items()}
        return values | ({PAGE: [str(page)]} if page else {})


def asked_talk_filter(*besides: str) -> TalkFilter:
    """The request's filter; raises `BadFilterError` that names an invalid key.

    `besides` are keys of the page that are no filters.
    """
    asked = parse_talk(arguments(KEYS, besides))
    if isinstance(asked, FilterProblem):
        raise BadFilterError(asked)
    return asked


def asked_talk() -> TalkRequest:
    """The request's filter and page."""
    return TalkRequest(asked_talk_filter(PAGE, PARAMETER), page_number())
