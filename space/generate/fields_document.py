"""`docs/fields.md`: the reference of all fields, for people."""

from collections.abc import Iterator, Mapping

from space.generate.templatedata import default
from space.publication.filters import keys
from space.schema.kinds import NAMES, Field, Kind, load_kind

WRITTEN = {
    "choice": "one of the choices",
    "contact": "user name, e-mail address or telephone number",
    "coordinates": "latitude, longitude in degrees",
    "country": "code of two letters (ISO 3166-1)",
    "date": "date: `2026-11-28`",
    "file": "file name on Wikimedia Commons",
    "identifier": "name in lower case",
    "inline": "text, may hold wikilinks",
    "item": "Wikidata item: `Q42`",
    "language": "language: its name or its code (BCP 47)",
    "moment": "date, or date and time: `2026-11-28 10:00`",
    "namespace": "namespace name, or `(main)`",
    "number": "whole number",
    "page": "page title",
    "recurrence": "iCalendar rule (RFC 5545)",
    "revision": "revision number",
    "text": "plain text",
    "topic": "topic in any script",
    "url": "link with `https://` or `http://`",
    "user": "user, or any name",
    "wiki": "wiki: `enwiki`, `en.wikipedia` or `English Wikipedia`",
    "zone": "IANA zone name, or `UTC+05:30`",
}
"""Reader → the form in which people write its values."""

_INTRODUCTION = """\
<!-- Generated from schemas/ and i18n/ by python -m space.generate; change it there. -->
# Fields

Parameters are lower case with spaces; an empty one is as good as absent. Lists are
written with `;` between their items. Reading is more generous than writing: dates in
words and in any script's digits, lists with commas or bullets where that is clear,
choices in any case, with spaces, hyphens or neither, and in the plural.
A page without a `title` goes by the last part of its own name.
"""


def fields_document(messages: Mapping[str, str]) -> str:
    """The document as Markdown; `messages` are the English ones by key."""
    kinds = (_kind(load_kind(name), messages) for name in NAMES)
    return "\n".join([_INTRODUCTION, *kinds])


def _kind(described: Kind, messages: Mapping[str, str]) -> str:
    heading = f"## `{{{{{described.template}}}}}`\n"
    about = f"{messages[f'wiki-templatedata-{described.name}']}"
    version = f"Schema `schemas/{described.name}.json`, version {described.version}.\n"
    fields = (_field(field, messages) for field in described.fields.values())
    return "\n".join([heading, f"{about} {version}", *fields])


def _field(field: Field, messages: Mapping[str, str]) -> str:
    title = f"### `{field.parameter}`: {messages[field.label_key]}\n"
    notes = "".join(f"- {note}\n" for note in _notes(field, messages))
    return f"{title}\n{messages[field.help_key]}\n\n{notes}"


def _notes(field: Field, messages: Mapping[str, str]) -> Iterator[str]:
    if field.required:
        yield "required"
    yield ("list; each item: " if field.multiple else "") + WRITTEN[field.reader]
    for choice in field.choices:
        also = ", ".join(f"`{each}`" for each in field.other_words.get(choice, ()))
        label = messages[field.choice_key(choice)]
        yield f"`{choice}`: {label}" + (f" (also {also})" if also else "")
    if field.default:
        yield f"default: `{default(field)}`"
    for each in field.derived_defaults:
        yield f"default{_condition(each.when)}: `{each.value}`"
    if field.multiple or not field.choices:
        yield _limits(field)
    yield f"example: `{field.example}`"
    yield from _consequences(field)


def _condition(when: Mapping[str, str]) -> str:
    """When a default counts, in words; empty where no earlier one does."""
    words = (
        f"`{name}` is `{wanted}`" if wanted else f"there is no `{name}`"
        for name, wanted in when.items()
    )
    return " where " + " and ".join(words) if when else " elsewhere"


def _consequences(field: Field) -> Iterator[str]:
    for key, looked_at in keys(field.kind).items():
        if looked_at is field:
            yield f"filter: `{key}`"
    if field.ics:
        yield "iCalendar: " + ", ".join(f"`{name}`" for name in field.ics)
    if field.place:
        yield f"shown where `precision` is {_precisions(field)}"
    if field.private:
        yield "never leaves the page: in no feed, list, API or data page"
    if field.positional:
        yield f"also read from parameter `{field.positional}`"
    if field.aliases:
        yield "also read from " + ", ".join(f"`{alias}`" for alias in field.aliases)


def _limits(field: Field) -> str:
    characters = f"at most {field.max_length} characters"
    return (
        f"at most {field.max_items} items, {characters} each"
        if field.multiple
        else characters
    )


def _precisions(field: Field) -> str:
    return "`exact`" if field.place == "exact" else "`exact` or `city`"
