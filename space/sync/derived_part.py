"""Summaries after a part of the wiki was read: the queue, and where titles lead.

The figures of review are about all pages, and wait for the next sync of everything.
"""

from collections.abc import Collection, Mapping

from space.publication.translations import PostTitles
from space.review.queue.sections import Promise
from space.review.queue.surroundings import SimilarPage
from space.review.record import Record
from space.store.keys import POST_TITLES
from space.sync.context import Context
from space.sync.derived import (
    alike,
    queued_of,
    read_aliases,
    read_authors,
    read_originals,
    read_queue,
    surroundings,
)
from space.sync.session import Session

_OF_SERIES = frozenset({"recurrence", "also", "series"})


def derive_part(
    context: Context, records: Mapping[int, Record], session: Session
) -> None:
    """Bring the queue and titles up to date with `records` of the pages read, by id."""
    _derive_queue(context, records, session)
    _derive_titles(context, records, session)


def _derive_queue(
    context: Context, records: Mapping[int, Record], session: Session
) -> None:
    """Make the rows of pages in the queue before and now.

    Takes time in proportion to their number, and one pass over all sketches if a text
    in the queue is new.
    """
    store = context.store
    before = {row.page: row for row in store.queue.rows()}
    changed = records.keys() | context.records.keys()
    queued = queued_of(
        store.records.of(before.keys() | changed).values(), context.today
    )
    hashes = _sketch(changed, records, session)
    again = {page for page in queued if page in changed or page not in before}
    again |= {
        page
        for page in queued.keys() - again
        if not hashes.isdisjoint(queued[page].newest.sketch)
        or _page(before[page].like) in changed
    }
    like = {
        page: row.like
        for page, row in before.items()
        if row.like and page in queued and page not in again
    }
    like |= alike(store, again, session)
    wiki = context.wiki
    authors = read_authors(wiki, queued.values(), session)
    around = surroundings(store, queued, authors, like)
    promise = Promise(context.today, context.rules.promised_days)
    store.set_queue(
        read_queue(wiki, queued, around, context.memory, promise, session=session)
    )


def _sketch(
    changed: Collection[int], records: Mapping[int, Record], session: Session
) -> set[int]:
    """Keep the new sketches of changed pages; the hashes of those before and now."""
    hashes: set[int] = set()
    for page in changed:
        old = session.sketches.get(page)
        record = records.get(page)
        new = record.newest.sketch if record and record.page_title else ()
        if old != new:
            hashes.update(old, new)
            session.sketches.put(page, new)
    return hashes


def _page(like: SimilarPage | None) -> int:
    return like.page if like else 0


def _derive_titles(
    context: Context, records: Mapping[int, Record], session: Session
) -> None:
    wiki, store = context.wiki, context.store
    both = (*records.values(), *context.records.values())
    values = [record.publication.values for record in both if record.publication]
    is_of_series = any(value.keys() & _OF_SERIES for value in values)
    if is_of_series or store.series.unknown_titles() != session.series:
        store.set_series_aliases(read_aliases(wiki, store, session))
    before = store.value(POST_TITLES) or PostTitles()
    aliases = before.aliases
    has_original = any("original" in value for value in values)
    if has_original or store.posts.unknown_originals() != session.originals:
        aliases = read_originals(wiki, store, session)
    store.set_post_titles(PostTitles(aliases, _languages(context, before)))


def _languages(context: Context, before: PostTitles) -> Mapping[str, tuple[str, ...]]:
    """The languages of Translate's pages, after what was read of them."""
    there = {info.title for info in context.found.translations}
    languages = {base: set(codes) for base, codes in before.translations.items()}
    for title in there.union(context.titles or ()):
        base, slash, code = title.rpartition("/")
        if title in there and slash:
            languages.setdefault(base, set()).add(code)
        elif base in languages:
            languages[base].discard(code)
            if not languages[base]:
                del languages[base]
    return {base: tuple(sorted(languages[base])) for base in sorted(languages)}
