"""The interface's language in a request, and messages in templates.

`uselang=` wins over the browser's preference and stays in links (a cookie would
make every page private). `uselang=qqx` shows message keys.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import bidirectional
from urllib.parse import urlencode

from flask import Flask, Response, g, request, url_for
from markupsafe import Markup, escape

from space.text import languages
from space.text.messages import KEYS_SHOWN, SOURCE, Translator, negotiate
from tool.app.services import services

PARAMETER = "uselang"
_STRONG = {"ltr": frozenset({"L"}), "rtl": frozenset({"R", "AL"})}
_SAME_FOR_ALL = ("static", "joined", "feeds.", "api.", "social.")
_QUERY_SAFE = "!$'()*,/:;?@"  # as `url_for` writes queries


def translator() -> Translator:
    """Messages in the language of the current request."""
    if "translator" not in g:
        use_language(request.args.get(PARAMETER))
    current: Translator = g.translator
    return current


def use_language(code: str | None) -> None:
    """Use a language in this request; that of Accept-Language for an unknown code."""
    catalogue = services().catalogue
    language = negotiate(code, request.accept_languages.values(), catalogue)
    g.translator = Translator(catalogue, language)


def interface_language() -> str:
    """The language code for dates, names and `lang`; `en` while keys are shown."""
    language = translator().language
    return "en" if language == KEYS_SHOWN else language


def reader_languages() -> tuple[str, ...]:
    """The languages in which to show what is in several, best one first.

    The one chosen for the interface alone, else all that the browser names, also those
    that the interface has no messages in. Answers that depend on it vary by
    `Accept-Language`, as all do that have messages.
    """
    chosen_code = request.args.get(PARAMETER, "").lower()
    if languages.is_code(chosen_code):
        return (chosen_code,)
    codes = (code.lower() for code in request.accept_languages.values())
    return tuple(code for code in codes if languages.is_code(code)) or (SOURCE,)


def message(key: str, *params: object) -> Markup:
    """A message as HTML; a span has `lang` when it is in a fallback language."""
    direction = _direction_of(key)
    isolated = (_isolated(param, direction) for param in params)
    told = translator().message(key, *isolated, escape=escape)
    text = Markup(told.text)  # noqa: S704 - every part went through escape()
    if told.language == interface_language():
        return text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(
        told.language, told.direction, text
    )


def _direction_of(key: str) -> str:
    """The direction, `ltr` or `rtl`, of a message's text."""
    text = translator().find(key)
    return languages.direction(text[1] if text else SOURCE)


def _isolated(value: object, direction: str) -> object:
    """A parameter, isolated if it has letters against the direction (UAX #9)."""
    text = value.striptags() if isinstance(value, Markup) else value
    if not isinstance(text, str):
        return value
    against = _STRONG["rtl" if direction == "ltr" else "ltr"]
    if against.isdisjoint(map(bidirectional, text)):
        return value
    return Markup("<bdi>{}</bdi>").format(value)


def message_text(key: str, *params: object) -> str:
    """A message as plain text, for attributes and titles."""
    return translator().text(key, *params)


def in_wiki_language(key: str, *params: str, language: str | None = None) -> str:
    """A message for the wiki: in the wiki's language, or in the one of a page."""
    language = language or services().facts.language()
    return Translator(services().catalogue, language).text(key, *params)


def attributes(code: str | None) -> Markup:
    """The attributes `lang` and `dir` of a text; only `dir="auto"` without a code."""
    if not code:
        return Markup(' dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(code, languages.direction(code))


def chosen() -> list[tuple[str, str]]:
    """Code and autonym of each language that has messages."""
    return [(code, languages.name(code, code)) for code in services().catalogue]


def address_in(code: str) -> str:
    """The URL of the current page in another language."""
    if request.endpoint is None:
        return url_with("read.front", {PARAMETER: [code]})
    query = {**request.args.to_dict(flat=False), PARAMETER: [code]}
    return url_with(request.endpoint, query, **(request.view_args or {}))


def url_with(endpoint: str, query: Mapping[str, Sequence[str]], **parts: Any) -> str:
    """The path of an endpoint with these parts of its rule, and a query of any keys.

    `url_for` takes some keys as arguments of its own (`_external`, `_scheme`), so it
    never gets those that visitors name. The request's `uselang` is carried on.
    """
    path = url_for(endpoint, **parts).partition("?")[0]
    if PARAMETER in request.args and not endpoint.startswith(_SAME_FOR_ALL):
        query = {**query, PARAMETER: query.get(PARAMETER, [request.args[PARAMETER]])}
    text = urlencode(query, doseq=True, safe=_QUERY_SAFE)
    return f"{path}?{text}" if text else path


def init_app(app: Flask) -> None:
    """Offer messages to templates, and add `uselang` to links while it is set."""

    @app.url_defaults
    def carry_language(endpoint: str, values: dict[str, Any]) -> None:
        if not endpoint.startswith(_SAME_FOR_ALL) and PARAMETER in request.args:
            values.setdefault(PARAMETER, request.args[PARAMETER])

    @app.after_request
    def vary(response: Response) -> Response:
        if "translator" in g:
            response.vary.add("Accept-Language")
            response.headers["Content-Language"] = interface_language()
        return response

    app.jinja_env.globals.update(
        msg=message,
        msg_text=message_text,
        lang=attributes,
        interface_language=interface_language,
        interface_direction=lambda: languages.direction(interface_language()),
        interface_languages=chosen,
        address_in=address_in,
    )
