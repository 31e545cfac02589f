"""What the wiki says of titles by which posts are versions of each other."""

import re
from collections.abc import Iterable, Mapping

from space.publication.translations import Known
from space.store.store import Store
from space.wiki.port import WikiReader
from space.wiki.values import PageInfo

# Whatever a wiki calls "#REDIRECT", a link follows it.
_TARGET = re.compile(r"\s*#[^\[\n]+\[\[:?([^\]|#\n]+)")


def read_known(
    wiki: WikiReader, store: Store, translations: Iterable[PageInfo]
) -> Known:
    """Where titles lead that posts give their originals, and Translate's pages.

    The wiki is asked only for titles that no record has: those of redirects, as moves
    leave them, those that are not spelt as the wiki does, addresses, and Translate's
    pages, of which the source is meant. Of a redirect to a
    redirect the wiki makes nothing, so neither do we.
    """
    unknown = store.blog.unknown_originals()
    site = wiki.site() if any(":" in name for name in unknown) else None
    meant = {name: site.title_of(name) if site else name for name in unknown}
    there = wiki.pages_by_title(sorted(set(meant.values()))) if unknown else {}
    pages = {name: there[title] for name, title in meant.items() if title in there}
    redirects = sorted(page.title for page in pages.values() if page.redirect)
    targets = _targets(wiki, redirects) if redirects else {}
    found = {
        name: targets.get(page.title, _source(page)) for name, page in pages.items()
    }
    return Known(
        {name: found[name] for name in sorted(found) if found[name] != name},
        _languages(translations),
    )


def _source(page: PageInfo) -> str:
    """The title of a page, or of that of which Translate made it."""
    return page.title.rpartition("/")[0] if page.translation else page.title


def _targets(wiki: WikiReader, titles: Iterable[str]) -> dict[str, str]:
    found = {}
    for title, revision in wiki.texts(titles).items():
        if match := _TARGET.match(revision.text or ""):
            target = " ".join(match[1].replace("_", " ").split())
            found[title] = target[:1].upper() + target[1:]
    return found


def _languages(translations: Iterable[PageInfo]) -> Mapping[str, tuple[str, ...]]:
    languages: dict[str, set[str]] = {}
    for page in translations:
        base, slash, code = page.title.rpartition("/")
        if slash:
            languages.setdefault(base, set()).add(code)
    return {base: tuple(sorted(languages[base])) for base in sorted(languages)}
