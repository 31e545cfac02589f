from datetime import timedelta

from babel import Locale, localedata
from babel.dates import format_timedelta
from babel.numbers import format_decimal

from space.text.locale_data import lightened


def test_data_when_lightened_then_lengths_and_numbers_are_said_as_before() -> None:
    ago = timedelta(days=-9)
    said = lightened(Locale.parse("es_MX"))
    assert format_timedelta(ago, locale=said, add_direction=True) == "hace 1 semana"
    assert format_decimal(1234.5, locale=said) == "1,234.5"


def test_data_when_lightened_then_nothing_inherited_keeps_the_rest() -> None:
    lightened(Locale.parse("es_MX"))
    for name in ("es_MX", "es_419", "es"):
        data = localedata.load(name)
        assert "currency_names" not in data
        assert not [unit for unit in data["unit_patterns"] if "duration" not in unit]
