"""Wikis by database name (`bnwiki`), host (`bn.wikipedia`) or name (Igbo Wikipedia).

https://meta.wikimedia.org/wiki/Special:SiteMatrix
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from space.codec.values.languages import read_language
from space.text.folding import lookup
from space.text.languages import WIKI_CODES

LIST_FILE = Path(__file__).with_name("wikis.json")
"""The wikis that are open, as pywikibot's families have them."""
FAMILIES = {
    "wikipedia": "wiki",
    "wiktionary": "wiktionary",
    "wikibooks": "wikibooks",
    "wikinews": "wikinews",
    "wikiquote": "wikiquote",
    "wikisource": "wikisource",
    "wikiversity": "wikiversity",
    "wikivoyage": "wikivoyage",
    "wikimedia": "wikimedia",
}
NAMES = {
    "be-tarask.wikipedia": "be_x_oldwiki",
    "commons": "commonswiki",
    "commons.wikimedia": "commonswiki",
    "incubator": "incubatorwiki",
    "incubator.wikimedia": "incubatorwiki",
    "mediawiki": "mediawikiwiki",
    "meta": "metawiki",
    "meta-wiki": "metawiki",
    "meta.wikimedia": "metawiki",
    "outreach.wikimedia": "outreachwiki",
    "species.wikimedia": "specieswiki",
    "wikidata": "wikidatawiki",
    "wikifunctions": "wikifunctionswiki",
    "wikimania.wikimedia": "wikimaniawiki",
    "wikimedia commons": "commonswiki",
    "wikimedia incubator": "incubatorwiki",
    "wikisource": "sourceswiki",
    "wikispecies": "specieswiki",
}
HOSTS = {
    standard: code
    for code, standard in WIKI_CODES.items()
    if code not in {"mo", "sr-ec", "sr-el"}  # codes of no wiki
}
"""Language code → the host of its wikis, where that is another code."""
_DATABASE = re.compile(rf"[a-z][a-z0-9_]*(?:{'|'.join(FAMILIES.values())})", re.ASCII)
_HOST = re.compile(rf"([a-z][a-z0-9-]*)\.({'|'.join(FAMILIES)})", re.ASCII)


def is_database_name(text: str) -> bool:
    """Whether this has the form of a wiki's database name."""
    return _DATABASE.fullmatch(text) is not None


def read_wiki_name(text: str) -> str | None:
    """The database name of a wiki, None where this names none."""
    name = lookup(text).removeprefix("https://").removeprefix("http://")
    name = name.partition("/")[0].removeprefix("www.").removesuffix(".org")
    name = name.replace(".m.", ".")
    if name in NAMES:
        return NAMES[name]
    if host := _HOST.fullmatch(name):
        return host[1].replace("-", "_") + FAMILIES[host[2]]
    return name if is_database_name(name) else _by_language(name)


def database_name(language: str, family: str) -> str:
    """The database name of the wiki of a family (`FAMILIES`) in a language."""
    host = HOSTS.get(language, language).lower()
    special = NAMES.get(f"{host}.{family}")
    return special or host.replace("-", "_") + FAMILIES[family]


@cache
def wiki_codes() -> Mapping[str, tuple[str, ...]]:
    """Family → codes in the hosts of its wikis, for families of many languages."""
    families: dict[str, list[str]] = json.loads(LIST_FILE.read_text("utf-8"))
    return {family: tuple(codes) for family, codes in families.items()}


def _by_language(name: str) -> str | None:
    """The database name of "<language> <family>", None for other names."""
    language, _, family = name.rpartition(" ")
    code = read_language(language) if family in FAMILIES else None
    return database_name(code, family) if code else None
