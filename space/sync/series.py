"""The titles by which pages name their series, where the store does not have them."""

from space.store.store import Store
from space.wiki.port import WikiReader


def read_aliases(wiki: WikiReader, store: Store) -> dict[str, str]:
    """Titles that pages give → titles that the wiki says these series have.

    Asked of the wiki only for titles that no record has: those of redirects, as moves
    leave them, and those that are not spelt as the wiki does.
    """
    unknown = store.unknown_series()
    pages = wiki.pages_by_title(unknown) if unknown else {}
    if not pages:
        return {}
    series = store.series_titles()
    targets: dict[str, str] = {}
    if any(page.redirect for page in pages.values()):
        for title, sources in wiki.redirects(series).items():
            targets |= dict.fromkeys(sources, title)
    found = {name: targets.get(p.title, p.title) for name, p in pages.items()}
    known = set(series)
    return {name: title for name, title in found.items() if title in known}
