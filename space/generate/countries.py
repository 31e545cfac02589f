"""Names of countries as messages, for Lua, to which no wiki gives them."""

from collections.abc import Mapping

from space.countries import codes
from space.languages import locale


def country_messages(language: str) -> Mapping[str, str]:
    """Message key → name (CLDR's), for every country that has one in a language."""
    names = locale(language).territories
    return {f"country-{code}": names[code] for code in codes() if code in names}
