"""Days in the words of a language (CLDR by Babel)."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_interval, format_skeleton

from space.text.digits import in_digits
from space.text.languages import locale
from space.text.locale_data import lightened

WORLD_ENGLISH = "en_150"


@lru_cache(maxsize=256)  # codes may come from outside
def dates_locale(language: str) -> Locale:
    """Locale data for days and times.

    English alone is read by Wikimedians of all countries: the day before the month and
    24 hours, as the wiki has it (`wiki-format-date`, `wiki-format-time`). `en-us` is
    American.
    """
    babel = locale(language)
    if str(babel) == "en":
        return lightened(Locale.parse(WORLD_ENGLISH))
    return babel


def by_skeleton(skeleton: str, value: date, language: str) -> str:
    """A day by one of CLDR's skeletons, such as "MMMd"."""
    text = format_skeleton(skeleton, value, locale=dates_locale(language))
    return in_digits(text, language)


def interval(skeleton: str, first: date, last: date, language: str) -> str:
    """Two different days by a skeleton, without saying twice what both have."""
    text = format_interval(first, last, skeleton, locale=dates_locale(language))
    return in_digits(text, language)
