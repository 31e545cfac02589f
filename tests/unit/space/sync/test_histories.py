"""Histories of many pages in few requests, each as the wiki has it as a whole."""

from dataclasses import replace

import pytest

from space.review.model import LedgerEntry, Read, Verdict, VerdictKind
from space.sync.reading.cases import Case
from space.sync.reading.histories import read_histories
from space.wiki.values import RequestCount, Revision
from tests.fakes.memory_wiki import MemoryWiki

PAGES = 4


def edited(wiki: MemoryWiki, times: int) -> list[Case]:
    """Some pages, of which the ledger knows the first of so many later edits."""
    cases = []
    for number in range(PAGES):
        first = wiki.write(f"Page {number}", "0")
        for time in range(1, times + 1):
            wiki.advance(seconds=1)
            wiki.write(f"Page {number}", str(time))
        page, read = first.page_id, Read(page=first.revid)
        entry = LedgerEntry(page=page, kind="event", origin=first.revid, read=read)
        info = wiki.pages([page])[page]
        cases.append(Case(page=page, info=info, entry=entry, kind="event"))
    wiki.requests = RequestCount()
    return cases


def latest(wiki: MemoryWiki, cases: list[Case]) -> dict[int, Revision]:
    asked = [case.info.latest for case in cases if case.info]
    known = wiki.revisions(asked, text=False)
    wiki.requests = RequestCount()
    return known


def whole(wiki: MemoryWiki, cases: list[Case]) -> dict[int, tuple[Revision, ...]]:
    return {case.page: tuple(wiki.history(case.page)) for case in cases}


def asked(wiki: MemoryWiki) -> int:
    return wiki.requests.content + wiki.requests.other


@pytest.mark.parametrize(("times", "requests"), [(0, 0), (1, 1), (2, 2)])
def test_histories_when_they_are_short_then_all_pages_share_the_requests(
    times: int, requests: int
) -> None:
    wiki = MemoryWiki()
    cases = edited(wiki, times)
    found = read_histories(wiki, cases, latest(wiki, cases))
    assert asked(wiki) == requests
    assert found == whole(wiki, cases)


def test_histories_when_they_are_long_then_each_is_read_as_a_whole() -> None:
    wiki = MemoryWiki()
    cases = edited(wiki, 5)
    found = read_histories(wiki, cases, latest(wiki, cases))
    assert asked(wiki) == 2 + PAGES
    assert found == whole(wiki, cases)


def test_history_when_the_ledger_knows_nothing_of_it_then_is_read_as_a_whole() -> None:
    wiki = MemoryWiki()
    cases = edited(wiki, 0)
    for case in cases:
        case.entry = None
    assert read_histories(wiki, cases, latest(wiki, cases)) == whole(wiki, cases)


@pytest.mark.parametrize("ahead", [None, 1])
def test_history_when_a_verdict_may_be_on_a_later_revision_then_that_is_in_it(
    ahead: int | None,
) -> None:
    wiki = MemoryWiki()
    cases = edited(wiki, 0)
    known = latest(wiki, cases)
    later = wiki.write("Page 0", "saved since the pages were listed").revid
    verdict = Verdict(
        kind=VerdictKind.APPROVE,
        revision=later if ahead else None,
        account="Pavati",
        adder="Pavati",
        at=wiki.state.now,
        talk=later + 1,
        mark="a",
    )
    cases[0].verdicts = (verdict,)
    assert read_histories(wiki, cases, known)[cases[0].page][-1].id == later


@pytest.mark.parametrize("change", ["parent", "page_id", "timestamp", "origin"])
def test_history_when_revisions_do_not_fit_then_is_read_as_a_whole(
    change: str,
) -> None:
    wiki = MemoryWiki()
    cases = edited(wiki, 1)
    known = latest(wiki, cases)
    case = cases[0]
    assert case.info
    row = known[case.info.latest]
    wrong: dict[str, Revision] = {
        "parent": replace(row, parent=row.id),
        "page_id": replace(row, page_id=case.page + 1),
        "timestamp": replace(row, timestamp=row.timestamp.replace(year=2001)),
        "origin": row,
    }
    known[row.id] = wrong[change]
    if change == "origin":
        assert case.entry
        case.entry = replace(case.entry, origin=row.id + 1)
    assert read_histories(wiki, cases, known) == whole(wiki, cases)
