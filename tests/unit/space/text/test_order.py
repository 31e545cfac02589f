"""The order of names in each language of the interface, as CLDR has it."""

import json

from space.codec.values.countries import codes
from space.text.languages import country_name, locale
from space.text.messages import read_catalogue
from space.text.order import alphabetical
from tests.support.node.run import run_node


def listed(language: str) -> list[str]:
    """Names of countries and languages in a language, as a list has them."""
    names = {country_name(code, language) for code in codes()}
    names |= {str(name) for name in locale(language).languages.values()}
    return sorted(names, key=lambda name: alphabetical(name, language))


def test_names_when_listed_in_each_language_are_in_the_order_of_cldr() -> None:
    lists = {language: listed(language) for language in read_catalogue()}
    assert run_node("disordered.mjs", json.dumps(lists)) == []
