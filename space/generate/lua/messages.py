"""The messages that modules show in a language: `Module:Space/Messages/<language>`."""

from collections.abc import Mapping

from space.codec.values.countries import codes
from space.generate.lua import source
from space.text.languages import country_name, locale
from space.text.order import alphabetical

_ON_WIKI = ("wiki-", "field-", "choice-", "problem-")
"""Prefixes of the messages that templates and modules show."""


def messages_module(language: str, messages: Mapping[str, str]) -> str:
    """Source of the module of a language; `messages` are all of its texts by key."""
    shown = {key: text for key, text in messages.items() if key.startswith(_ON_WIKI)}
    return source.module(
        dict(sorted({**shown, **locale_messages(language)}.items())),
        says="Generated from i18n/ by python -m space.generate; change it there.",
    )


def locale_messages(language: str) -> Mapping[str, str]:
    """Message key → text that CLDR has in a language; no wiki gives it to Lua.

    `country-<code>` for every country that has a name in it; `countries`, their codes
    in the order of these names; `week-start`, the day on which its weeks begin, 1 for
    Monday.
    """
    known = locale(language)
    names = {
        code: country_name(code, language)
        for code in codes()
        if code in known.territories
    }
    order = sorted(names, key=lambda code: alphabetical(names[code], language))
    return {
        **{f"country-{code}": name for code, name in names.items()},
        "countries": " ".join(order),
        "week-start": str(known.first_week_day + 1),
    }
