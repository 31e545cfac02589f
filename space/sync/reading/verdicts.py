"""New verdicts on talk pages, read for many pages in few requests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from space.review.model import LedgerEntry, Verdict
from space.review.verdicts.reading import read_verdicts
from space.wiki.port import WikiReader
from space.wiki.values import PageInfo, Revision, Site, batches

AT_ONCE = 50  # texts in memory: talk pages may be long


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A record's talk page, to be read from the revision after `read`.

    `page` is the record's id, `marks` are those of verdicts that the ledger has.
    """

    page: int  # of the record
    info: PageInfo
    read: int
    marks: frozenset[str]

    @classmethod
    def of(cls, page: int, info: PageInfo, entry: LedgerEntry | None) -> "TalkPage":
        """The talk page as far as an entry has read it; None for a new record."""
        if entry is None:
            return cls(page, info, 0, frozenset())
        return cls(page, info, entry.read.talk, entry.marks)


def read_talk(
    wiki: WikiReader,
    talks: Iterable[TalkPage],
    site: Site,
    templates: tuple[str, ...],
    fail: Callable[[int], None],
) -> Mapping[int, tuple[Verdict, ...]]:
    """New verdicts on talk pages, by the record's page id, oldest first.

    `fail` is called within the handler of an exception, with the id of a record whose
    talk page cannot be read, which is then absent.
    """
    owners: dict[int, TalkPage] = {}
    talks = tuple(talks)
    newest = wiki.revisions([talk.info.latest for talk in talks], text=False)
    for talk in talks:
        last = newest.get(talk.info.latest)
        is_only = last is not None and last.parent == talk.read
        history = (
            [last] if last and is_only else wiki.history(talk.info.id, after=talk.read)
        )
        if history and history[0].parent:
            owners[history[0].parent] = talk
        owners.update((revision.id, talk) for revision in history)
    by_record: dict[int, list[Verdict]] = {talk.page: [] for talk in owners.values()}
    before: dict[int, Revision] = {}
    order = sorted(owners, key=lambda number: (owners[number].page, number))
    for batch in batches(order, AT_ONCE):
        texts = wiki.revisions(batch, text=True)
        for talk, revisions in _by_owner(batch, owners, texts):
            seen = before.get(talk.page)
            verdicts = by_record.get(talk.page)
            if verdicts is None:
                continue
            try:
                verdicts += read_verdicts(
                    [seen, *revisions] if seen else revisions,
                    seen.id if seen else talk.read,
                    talk.marks.union(verdict.seen_mark for verdict in verdicts),
                    site,
                    templates,
                )
            except Exception:  # noqa: BLE001 - one page must not stop all others
                fail(talk.page)
                del by_record[talk.page]
            before[talk.page] = revisions[-1]
    return {page: tuple(verdicts) for page, verdicts in by_record.items()}


def _by_owner(
    batch: Iterable[int],
    owners: Mapping[int, TalkPage],
    texts: Mapping[int, Revision],
) -> list[tuple[TalkPage, list[Revision]]]:
    groups: dict[int, tuple[TalkPage, list[Revision]]] = {}
    for number in batch:
        if number in texts:
            talk = owners[number]
            groups.setdefault(talk.page, (talk, []))[1].append(texts[number])
    return list(groups.values())
