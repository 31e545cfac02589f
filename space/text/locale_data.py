"""Babel's data of locales (CLDR) without what nothing here says.

Babel keeps all that it has read, some 800 kB a language, of which half are units of
measurement and currencies.
"""

from collections.abc import Iterator

from babel import Locale, localedata
from babel.core import get_global

_UNSAID = (
    "compact_currency_formats",
    "compact_decimal_formats",
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "currency_symbols",
    "unit_display_names",
)
_UNITS, _SAID = "unit_patterns", "duration-"


def lightened(locale: Locale) -> Locale:
    """A locale, of whose data only that stays in memory which may be asked for."""
    localedata.load(str(locale))  # with all it inherits from
    for name in _ancestry(str(locale)):
        data = localedata.load(name)
        for key in _UNSAID:
            data.pop(key, None)
        units = data.get(_UNITS, {})
        data[_UNITS] = {key: units[key] for key in units if key.startswith(_SAID)}
    return locale


def _ancestry(name: str) -> Iterator[str]:
    """A locale, and those that it inherits from."""
    exceptions = get_global("parent_exceptions")
    while name:
        yield name
        name = exceptions.get(name) or name.rpartition("_")[0]
