"""The fields that pages and lists show of a publication: the schema's `x-shown`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flask import Flask
from markupsafe import Markup, escape

from space.publication.publication import Publication
from space.schema.kinds import Field, load_kind
from space.text import languages
from space.text.languages import country_name
from tool.app.views import dates
from tool.app.views.items import texts
from tool.app.views.person_link import person_link
from tool.app.views.topics import topic_label
from tool.app.web.language import interface_language, message, message_text
from tool.app.web.links import inline

_ICONS = {
    "accessibility": "UniversalDesign",
    "online_link": "Network",
    "registration_link": "UserAdd",
}
"""Field → icon of Codex; other fields have that of their reader."""
_READER_ICONS = {
    "country": "MapPin",
    "language": "Language",
    "topic": "Tag",
    "url": "LinkExternal",
    "user": "UserGroup",
}
_ICON = "Info"
Surface = Literal["page", "list"]
_ISOLATED = Markup("<bdi>{}</bdi>")
_LINK = Markup('<a href="{0}" rel="nofollow ugc noopener" dir="ltr">{0}</a>')


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that has a value, for readers of the interface's language."""

    label_key: str
    icon: str
    html: Markup
    is_text: bool
    """Whether the value is a text of its own, of any direction, and not a name."""


def facts(publication: Publication, surface: Surface) -> list[Fact]:
    """What the tool's page or lists show, in the schema's order; empty for nothing."""
    return list(_facts(publication, surface))


def in_words(field: Field, value: str) -> str:
    """One value of a field as people read it: names instead of codes."""
    language = interface_language()
    if field.choices:
        return message_text(field.choice_key(value))
    if field.reader == "country":
        return country_name(value, language)
    if field.reader == "language":
        return languages.name(value, language)
    return value


def _facts(publication: Publication, surface: Surface) -> Iterator[Fact]:
    kind = load_kind(publication.kind)
    comma = escape(dates.comma(interface_language()))
    for name in kind.shown[f"tool-{surface}"]:
        field = kind.fields[name]
        if values := texts(publication.values, name):
            yield Fact(
                label_key=field.label_key,
                icon=_ICONS.get(name) or _READER_ICONS.get(field.reader, _ICON),
                html=comma.join(_html(field, value) for value in values),
                is_text=field.reader == "inline",
            )


def _html(field: Field, value: str) -> Markup:
    if field.choices:
        return _ISOLATED.format(message(field.choice_key(value)))
    if field.reader == "inline":
        return inline(value)
    if field.reader == "url":
        return _LINK.format(value)
    if field.reader == "user":
        return _ISOLATED.format(person_link(value))
    if field.reader == "topic":
        return _ISOLATED.format(topic_label(value))
    return _ISOLATED.format(in_words(field, value))


def init_app(app: Flask) -> None:
    """Offer `facts` to templates."""
    app.jinja_env.globals["facts"] = facts
