"""The lines of `space/authoring/*_names.tsv`: a code, and its folded names."""

from collections.abc import Iterable, Iterator

from babel.localedata import load, locale_identifiers

from space.codec.values import countries
from space.codec.values.wikis import wiki_codes
from space.text.folding import lookup
from space.text.languages import country_name, read_language_code

Name = tuple[str, str]
"""A name in some language, and the code that it stands for."""


def language_index() -> str:
    """The file of languages: those of Wikipedias, with all of their names in CLDR."""
    return _index(_languages())


def country_index() -> str:
    """The file of countries: with all of their names in CLDR, the short ones too."""
    return _index(_countries())


def _languages() -> Iterator[Name]:
    wikis = wiki_codes()["wikipedia"]
    spoken = {(read_language_code(code) or code).partition("-")[0] for code in wikis}
    for locale in _locales():
        for code, name in load(locale)["languages"].items():
            standard = read_language_code(code) or ""
            if standard.partition("-")[0] in spoken:
                yield str(name), standard


def _countries() -> Iterator[Name]:
    listed = countries.codes()
    for locale in _locales():
        names = load(locale)["territories"]
        for code in listed:
            if code in names:
                yield str(names[code]), code
                yield country_name(code, locale), code


def _locales() -> Iterator[str]:
    """CLDR's languages, without a country's varieties of one."""
    return (
        locale for locale in locale_identifiers() if len(locale.partition("_")[2]) != 2
    )


def _index(named: Iterable[Name]) -> str:
    """A line for each code, which ends in a tab; a name of two codes is left out."""
    owners: dict[str, set[str]] = {}
    for name, code in named:
        owners.setdefault(lookup(name), set()).add(code)
    names: dict[str, list[str]] = {}
    for name, codes in sorted(owners.items()):
        first, *others = codes
        if name and not others:
            names.setdefault(first, []).append(name)
    lines = ("\t".join((code, *found, "\n")) for code, found in sorted(names.items()))
    return "".join(lines)
