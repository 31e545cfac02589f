"""The schemas of `schemas/` as values: the one definition of every field.

A schema is JSON Schema 2020-12 with annotations:

=================  =========================================================
`x-template`       the template whose call makes a page of this kind
`x-home`           the subpage of the root under which new pages are made
`x-reader`         how a raw parameter value is read (`space.codec.readers`)
`x-section`        `basic` shows in the form, `more` sits under "More"
`x-group`          the heading inside "More"
`x-widget`         a form control other than the reader's usual one
`x-templatedata`   TemplateData type; `x-suggested` and `x-example` likewise
`x-ics`            iCalendar property (RFC 5545, RFC 7986) the field feeds
`x-index`          how the store keeps it for filters: text, choice or list
`x-place`          finest `precision` that still shows the field
`x-private`        never leaves the wiki page
`x-positional`     also read from this positional parameter
`x-aliases`        other parameter names that are understood
`x-spellings`      choice → other words for it that are understood
=================  =========================================================

The order of the properties is the order of parameters, forms and documents.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from space.text.folding import lookup

SCHEMAS = Path(__file__).resolve().parent.parent.parent / "schemas"
NAMES = ("post", "event", "verdict", "settings", "topics", "reviewers")

_JOINTS = re.compile("[ _'\u2018\u2019\u2010-\u2015-]+")

Value = str | tuple[str, ...]
"""A field's canonical value: text, or several texts for a list field.

Canonical means: dates as ISO 8601 wall time ("2026-11-28 10:00" or "2026-11-28"),
codes in their standard case, links absolute, no wiki escapes. Typed views of it
(moments, coordinates) are made where they are needed.
"""

Values = Mapping[str, Value]
"""Field name → canonical value; an absent key is an absent field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind, as the schema says it."""

    kind: str
    name: str
    reader: str
    multiple: bool
    required: bool
    choices: tuple[str, ...]
    spellings: Mapping[str, str]
    """`spelling` of each choice and of the other words for it → the choice."""
    other_words: Mapping[str, tuple[str, ...]]
    """Choice → other words for it, as the documents tell them."""
    default: Value | None
    max_length: int
    max_items: int
    pattern: str | None
    format: str | None
    section: Literal["basic", "more"]
    group: str | None
    widget: str | None
    templatedata: str
    suggested: bool
    example: str
    ics: str | None
    index: Literal["text", "choice", "list"] | None
    place: Literal["exact", "city"] | None
    private: bool
    positional: int | None
    aliases: tuple[str, ...]

    @property
    def parameter(self) -> str:
        """The wiki parameter's name: the field's, with spaces."""
        return self.name.replace("_", " ")

    @property
    def label_key(self) -> str:
        """Message key of the label."""
        return f"field-{self.kind}-{self.name.replace('_', '-')}-label"

    @property
    def help_key(self) -> str:
        """Message key of the help text."""
        return f"field-{self.kind}-{self.name.replace('_', '-')}-help"

    def choice_key(self, choice: str) -> str:
        """Message key of the label of one of `choices`."""
        return f"choice-{self.name.replace('_', '-')}-{choice}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of structured page: post, event, verdict, settings, topics, reviewers."""

    name: str
    version: str
    template: str
    home: str | None
    repeats: bool
    fields: Mapping[str, Field]
    document: Mapping[str, Any]
    """The JSON Schema itself, for validators and for documents."""

    def by_parameter(self) -> Mapping[str, Field]:
        """Wiki parameter names and their aliases → field."""
        names = {field.parameter: field for field in self.fields.values()}
        for field in self.fields.values():
            for alias in field.aliases:
                names.setdefault(alias, field)
        return names

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that every page of this kind has."""
        return tuple(field.name for field in self.fields.values() if field.required)


def spelling(text: str) -> str:
    """A choice as choices are compared: no case, spaces or hyphens, no plural.

    `Office hours` is `officehour`; empty where there is nothing.
    """
    return _JOINTS.sub("", lookup(text)).removesuffix("s")


def _spellings(
    choices: Iterable[str], others: Mapping[str, tuple[str, ...]]
) -> Mapping[str, str]:
    """Raises ValueError where one word would stand for two choices."""
    found: dict[str, str] = {}
    for choice in choices:
        for written in (choice, *others.get(choice, ())):
            if found.setdefault(spelling(written), choice) != choice:
                raise ValueError(f"{written}: {choice}, {found[spelling(written)]}")
    return MappingProxyType(found)


def _tuple(value: Any) -> Value | None:
    return tuple(value) if isinstance(value, list) else value


def _field(
    kind: str, name: str, document: Mapping[str, Any], *, required: bool
) -> Field:
    multiple = document["type"] == "array"
    item: Mapping[str, Any] = document["items"] if multiple else document
    choices = tuple(item.get("enum", ()))
    others = {
        choice: tuple(words)
        for choice, words in document.get("x-spellings", {}).items()
    }
    return Field(
        kind=kind,
        name=name,
        reader=document["x-reader"],
        multiple=multiple,
        required=required,
        choices=choices,
        spellings=_spellings(choices, others),
        other_words=MappingProxyType(others),
        default=_tuple(document.get("default")),
        max_length=item.get("maxLength", max(map(len, choices), default=255)),
        max_items=document.get("maxItems", 1),
        pattern=item.get("pattern"),
        format=item.get("format"),
        section=document.get("x-section", "basic"),
        group=document.get("x-group"),
        widget=document.get("x-widget"),
        templatedata=document.get("x-templatedata", "string"),
        suggested=document.get("x-suggested", False),
        example=document.get("x-example", ""),
        ics=document.get("x-ics"),
        index=document.get("x-index"),
        place=document.get("x-place"),
        private=document.get("x-private", False),
        positional=document.get("x-positional"),
        aliases=tuple(document.get("x-aliases", ())),
    )


@cache
def load_kind(name: str) -> Kind:
    """Read one kind from `schemas/`; raises KeyError for a name that is not one."""
    if name not in NAMES:
        raise KeyError(name)
    document = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    required = set(document.get("required", ()))
    fields = {
        field: _field(name, field, body, required=field in required)
        for field, body in document["properties"].items()
    }
    return Kind(
        name=name,
        version=document["x-version"],
        template=document["x-template"],
        home=document.get("x-home"),
        repeats=document.get("x-repeats", False),
        fields=MappingProxyType(fields),
        document=MappingProxyType(document),
    )


@cache
def fingerprint() -> str:
    """SHA-256 of all schema files: a part of the build key (law 1)."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update((SCHEMAS / f"{name}.json").read_bytes())
    return digest.hexdigest()
