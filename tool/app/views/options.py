"""What selects and suggestions offer, in the reader's language."""

from functools import lru_cache

from flask import Flask, g, request
from markupsafe import Markup

from space.codec.values.city_zones import CURRENT_NAMES
from space.codec.values.countries import codes
from space.schema.kinds import Field, load_kind
from space.text import languages
from space.text.languages import country_name
from space.text.order import alphabetical
from space.wiki.urls import Urls
from tool.app.services import services, topics
from tool.app.views.zone_options import zone_options
from tool.app.web.language import PARAMETER, interface_language, message_text

Options = list[tuple[str, str]]
"""Value → what people read."""
_LANGUAGE_FIELDS = ("language", "languages")  # of posts, of events


@lru_cache(maxsize=64)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = [(code, country_name(code, language)) for code in codes()]
    return tuple(sorted(names, key=lambda pair: alphabetical(pair[1], language)))


@lru_cache(maxsize=64)
def _languages(language: str) -> tuple[tuple[str, str], ...]:
    names = languages.names_in(language).items()
    return tuple(sorted(names, key=lambda pair: alphabetical(pair[1], language)))


def countries() -> Options:
    """Countries by name."""
    return list(_countries(interface_language()))


def language_options() -> Options:
    """Languages by name."""
    return list(_languages(interface_language()))


def languages_in_use(*asked: str) -> Options:
    """The languages that some post or event is in, and those asked for, by name."""
    by_code = {languages.normal(code): code for code in asked if code}
    for code in sorted(services().store.terms.of_fields(*_LANGUAGE_FIELDS)):
        spelt = languages.read_language_code(code) or code
        by_code.setdefault(languages.normal(code), spelt)
    language = interface_language()
    names = ((code, languages.name(code, language)) for code in by_code.values())
    return sorted(names, key=lambda option: alphabetical(option[1], language))


def choices(kind_name: str, name: str) -> Options:
    """The choices of a field, in the schema's order."""
    field = load_kind(kind_name).fields[name]
    return [
        (choice, message_text(field.choice_key(choice))) for choice in field.choices
    ]


def options_of(field: Field) -> Options:
    """What the select of a field offers."""
    return choices(field.kind, field.name)


def suggestions_of(field: Field) -> str | None:
    """The name of the suggestions that a text field can take from.

    In a list the script of the form offers them for each item
    (`js/form/suggestions.js`).
    """
    name = f"{field.kind}-{field.name}"
    if name in _SUGGESTIONS:
        return name
    return field.reader if field.reader in _SUGGESTIONS and not field.multiple else None


def suggestions(fields: list[Field]) -> dict[str, Options]:
    """The lists that `suggestions_of` names, for the fields of a form."""
    wanted = {name for field in fields if (name := suggestions_of(field))}
    return {name: _SUGGESTIONS[name]() for name in sorted(wanted)}


def _zone_options() -> Options:
    return list(zone_options(interface_language()))


def _country_options() -> Options:
    return [(name, "") for _, name in countries()]


def _topic_options() -> Options:
    return list(topics().labels.items())


def _series_options() -> Options:
    return [(name, "") for name in services().store.posts.series()]


_SUGGESTIONS = {
    "country": _country_options,
    "event-topics": _topic_options,
    "post-topics": _topic_options,
    "post-series": _series_options,
    "zone": _zone_options,
}


def language_field() -> Markup:
    """Keeps the interface's language in a form that sends by GET."""
    if PARAMETER not in request.args:
        return Markup()
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        PARAMETER, request.args[PARAMETER]
    )


def commons_image(name: str, width: int) -> str:
    """The address of a scaled picture."""
    if "addresses" not in g:
        g.addresses = services().facts.addresses()
    return _scaled(g.addresses, name, width)


@lru_cache(maxsize=4096)
def _scaled(addresses: Urls, name: str, width: int) -> str:
    return addresses.file(name, width)


def init_app(app: Flask) -> None:
    """Offer these to templates."""
    app.jinja_env.globals.update(
        choices=choices,
        commons_image=commons_image,
        countries=countries,
        language_field=language_field,
        language_options=language_options,
        options_of=options_of,
        renamed_zones=CURRENT_NAMES,
        suggestions_of=suggestions_of,
    )
