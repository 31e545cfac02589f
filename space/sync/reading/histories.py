"""The histories of pages on which to decide, of many pages in few requests.

The API lists the history of one page a request, but tells of five hundred revisions by
their ids, and each names the one before. So histories that were read once already are
followed backwards from their latest revisions, all together. Where that does not lead
to all that the ledger and new verdicts know of, the history is read as a whole.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise

from space.sync.reading.cases import Case
from space.wiki.port import WikiReader
from space.wiki.values import Revision

STEPS = 2
"""How often revisions that came before those that are known are asked for."""


def read_histories(
    wiki: WikiReader, cases: Collection[Case], known: Mapping[int, Revision]
) -> dict[int, tuple[Revision, ...]]:
    """The revisions of each page by page id, without their texts, oldest first.

    `known` has revisions that this sync read, by id. Talk pages have to be read before.
    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    rows = dict(known)
    for _ in range(STEPS):
        missing = {number for case in cases for number in _missing(case, rows)}
        if len(missing) <= 1:
            break  # a whole history costs no more
        rows |= wiki.revisions(sorted(missing), text=False)
    found = {}
    for case in cases:
        followed = _followed(case, rows)
        is_whole = _is_whole(case, followed)
        found[case.page] = followed if is_whole else tuple(wiki.history(case.page))
    return found


def _missing(case: Case, rows: Mapping[int, Revision]) -> tuple[int, ...]:
    """The id of the revision before those that are known of a page, if it helps."""
    followed = _followed(case, rows)
    if not (followed and case.entry and _has_all_of(case, followed[-1].id)):
        return ()
    before = followed[0].parent
    return (before,) if before and before not in rows else ()


def _followed(case: Case, rows: Mapping[int, Revision]) -> tuple[Revision, ...]:
    """What is known of a page's history without a gap, oldest first."""
    number, last = case.info.latest if case.info else 0, float("inf")
    found: list[Revision] = []
    while number in rows and number < last:
        found.append(rows[number])
        number, last = rows[number].parent, number
    return tuple(reversed(found))


def _is_whole(case: Case, revisions: tuple[Revision, ...]) -> bool:
    """Whether a history is all that there is, as far as anything tells.

    Merged and imported revisions are not named by the next one, but are out of order.
    """
    if not (revisions and case.entry) or revisions[0].parent:
        return False
    ids = {row.id for row in revisions}
    in_order = all(a.timestamp <= b.timestamp for a, b in pairwise(revisions))
    return (
        in_order
        and all(row.page_id == case.page for row in revisions)
        and ids.issuperset((case.entry.origin, case.entry.read.page))
        and _has_all_of(case, revisions[-1].id)
    )


def _has_all_of(case: Case, latest: int) -> bool:
    """Whether no new verdict may be about a revision that was saved after the latest.

    One that names none may be about whichever was there when it was written.
    """
    return all(
        verdict.revision is not None
        and verdict.revision <= latest
        and not verdict.needs_titles
        for verdict in case.verdicts
    )
