"""The schemas of `schemas/` as values: the one definition of every field.

A schema is JSON Schema 2020-12 with annotations:

=================  =========================================================
`x-template`       the template whose call makes a page of this kind
`x-home`           the subpage of the root under which new pages are made, whose
                   names are their titles
`x-shown`          surface → names of the fields shown there, in this order:
                   `wiki-page` (the card on the page), `wiki-list` (lists of
                   templates), `tool-page` and `tool-list`
`x-reasons`        of verdicts: what reviewers often say (`review.verdicts.reasons`)
`x-reader`         how a raw parameter value is read (`space.codec.readers`)
`x-form`           the parts of the form, in order: see `FormPart`
`x-widget`         a form control other than the reader's usual one
`x-templatedata`   TemplateData type; `x-suggested` and `x-example` likewise
`x-ics`            the VEVENT property (RFC 5545 §3.8, RFC 7986 §5) that the
                   feed writes the field into, or a list of several
`x-index`          what filters do with it: `choice` and `list` make it a key,
                   `text` makes `q` look at it
`x-default`        the default as it follows from other fields: see `DerivedDefault`
`x-inherited`      a page that stands for one date of a series has it from there
`x-since`          the `x-version` that brought the field, after the first one
`x-place`          finest `precision` that still shows the field
`x-private`        never leaves the wiki page
`x-positional`     also read from this positional parameter
`x-aliases`        other parameter names that are understood
`x-spellings`      choice → other words for it that are understood
=================  =========================================================

The order of the properties is the order of parameters and documents.
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
SURFACES = ("wiki-page", "wiki-list", "tool-page", "tool-list")
NAMES = (
    *("post", "event", "translation"),
    *("verdict", "settings", "topics", "reviewers", "followers"),
    *("registrations", "calendars"),
)

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
class DerivedDefault:
    """A default of pages on which other fields have certain values.

    `when` is field → canonical value, "" for an absent one; empty for all pages.
    """

    when: Mapping[str, str]
    value: str

    def fits(self, values: Values) -> bool:
        """Whether all fields are as this default wants them."""
        return all(
            (values.get(name) or "") == wanted for name, wanted in self.when.items()
        )


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind: one property of its schema with the annotations."""

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
    derived_defaults: tuple[DerivedDefault, ...]
    """Of a field without `default`: the first that fits counts."""
    max_length: int
    max_items: int
    pattern: str | None
    format: str | None
    plain: bool
    """Whether the label says it all, so that the form shows no help text."""
    widget: str | None
    templatedata: str
    suggested: bool
    example: str
    ics: tuple[str, ...]
    """Names of iCalendar properties; empty for a field that no calendar has."""
    index: Literal["text", "choice", "list"] | None
    inherited: bool
    place: Literal["exact", "city"] | None
    private: bool
    positional: int | None
    aliases: tuple[str, ...]
    since: tuple[int, ...]
    """The schema's version that brought it, `(1, 1, 0)`; empty for the first one."""

    def value_in(self, values: Values) -> Value | None:
        """Its value among those of a page, or else the default."""
        if self.name in values:
            return values[self.name]
        fitting = (each.value for each in self.derived_defaults if each.fits(values))
        return next(fitting, self.default)

    @property
    def is_filter(self) -> bool:
        """Whether lists can be filtered by its values."""
        return self.index in {"choice", "list"}

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


BODY = "body"
"""What stands for the page's text among the fields of a form."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form: names of fields in order, among them perhaps `BODY`.

    A part with `more` is under "More options", with a heading.
    """

    name: str
    fields: tuple[str, ...]
    more: bool

    @property
    def heading_key(self) -> str:
        """Message key of the heading."""
        return f"field-group-{self.name}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of structured page: one of `NAMES`.

    `home` is None for a kind whose pages have no place of their own under the root.
    """

    name: str
    version: str
    template: str
    home: str | None
    repeats: bool
    fields: Mapping[str, Field]
    form: tuple[FormPart, ...]
    """The parts of the form, empty for a kind without one."""
    shown: Mapping[str, tuple[str, ...]]
    """Surface of `x-shown` → names of fields; every surface of `SURFACES` is there."""
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
    """The form in which choices are compared: without case, joints and plural.

    `Office hours` is `officehour`; empty for a text without letters.
    """
    return _JOINTS.sub("", lookup(text)).removesuffix("s")


def _spellings(
    choices: Iterable[str], others: Mapping[str, tuple[str, ...]]
) -> Mapping[str, str]:
    """`spelling` of each choice and other word → choice.

    Raises ValueError where two choices share one.
    """
    by_spelling: dict[str, str] = {}
    for choice in choices:
        for written in (choice, *others.get(choice, ())):
            if by_spelling.setdefault(spelling(written), choice) != choice:
                raise ValueError(
                    f"{written}: {choice}, {by_spelling[spelling(written)]}"
                )
    return MappingProxyType(by_spelling)


def _tuple(value: Any) -> Value | None:
    return tuple(value) if isinstance(value, list) else value


def _field(
    kind: str, name: str, document: Mapping[str, Any], *, required: bool, plain: bool
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
        derived_defaults=tuple(
            DerivedDefault(MappingProxyType(each.get("when", {})), each["is"])
            for each in document.get("x-default", ())
        ),
        max_length=item.get("maxLength", max(map(len, choices), default=255)),
        max_items=document.get("maxItems", 1),
        pattern=item.get("pattern"),
        format=item.get("format"),
        plain=plain,
        widget=document.get("x-widget"),
        templatedata=document.get("x-templatedata", "string"),
        suggested=document.get("x-suggested", False),
        example=document.get("x-example", ""),
        ics=_names(document.get("x-ics", [])),
        index=document.get("x-index"),
        inherited=document.get("x-inherited", False),
        place=document.get("x-place"),
        private=document.get("x-private", False),
        positional=document.get("x-positional"),
        aliases=tuple(document.get("x-aliases", ())),
        since=tuple(
            int(part) for part in document.get("x-since", "").split(".") if part
        ),
    )


def _names(written: str | list[str]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _shown(
    document: Mapping[str, Any], fields: Mapping[str, Field]
) -> Mapping[str, tuple[str, ...]]:
    """`x-shown` with every surface, empty where the schema names none.

    Raises ValueError for an unknown field, and for a private one off its own page.
    """
    given = document.get("x-shown", {})
    shown = {surface: tuple(given.get(surface, ())) for surface in SURFACES}
    for surface, names in shown.items():
        for name in names:
            if name not in fields or (fields[name].private and surface != "wiki-page"):
                raise ValueError(f"x-shown: {surface}: {name}")
    return MappingProxyType(shown)


def _form(
    document: Mapping[str, Any], fields: Mapping[str, Field]
) -> tuple[FormPart, ...]:
    """The parts of `x-form`.

    Raises ValueError unless they have each field, and the text, once.
    """
    parts = tuple(
        FormPart(part["name"], tuple(part["fields"]), part.get("more", False))
        for part in document.get("x-form", ())
    )
    names = sorted(name for part in parts for name in part.fields)
    if parts and names != sorted((*fields, BODY)):
        raise ValueError(f"x-form: {names}")
    return parts


@cache
def load_kind(name: str) -> Kind:
    """Read one kind from `schemas/`; raises KeyError for a name that is not one."""
    if name not in NAMES:
        raise KeyError(name)
    document = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    required = set(document.get("required", ()))
    parts = document.get("x-form", ())
    plain = {field for part in parts for field in part.get("plain", ())}
    fields = {
        field: _field(
            name, field, body, required=field in required, plain=field in plain
        )
        for field, body in document["properties"].items()
    }
    return Kind(
        name=name,
        version=document["x-version"],
        template=document["x-template"],
        home=document.get("x-home"),
        repeats=document.get("x-repeats", False),
        fields=MappingProxyType(fields),
        form=_form(document, fields),
        shown=_shown(document, fields),
        document=MappingProxyType(document),
    )


@cache
def fingerprint() -> str:
    """SHA-256 of all schema files: a part of the build key (law 1)."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update((SCHEMAS / f"{name}.json").read_bytes())
    return digest.hexdigest()
