"""Prefixes by which all wikis of Wikimedia link to a wiki."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from space.codec.values.wikis import FAMILIES, NAMES, wiki_codes

_PREFIXES = {
    "commons.wikimedia.org": "c",
    "meta.wikimedia.org": "m",
    "outreach.wikimedia.org": "outreach",
    "wikimania.wikimedia.org": "wikimania",
    "www.mediawiki.org": "mw",
    "www.wikidata.org": "d",
}
_DATABASES = {
    "commonswiki": "commons.wikimedia.org",
    "mediawikiwiki": "www.mediawiki.org",
    "metawiki": "meta.wikimedia.org",
    "outreachwiki": "outreach.wikimedia.org",
    "wikidatawiki": "www.wikidata.org",
    "wikimaniawiki": "wikimania.wikimedia.org",
}
_PROJECTS = {
    "wikibooks": "b",
    "wikinews": "n",
    "wikipedia": "w",
    "wikiquote": "q",
    "wikisource": "s",
    "wikiversity": "v",
    "wikivoyage": "voy",
    "wiktionary": "wikt",
}
_LANGUAGE_HOST = re.compile(rf"([a-z-]+)\.({'|'.join(_PROJECTS)})\.org", re.ASCII)


def interwiki_prefix(host: str) -> str:
    """The prefix with its colon, such as `m:`; empty for a wiki that is none of them.

    With a language it begins with a colon, which keeps it in the text: `[[:w:bn:X]]`.
    """
    if host in _PREFIXES:
        return f"{_PREFIXES[host]}:"
    match = _LANGUAGE_HOST.fullmatch(host)
    return f":{_PROJECTS[match[2]]}:{match[1]}:" if match else ""


def prefix_of_database(name: str) -> str:
    """The prefix of the wiki of a database such as `bnwiki`; empty for none of them.

    It begins with no colon, `w:bn:`, as in the address of a page.
    """
    host = _DATABASES.get(name) or _hosts().get(name, "")
    return interwiki_prefix(host).removeprefix(":")


@cache
def _hosts() -> Mapping[str, str]:
    """Database name → host, of wikis of a language."""
    hosts = {}
    for family, codes in wiki_codes().items():
        for code in codes:
            name = NAMES.get(f"{code}.{family}")
            name = name or code.replace("-", "_") + FAMILIES[family]
            hosts[name] = f"{code}.{family}.org"
    return MappingProxyType(hosts)
