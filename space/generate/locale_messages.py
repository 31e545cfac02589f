"""What CLDR knows of a language, as messages for Lua, to which no wiki gives it."""

from collections.abc import Mapping

from space.codec.values.countries import codes
from space.text.languages import locale


def locale_messages(language: str) -> Mapping[str, str]:
    """Message key → text in a language.

    `country-<code>` for every country that has a name in it; `week-start`, the day on
    which its weeks begin, 1 for Monday.
    """
    known = locale(language)
    names = {
        f"country-{code}": known.territories[code]
        for code in codes()
        if code in known.territories
    }
    return {**names, "week-start": str(known.first_week_day + 1)}
