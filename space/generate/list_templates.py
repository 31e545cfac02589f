"""TemplateData of the list templates, such as {{Space events}}.

Their parameters are the filters of a kind, with label and example of the field, and
options such as `limit` and `style`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from space.generate.templatedata import texts
from space.publication.filters import keys
from space.publication.registered import SOURCES
from space.schema.kinds import Field
from space.text.messages import Catalogue

_STEM = "wiki-list"


@dataclass(frozen=True, slots=True)
class Option:
    """A parameter that filters no field: its messages are `wiki-list-<name>-…`."""

    name: str
    type: str = "string"
    choices: tuple[str, ...] = ()
    default: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    suggested: bool = False
    message: str = ""  # the name in its message keys, where it is another one


@dataclass(frozen=True, slots=True)
class ListTemplate:
    """A list template: the kind whose filters it takes, and its other parameters."""

    kind: str
    options: tuple[Option, ...]


_FEED = Option("feed", "boolean", choices=("yes",))
_NOCAT = Option("nocat", "boolean", choices=("yes",))
_WORDS = (
    Option("from", "date", example="2026-11-01"),
    Option("to", "date", example="2026-12-31"),
    Option("q", example="photo walk"),
)
_SOURCE = Option("source", choices=SOURCES)
_LIMIT = Option("limit", "number", default="10", example="5", suggested=True)
_WHEN = Option(
    "when",
    choices=(
        *("upcoming", "today", "weekend", "week", "next month", "30 days"),
        *("past", "all"),
    ),
    default="upcoming",
    example="7 days",
    suggested=True,
)
_PERIOD = (
    Option("year", "number", example="2026"),
    Option("month", example="11", message="month-of-posts"),
)
_GROUPS = ("month", "year", "topic", "author", "series", "language")
_EVENT_STYLES = ("list", "table", "compact")
_MONTH_STYLES = ("month", "grid", "agenda")
SUGGESTED = frozenset({"country", "topic", "language"})


def _style(*choices: str) -> Option:
    return Option("style", choices=choices, default=choices[0], suggested=True)


TEMPLATES: Mapping[str, ListTemplate] = MappingProxyType(
    {
        "events": ListTemplate(
            "event",
            (
                _WHEN,
                _style(*_EVENT_STYLES),
                _LIMIT,
                Option("dates", choices=("next", "all"), default="next"),
                _SOURCE,
                *_WORDS,
                Option("caption", example="Photo walks of our chapter"),
                _FEED,
                _NOCAT,
            ),
        ),
        "posts": ListTemplate(
            "post",
            (
                _style("list", "compact"),
                _LIMIT,
                *_PERIOD,
                *_WORDS,
                Option("untranslated", example="fr"),
                _FEED,
                _NOCAT,
            ),
        ),
        "archive": ListTemplate(
            "post",
            (
                Option("by", choices=_GROUPS, default=_GROUPS[0], suggested=True),
                *_PERIOD,
                _style("compact", "list"),
                Option("limit", "number", default="500", example="100"),
                *_WORDS,
                Option("untranslated", example="fr"),
                _NOCAT,
            ),
        ),
        "calendar": ListTemplate(
            "event",
            (
                Option("month", example="2026-11", aliases=("1",), suggested=True),
                _style(*_MONTH_STYLES),
                _SOURCE,
                _WORDS[-1],
                _NOCAT,
            ),
        ),
        "map": ListTemplate("event", (_SOURCE, *_WORDS, _NOCAT)),
    }
)
"""Name in the markers of a documentation page → list template."""


def document(name: str, catalogue: Catalogue) -> Mapping[str, Any]:
    """The TemplateData of a list template; raises KeyError for an unknown name."""
    template = TEMPLATES[name]
    fields = keys(template.kind)
    options = {option.name: _option(option, catalogue) for option in template.options}
    filters = {key: _filter(key, field, catalogue) for key, field in fields.items()}
    first = {key: value for key, value in options.items() if "suggested" in value}
    params = {**first, **filters, **options}
    return {
        "description": texts(f"wiki-templatedata-{name}", catalogue),
        "params": params,
        "paramOrder": list(params),
        "format": "inline",
    }


def _option(option: Option, catalogue: Catalogue) -> Mapping[str, Any]:
    name = option.message or option.name
    data: dict[str, Any] = {
        "label": texts(f"{_STEM}-{name}-label", catalogue),
        "description": texts(f"{_STEM}-{name}-help", catalogue),
        "type": option.type,
        "aliases": list(option.aliases),
        "suggested": option.suggested,
        "suggestedvalues": list(option.choices),
        "example": option.example,
        "default": option.default,
    }
    return {key: value for key, value in data.items() if value}


def _filter(key: str, field: Field, catalogue: Catalogue) -> Mapping[str, Any]:
    data: dict[str, Any] = {
        "label": texts(field.label_key, catalogue),
        "description": texts(f"{_STEM}-or-help", catalogue),
        "type": "string",
        "suggested": key in SUGGESTED,
        "suggestedvalues": list(field.choices),
        "example": _plain(field.example),
    }
    return {name: value for name, value in data.items() if value}


def _plain(example: str) -> str:
    """An example without the brackets of links, which filters do not need."""
    return example.replace("[[User:", "").replace("[[", "").replace("]]", "")
