"""Names of languages, wikis and countries that people write or pick in a form.

People write names in any language; pages have codes. The name that a form shows for a
code is always one that the form reads as this code again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from space.authoring.name_index import COUNTRY_NAMES, LANGUAGE_NAMES
from space.codec.values import countries
from space.codec.values.languages import codes_by_name, read_language
from space.codec.values.wikis import database_name, read_wiki_name, wiki_codes
from space.text import languages
from space.text.folding import lookup
from space.text.languages import country_name

MOST = 8  # suggestions
LONGEST = 80  # characters of a text that is searched for
_ALIKE = 0.75  # of `difflib`, where 1 is equal
_WITHOUT_LANGUAGE = {
    "commonswiki": "Wikimedia Commons",
    "incubatorwiki": "Wikimedia Incubator",
    "mediawikiwiki": "MediaWiki",
    "metawiki": "Meta-Wiki",
    "sourceswiki": "Wikisource",
    "specieswiki": "Wikispecies",
    "wikidatawiki": "Wikidata",
    "wikifunctionswiki": "Wikifunctions",
}
"""Database name → name of a wiki that is of no language."""


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """A name to pick, in the reader's language, and the code that it stands for."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Naming:
    """How the codes of a field are named: of languages, of wikis, or of countries.

    `read` gives the code of a name in any language, None for none; `codes` those that
    a text may stand for, the likeliest first; `name_of` a name of a code; `respelled` a
    text with the name that it nearly has, None where it has none. The last argument is
    the language of the reader.
    """

    read: Callable[[str], str | None]
    codes: Callable[[str, str], Iterator[str]]
    name_of: Callable[[str, str], str]
    respelled: Callable[[str, str], str | None]

    def shown(self, code: str, reader: str) -> str:
        """The name of a code, or the code where its name would not be read as it."""
        name = self.name_of(code, reader)
        return name if self.read(name) == code else code

    def suggestions(self, text: str, reader: str) -> tuple[SuggestedName, ...]:
        """What a text that somebody types may become, the likeliest first."""
        if not text.strip() or len(text) > LONGEST:
            return ()
        found: dict[str, SuggestedName] = {}
        for code in self.codes(text, reader):
            name = self.shown(code, reader)
            if name != code or lookup(text) == code.lower():
                found.setdefault(code, SuggestedName(name, code))
            if len(found) == MOST:
                break
        return tuple(found.values())

    def meant(self, text: str, reader: str) -> str | None:
        """The name that somebody may have meant by a text that is none."""
        suggestions = self.suggestions(text, reader)
        if not suggestions and len(text) <= LONGEST:
            suggestions = self.suggestions(self.respelled(text, reader) or "", reader)
        return suggestions[0].name if suggestions else None


def read_any_language(text: str) -> str | None:
    """The code of a language by its code, or by its name in any language."""
    return read_language(text) or LANGUAGE_NAMES.code_of(text)


def read_any_country(text: str) -> str | None:
    """The code of a country by its code, or by its name in any language."""
    return countries.code_of(text) or COUNTRY_NAMES.code_of(text)


def read_any_wiki(text: str) -> str | None:
    """The database name of a wiki by its name, with its language in any language."""
    known = read_wiki_name(text)
    if known:
        return known
    language, families = _parted(text)
    code = read_any_language(language) if language else None
    return database_name(code, families[0]) if code and len(families) == 1 else None


def _wikis(text: str, reader: str) -> Iterator[str]:
    """Database names: of the wikis without a language first, then by language."""
    typed = lookup(text)
    for database, name in _WITHOUT_LANGUAGE.items():
        if lookup(name).startswith(typed) or f" {typed}" in lookup(name):
            yield database
    language, families = _parted(text)
    for code in _languages(language, reader) if language else ():
        for family in families or ("wikipedia",):
            database = database_name(code, family)
            if database in _databases():
                yield database


def _language_name(code: str, reader: str) -> str:
    return _names(reader).get(code) or languages.name(code, reader)


def _respelled(text: str, reader: str) -> str | None:
    return _closest(text, _names(reader).values())


def _respelled_wiki(text: str, reader: str) -> str | None:
    language, families = _parted(text)
    name = _respelled(language, reader)
    return f"{name} {families[0]}" if name and families else name


def _respelled_country(text: str, reader: str) -> str | None:
    return _closest(text, _country_names(reader).values())


def _closest(text: str, names: Iterable[str]) -> str | None:
    """The name that is nearly written like a text."""
    folded = {lookup(name): name for name in names}
    close = get_close_matches(lookup(text), folded, n=1, cutoff=_ALIKE)
    return folded[close[0]] if close else None


def _wiki_name(database: str, reader: str) -> str:
    """A wiki's name: its language in the reader's, and its family."""
    if name := _WITHOUT_LANGUAGE.get(database):
        return name
    if database not in _databases():
        return database
    code, family = _databases()[database]
    return f"{_language_name(code, reader)} {family.capitalize()}"


def _languages(text: str, reader: str) -> Iterator[str]:
    """Codes: of the code or name itself, then by names that begin so.

    Names in the reader's language come before own and English ones, names with such a
    word in them after these, and names in any language last.
    """
    typed = lookup(text)
    exact = read_any_language(text)
    if exact and exact in _names(reader):
        yield exact
    named = _folded_names(reader)
    yield from (code for name, code in named if name.startswith(typed))
    own = codes_by_name().items()
    yield from (code for name, code in own if name.startswith(typed))
    yield from (code for name, code in named if f" {typed}" in name)
    yield from LANGUAGE_NAMES.codes_of_beginning(text)


def _countries(text: str, reader: str) -> Iterator[str]:
    """Codes: of the code or name itself, then by names that begin so.

    Names in the reader's language come first, then such with a word that begins so;
    those in any language are for who types no name in the reader's.
    """
    typed = lookup(text)
    exact = read_any_country(text)
    if exact:
        yield exact
    named = [(lookup(name), code) for code, name in _country_names(reader).items()]
    begun = [code for name, code in named if name.startswith(typed)]
    yield from begun
    yield from (code for name, code in named if f" {typed}" in name)
    if not begun:
        yield from COUNTRY_NAMES.codes_of_beginning(text)


def _country_name(code: str, reader: str) -> str:
    return _country_names(reader).get(code, code)


@lru_cache(maxsize=16)
def _country_names(reader: str) -> Mapping[str, str]:
    """Code → name, in a language, of all countries."""
    names = {code: country_name(code, reader) for code in countries.codes()}
    return dict(sorted(names.items(), key=lambda named: lookup(named[1])))


@lru_cache(maxsize=16)
def _names(reader: str) -> Mapping[str, str]:
    """Code → name, in a language, of all languages that have one in it."""
    named = languages.names_in(reader).items()
    codes = ((languages.read_language_code(code), name) for code, name in named)
    return {"en-simple": "Simple English"} | {
        code: name for code, name in codes if code
    }


@lru_cache(maxsize=16)
def _folded_names(reader: str) -> tuple[tuple[str, str], ...]:
    """Folded names and codes, those of languages with a Wikipedia first, by name."""
    named = ((lookup(name), code) for code, name in _names(reader).items())
    return tuple(sorted(named, key=lambda pair: (pair[1] not in _spoken(), pair)))


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    """The language in the name of a wiki, and the families that its end may mean."""
    *words, last = lookup(text).split() or [""]
    families = tuple(family for family in wiki_codes() if family.startswith(last))
    if words and families and len(last) > 1:
        return " ".join(words), families
    return " ".join([*words, last]), ()


@cache
def _databases() -> Mapping[str, tuple[str, str]]:
    """Database name → language and family of the wikis that exist."""
    return {
        database_name(code, family): (code, family)
        for family, codes in wiki_codes().items()
        for code in (languages.read_language_code(code) or code for code in codes)
    }


@cache
def _spoken() -> frozenset[str]:
    """Languages that have a Wikipedia."""
    codes = wiki_codes()["wikipedia"]
    return frozenset(languages.read_language_code(code) or code for code in codes)


LANGUAGES = Naming(read_any_language, _languages, _language_name, _respelled)
WIKIS = Naming(read_any_wiki, _wikis, _wiki_name, _respelled_wiki)
COUNTRIES = Naming(read_any_country, _countries, _country_name, _respelled_country)
NAMINGS: Mapping[str, Naming] = {
    "country": COUNTRIES,
    "language": LANGUAGES,
    "wiki": WIKIS,
}
"""Reader of a field → how its codes are named."""
