"""Wikis by database name (`bnwiki`), host (`bn.wikipedia`) or, a few, by name.

https://meta.wikimedia.org/wiki/Special:SiteMatrix
"""

import re

from space.text.folding import lookup

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
    return name if is_database_name(name) else None
