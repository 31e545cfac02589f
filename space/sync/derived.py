"""Summaries of all records, made anew at each sync: queue, figures, where titles lead.

The queue asks the wiki, for waiting pages only, for the author of each pending
revision, for the authors' accounts, and for addresses that the spam list was not asked
about today. `space.sync.derived_part` does so after a part was read.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from space.publication.translations import PostTitles
from space.review.model import LedgerEntry
from space.review.queue.accounts import AccountExperience
from space.review.queue.rows import Row, author_of, in_queue, queue_rows
from space.review.queue.sections import Promise
from space.review.queue.statistics import figures
from space.review.queue.surroundings import SimilarPage, Surroundings
from space.review.record import Record
from space.settings.ruling_pages import SETTINGS, TOPICS
from space.settings.topics import Topics
from space.store.keys import RULING_LINES, RULING_PROBLEMS, SETTINGS_TEXT, SITE
from space.store.store import Store
from space.sync.context import Context
from space.sync.memory import Memory
from space.sync.session import Session
from space.text.similarity import Sketches
from space.wiki.port import WikiReader
from space.wiki.values import PageInfo


def derive(
    context: Context, entries: Mapping[int, LedgerEntry], session: Session
) -> None:
    """Store the queue, the figures, where titles lead, settings and site.

    The store's records are gone through once. The session has all of it anew.
    """
    wiki, store, today = context.wiki, context.store, context.today
    session.templates = context.templates
    session.sketches = Sketches()
    session.people, session.authors = {}, {}
    queued: dict[int, Record] = {}
    written_in: dict[int, tuple[str, ...]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for record in store.records.all():
        queued |= queued_of([record], today)
        if record.page_title:
            session.sketches.put(record.page_id, record.newest.sketch)
        codes = record.newest.languages
        written_in[record.page_id] = same.setdefault(codes, codes)
    authors = read_authors(wiki, queued.values(), session)
    around = surroundings(store, queued, authors, alike(store, queued.keys(), session))
    promise = Promise(today, context.rules.promised_days)
    rows = read_queue(wiki, queued, around, context.memory, promise, session=session)
    store.set_queue(rows)
    store.set_statistics(figures(entries.values(), written_in, today))
    store.set_series_aliases(read_aliases(wiki, store, session))
    aliases = read_originals(wiki, store, session)
    languages = _languages(context.found.translations)
    store.set_post_titles(PostTitles(aliases, languages))
    store.set_confirm_months(context.rules.confirm_months)
    store.set_topics(Topics.of(context.ruling.text(TOPICS)))
    store.set_value(SETTINGS_TEXT, context.ruling.text(SETTINGS))
    store.set_value(RULING_PROBLEMS, context.ruling.problems)
    store.set_value(RULING_LINES, context.ruling.lines)
    store.set_value(SITE, context.site)


def queued_of(records: Iterable[Record], today: date) -> dict[int, Record]:
    """Those of some records that have a row in the queue on a UTC day, by page id."""
    return {
        record.page_id: record
        for record in records
        if record.page_title and in_queue(record, today)
    }


def surroundings(
    store: Store,
    queued: Mapping[int, Record],
    authors: Mapping[int, str | None],
    like: Mapping[int, SimilarPage],
) -> Surroundings:
    """What the store says of the authors of records in the queue, by page id."""
    names = {name for r in queued.values() if (name := author_of(r, authors))}
    records = store.records
    return Surroundings(
        authors, records.published_by(names), records.first_by(names), like
    )


def alike(
    store: Store, pages: Iterable[int], session: Session
) -> dict[int, SimilarPage]:
    """What some pages are most like, by page id."""
    found = session.sketches.like(pages)
    others = store.records.of(found.values())
    return {
        page: SimilarPage(other, others[other].page_title)
        for page, other in found.items()
        if other in others
    }


def read_queue(  # noqa: PLR0913 - the wiki, what is in the queue, and what is known
    wiki: WikiReader,
    queued: Mapping[int, Record],
    around: Surroundings,
    memory: Memory,
    promise: Promise,
    *,
    session: Session,
) -> tuple[Row, ...]:
    """The rows of the `queued` records, which are by page id.

    The wiki is asked for people whom the session does not know; then it knows those in
    the queue.
    """
    names = {name for r in queued.values() if (name := author_of(r, around.authors))}
    new = sorted(names - session.people.keys())
    accounts = wiki.accounts(new) if new else {}
    known = {name: AccountExperience.of(account) for name, account in accounts.items()}
    session.people = {
        name: person
        for name, person in {**session.people, **known}.items()
        if name in names
    }
    spam = _spam(wiki, queued.values(), memory, promise.today)
    return queue_rows(queued.values(), around, session.people, spam, promise)


def read_authors(
    wiki: WikiReader, records: Iterable[Record], session: Session
) -> dict[int, str | None]:
    """Authors of pending revisions of pages that were accepted before, by page id.

    The wiki is asked for revisions that the session does not know.
    """
    changed = {
        record.pending_revision: record.page_id
        for record in records
        if record.pending_revision and record.review.first_accepted
    }
    new = changed.keys() - session.authors.keys()
    rows = wiki.revisions(sorted(new), text=False) if new else {}
    known = {**session.authors, **{n: rows[n].user for n in new if n in rows}}
    session.authors = {number: known.get(number) for number in changed}
    return {page: session.authors[number] for number, page in changed.items()}


def _spam(
    wiki: WikiReader, records: Iterable[Record], memory: Memory, today: date
) -> Collection[str]:
    """Forbidden addresses in the queue; the spam list is asked once a day."""
    if memory.asked != today.isoformat():
        memory.asked, memory.addresses = today.isoformat(), {}
    addresses = {address for record in records for address in record.newest.addresses}
    asked = memory.addresses
    unasked = sorted(addresses - asked.keys())
    forbidden = wiki.spam(unasked) if unasked else frozenset()
    answers = {address: int(address in forbidden) for address in unasked}
    memory.addresses = {a: {**asked, **answers}[a] for a in sorted(addresses)}
    return {address for address, listed in memory.addresses.items() if listed}


def read_aliases(wiki: WikiReader, store: Store, session: Session) -> dict[str, str]:
    """Title that a page gives as its series → title of that series on the wiki.

    The wiki is asked only for titles that no record has: redirects, as moves leave
    them, and titles that are spelt in another way.
    """
    unknown = session.series = store.series.unknown_titles()
    pages = wiki.pages_by_title(unknown) if unknown else {}
    if not pages:
        return {}
    series = store.series.titles()
    targets: dict[str, str] = {}
    if any(page.redirect for page in pages.values()):
        for title, sources in wiki.redirects(series).items():
            targets |= dict.fromkeys(sources, title)
    aliases = {name: targets.get(p.title, p.title) for name, p in pages.items()}
    titles = set(series)
    return {name: title for name, title in aliases.items() if title in titles}


# Whatever a wiki calls "#REDIRECT", a link follows it.
_TARGET = re.compile(r"\s*#[^\[\n]+\[\[:?([^\]|#\n]+)")


def read_originals(wiki: WikiReader, store: Store, session: Session) -> dict[str, str]:
    """Title that a post gives as its original → title of that page.

    The wiki is asked only for titles that no record has: those of redirects, as moves
    leave them, those that are not spelt as the wiki does, and Translate's pages, of
    which the source is meant. Of a redirect to a redirect the wiki makes nothing, so
    neither do we.
    """
    unknown = session.originals = store.posts.unknown_originals()
    pages = wiki.pages_by_title(unknown) if unknown else {}
    redirects = sorted(page.title for page in pages.values() if page.redirect)
    targets = _targets(wiki, redirects) if redirects else {}
    titles = {
        name: targets.get(page.title, _source(page)) for name, page in pages.items()
    }
    return {name: titles[name] for name in sorted(titles) if titles[name] != name}


def _source(page: PageInfo) -> str:
    """The page's title; of a page that Translate made, its source's."""
    return page.title.rpartition("/")[0] if page.translation else page.title


def _targets(wiki: WikiReader, titles: Iterable[str]) -> dict[str, str]:
    """Title of a redirect → title of its target; a redirect without one is absent."""
    targets = {}
    for title, revision in wiki.texts(titles).items():
        if match := _TARGET.match(revision.text or ""):
            target = " ".join(match[1].replace("_", " ").split())
            targets[title] = target[:1].upper() + target[1:]
    return targets


def _languages(translations: Iterable[PageInfo]) -> Mapping[str, tuple[str, ...]]:
    languages: dict[str, set[str]] = {}
    for page in translations:
        base, slash, code = page.title.rpartition("/")
        if slash:
            languages.setdefault(base, set()).add(code)
    return {base: tuple(sorted(languages[base])) for base in sorted(languages)}
