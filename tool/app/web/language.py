"""The interface's language in a request, and messages in templates.

`uselang=` wins and stays in links; then counts what readers chose here, which is a
cookie with the code of a language and nothing else, what their account prefers on the
wiki, and what their browser does. `uselang=qqx` shows message keys.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar
from unicodedata import bidirectional
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from space.text import languages
from space.text.digits import number, numbering_system
from space.text.messages import KEYS_SHOWN, SOURCE, Translator, negotiate
from tool.app.services import EXTENSION, services
from tool.app.web.visitor import COOKIE as SESSION_COOKIE
from tool.app.web.visitor import visitor

T = TypeVar("T")

PARAMETER = "uselang"
COOKIE = "space-language"
MAX_AGE = 365 * 24 * 3600  # seconds
MOST_LANGUAGES = 20  # that a browser may name
LONGEST_CODE = 35  # characters of a language's code (RFC 5646 §4.4.1)
_KEPT = "space-messages"
"""Language → its messages without values, as HTML and as plain text, once told."""
_PARTED_NUMBER = re.compile(r"[0-9][-/: ][0-9]")
_STRONG = {"ltr": frozenset({"L"}), "rtl": frozenset({"R", "AL"})}
_SAME_FOR_ALL = ("static", "joined", "feeds.", "api.", "social.")
_QUERY_SAFE = "!$'()*,/:;?@"  # as `url_for` writes queries


def translator() -> Translator:
    """Messages in the language of the current request."""
    if "translator" not in g:
        use_language(request.args.get(PARAMETER), wanted_languages())
    current: Translator = g.translator
    return current


def use_language(code: str | None, wanted: Iterable[str]) -> None:
    """Use a language in this request; one of those wanted for an unknown code."""
    catalogue = services().catalogue
    language = negotiate(code, wanted, catalogue)
    g.translator = Translator(catalogue, language)
    # An address may ask for any other language: what is told in it ends with the page.
    kept = current_app.extensions[_KEPT].get(language, ({}, {}))
    g.messages, g.message_texts = kept


@lru_cache(maxsize=512)
def accepted(header: str) -> tuple[str, ...]:
    """The languages of an Accept-Language, best one first, in lower case.

    Those that it refuses are left out (RFC 9110 §12.5.4), and those behind the first
    `MOST_LANGUAGES`: each list of languages has pages of its own in the cache.
    """
    named = parse_accept_header(header, LanguageAccept)
    codes = [code.lower() for code, quality in named if quality > 0]
    known = (code for code in codes if len(code) <= LONGEST_CODE)
    return tuple(islice(known, MOST_LANGUAGES))


def accepted_languages() -> tuple[str, ...]:
    """The languages of the browser, best one first, in lower case."""
    return accepted(request.headers.get("Accept-Language", ""))


def wanted_languages() -> list[str]:
    """The languages that a reader wants, best one first: chosen, account's, browser's.

    Those of the address are not among them.
    """
    wanted = [chosen_language(), account_language(), *accepted_languages()]
    return list(dict.fromkeys(code for code in wanted if code))


def chosen_language() -> str | None:
    """The language that the reader chose in the tool, None without a choice."""
    g.asked_for_choice = True
    code = request.cookies.get(COOKIE, "")
    return code if code in services().catalogue else None


def account_language() -> str | None:
    """The language that the reader's account prefers, None without a session."""
    session = visitor().session if SESSION_COOKIE in request.cookies else None
    return session.language if session else None


def keep_language(response: Response, code: str, *, secure: bool) -> None:
    """Have the browser remember a language; one without messages is forgotten."""
    if code not in services().catalogue:
        response.delete_cookie(COOKIE, path="/")
        return
    response.set_cookie(
        COOKIE,
        code,
        max_age=MAX_AGE,
        path="/",
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def interface_language() -> str:
    """The language code for dates, names and `lang`; `en` while keys are shown."""
    language = translator().language
    return "en" if language == KEYS_SHOWN else language


def reader_languages() -> tuple[str, ...]:
    """The languages in which to show what is in several, best one first.

    The one of the address alone, else all that the reader wants, also those that the
    interface has no messages in. Answers that depend on it vary by `Accept-Language`,
    as all do that have messages.
    """
    asked = request.args.get(PARAMETER, "").lower()
    if languages.may_be_spoken(asked):
        return (asked,)
    return tuple(filter(languages.may_be_spoken, wanted_languages())) or (SOURCE,)


def message(key: str, *params: object) -> Markup:
    """A message as HTML; a span has `lang` when it is in a fallback language."""
    if params:
        return _message(key, *params)
    translator()
    kept: dict[str, Markup] = g.messages
    found = kept.get(key)
    if found is None:
        found = _message(key)
        _keep(kept, key, found)
    return found


def _keep(kept: dict[str, T], key: str, told: T) -> None:
    """Keep a message; not one that there is not, as of a value that a page made up."""
    if translator().find(key):
        kept[key] = told


def _message(key: str, *params: object) -> Markup:
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
    """A parameter, isolated if it would be in another order (UAX #9).

    Those are letters against the direction, and from right also dates in digits.
    """
    text = value.striptags() if isinstance(value, Markup) else value
    if not isinstance(text, str):
        return value
    against = _STRONG["rtl" if direction == "ltr" else "ltr"]
    is_turned = direction == "rtl" and _PARTED_NUMBER.search(text)
    if against.isdisjoint(map(bidirectional, text)) and not is_turned:
        return value
    return Markup("<bdi>{}</bdi>").format(value)


def message_text(key: str, *params: object) -> str:
    """A message as plain text, for attributes and titles."""
    if params:
        return translator().text(key, *params)
    translator()
    kept: dict[str, str] = g.message_texts
    found = kept.get(key)
    if found is None:
        found = translator().text(key)
        _keep(kept, key, found)
    return found


def in_wiki_language(key: str, *params: str, language: str | None = None) -> str:
    """A message for the wiki: in the wiki's language, or in the one of a page."""
    language = language or services().facts.language()
    return Translator(services().catalogue, language).text(key, *params)


@lru_cache(maxsize=1024)  # codes may come from outside
def attributes(code: str | None) -> Markup:
    """The attributes `lang` and `dir` of a text; only `dir="auto"` without a code."""
    if not code:
        return Markup(' dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(code, languages.direction(code))


def offered() -> list[tuple[str, str]]:
    """Code and autonym of each language that has messages, by name."""
    names = [(code, languages.name(code, code)) for code in services().catalogue]
    return sorted(names, key=lambda language: language[1].casefold())


def autonym() -> str:
    """What the language of the interface calls itself."""
    return languages.name(interface_language(), interface_language())


def is_draft() -> bool:
    """Whether the messages of this language wait for somebody who speaks it."""
    return interface_language() in services().drafts


def in_languages(address: str) -> list[tuple[str, str]]:
    """`hreflang` and URL of a page, of this URL, in each language; first in any.

    https://html.spec.whatwg.org/multipage/links.html#attr-hyperlink-hreflang
    """
    return [
        ("x-default", address),
        *(
            (languages.read_language_code(code) or code, _in_language(address, code))
            for code in services().catalogue
        ),
    ]


def own_address(address: str) -> str:
    """The same URL, with the language that the request's own asks for, if any."""
    asked = request.args.get(PARAMETER, "").lower()
    return _in_language(address, asked) if asked in services().catalogue else address


def _in_language(address: str, code: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={code}"


def url_with(endpoint: str, query: Mapping[str, Sequence[str]], **parts: Any) -> str:
    """The path of an endpoint with these parts of its rule, and a query of any keys.

    `url_for` takes some keys as arguments of its own (`_external`, `_scheme`), so it
    never gets those that visitors name. The request's `uselang` is carried on.
    """
    path = url_for(endpoint, **parts).partition("?")[0] if parts else _path(endpoint)
    if PARAMETER in request.args and not endpoint.startswith(_SAME_FOR_ALL):
        query = {**query, PARAMETER: query.get(PARAMETER, [request.args[PARAMETER]])}
    text = urlencode(query, doseq=True, safe=_QUERY_SAFE)
    return f"{path}?{text}" if text else path


def _path(endpoint: str) -> str:
    """The path of an endpoint without parts, which lists ask for at each entry."""
    if "paths" not in g:
        g.paths = {}
    known: dict[str, str] = g.paths
    if endpoint not in known:
        known[endpoint] = url_for(endpoint).partition("?")[0]
    return known[endpoint]


def init_app(app: Flask) -> None:
    """Offer messages to templates, and add `uselang` to links while it is set."""
    catalogue = app.extensions[EXTENSION].catalogue
    app.extensions[_KEPT] = {code: ({}, {}) for code in catalogue}

    @app.url_defaults
    def carry_language(endpoint: str, values: dict[str, Any]) -> None:
        if not endpoint.startswith(_SAME_FOR_ALL) and PARAMETER in request.args:
            values.setdefault(PARAMETER, request.args[PARAMETER])

    @app.after_request
    def vary(response: Response) -> Response:
        if "translator" in g:
            chosen = ["Cookie"] if "asked_for_choice" in g else []
            response.vary.update(["Accept-Language", *chosen])
            response.headers["Content-Language"] = interface_language()
        return response

    app.jinja_env.globals.update(
        msg=message,
        msg_text=message_text,
        url_with=url_with,
        lang=attributes,
        interface_language=interface_language,
        interface_direction=lambda: languages.direction(interface_language()),
        interface_digits=lambda: numbering_system(interface_language()),
        interface_languages=offered,
        interface_autonym=autonym,
        in_languages=in_languages,
        interface_is_draft=is_draft,
        own_address=own_address,
    )
    app.jinja_env.filters["number"] = lambda value: number(value, interface_language())
