"""Prefixes by which all wikis of Wikimedia link to a wiki."""

import re

_PREFIXES = {
    "commons.wikimedia.org": "c",
    "meta.wikimedia.org": "m",
    "outreach.wikimedia.org": "outreach",
    "wikimania.wikimedia.org": "wikimania",
    "www.mediawiki.org": "mw",
    "www.wikidata.org": "d",
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
