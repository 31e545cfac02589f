"""The filter of the current request, and pages of what it lets through."""

import re
from dataclasses import dataclass

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from space.filters import Filter, FilterProblem, parse
from tool.app.language import PARAMETER

PAGE = "page"
_PAGE = re.compile(r"[0-9]{1,4}", re.ASCII)


class BadFilterError(BadRequest):
    """A filter that is not understood; `problem` says which key and why."""

    def __init__(self, problem: FilterProblem) -> None:
        super().__init__()
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows: a filter, and which page of it, counted from 0."""

    wanted: Filter
    page: int

    def query(self, page: int) -> dict[str, list[str]]:
        """The arguments of the address of another page of the same list."""
        values: dict[str, list[str]] = {}
        for key, value in self.wanted.items():
            values.setdefault(key, []).append(value)
        return values | ({PAGE: [str(page)]} if page else {})


def asked_filter(kind: str, *besides: str) -> Filter:
    """The request's filter; raises `BadFilterError` naming the key.

    `besides` are arguments that are no filter keys.
    """
    items = [pair for pair in request.args.items(multi=True) if pair[0] not in besides]
    found = parse(kind, items)
    if isinstance(found, FilterProblem):
        raise BadFilterError(found)
    return found


def asked(kind: str) -> Asked:
    """The request's filter and page."""
    return Asked(asked_filter(kind, PAGE, PARAMETER), page_number())


def page_number() -> int:
    """Which page of a list the request asks for; raises `BadFilterError`."""
    number = request.args.get(PAGE, "0")
    if not _PAGE.fullmatch(number):
        raise BadFilterError(FilterProblem("filter-value", PAGE, params=(PAGE, number)))
    return int(number)


def typed(key: str) -> str:
    """What the request has for a key, for the form that sent it."""
    return request.args.get(key, "")


def init_app(app: Flask) -> None:
    """Offer `typed(key)` to templates."""
    app.jinja_env.globals["typed"] = typed
