from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.data_pages.statistics import figures_pages
from space.review.model import (
    Judged,
    LedgerEntry,
    PageStatus,
    Patrol,
    Reason,
    State,
    Verdict,
    VerdictKind,
)
from space.review.queue.statistics import Language, MonthStatistics, figures, is_staff

START = datetime(2026, 10, 30, 8, tzinfo=UTC)
TODAY = datetime(2026, 12, 24, tzinfo=UTC).date()
MINUTE = timedelta(minutes=1)


def entry(
    page: int, *, minutes: int | None, creator: str = "Ann", days: int = 0
) -> LedgerEntry:
    made = START + timedelta(days=days)
    first = None if minutes is None else made + minutes * MINUTE
    waits = made if minutes is None else None
    status = PageStatus(
        State.WAITING, Reason("new"), first_accepted=first, pending_since=waits
    )
    return LedgerEntry(page, "event", creator=creator, created=made, status=status)


def verdict(kind: str, account: str, at: datetime, flaw: str = "") -> Judged:
    said = Verdict(VerdictKind(kind), 1, account, account, at, 1, f"{account}{at}")
    return Judged(replace(said, flaw=flaw), 1)  # type: ignore[arg-type]


waits = st.lists(st.integers(1, 10**5), min_size=1, max_size=60)


@given(waits)
def test_percentiles_when_counted_have_their_share_at_or_below(
    minutes: list[int],
) -> None:
    pages = [entry(n, minutes=wait) for n, wait in enumerate(minutes)]
    (month,) = figures(pages, {}, TODAY)
    assert month.median in minutes
    assert month.ninetieth in minutes
    for percent, value in ((50, month.median), (90, month.ninetieth)):
        below = sum(wait <= value for wait in minutes)
        assert below * 100 >= percent * len(minutes)
        assert sum(wait < value for wait in minutes) * 100 < percent * len(minutes)
    assert month.prompt == sum(wait <= 3 * 24 * 60 for wait in minutes)


@given(st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(0, 99))))
def test_months_when_summed_have_every_page_once(
    made: list[tuple[int, int | None]],
) -> None:
    pages = [entry(n, minutes=m, days=d) for n, (d, m) in enumerate(made)]
    months = figures(pages, {}, TODAY)
    assert sum(month.pages for month in months) == len(pages)
    assert [m.month for m in months] == sorted({m.month for m in months}, reverse=True)
    for month in months:
        assert month.reviewed + month.overdue <= month.pages
        assert month.prompt <= month.reviewed


def test_figures_when_a_rule_accepted_at_once_count_no_review() -> None:
    (month,) = figures([entry(1, minutes=0)], {}, TODAY)
    assert (month.pages, month.published, month.reviewed) == (1, 1, 0)
    assert month.median is None
    assert month.prompt_share is None


def test_figures_when_changes_were_asked_first_count_till_then() -> None:
    asked = verdict("changes", "Rita", START + 60 * MINUTE)
    forged = verdict("approve", "Ann", START + MINUTE, "author")
    page = replace(entry(1, minutes=300), verdicts=(forged, asked))
    (month,) = figures([page], {}, TODAY)
    assert (month.median, month.reviewers) == (60, 1)


def test_reviewers_when_patrols_and_later_months_are_theirs_count_there() -> None:
    patrol = Patrol(1, "Pavati", START + timedelta(days=3))
    later, first = figures([replace(entry(1, minutes=5), patrols=(patrol,))], {}, TODAY)
    assert (first.month, first.pages, first.reviewers) == ("2026-10", 1, 0)
    assert (later.month, later.pages, later.reviewers) == ("2026-11", 0, 1)
    assert later.volunteer_share is None


def test_withdrawal_when_it_is_the_authors_own_makes_nobody_a_reviewer() -> None:
    own = verdict("withdraw", "Ann", START + MINUTE)
    (month,) = figures([replace(entry(1, minutes=9), verdicts=(own,))], {}, TODAY)
    assert month.reviewers == 0


def test_authors_when_some_are_staff_are_counted_apart() -> None:
    names = ["Ann", "Jo Doe (WMF)", "JDoe-WMF", "Eva (WMDE)", "Swmfan"]
    pages = [entry(n, minutes=1, creator=name) for n, name in enumerate(names)]
    (month,) = figures(pages, {}, TODAY)
    assert (month.authors, month.volunteers) == (5, 2)
    assert month.volunteer_share == pytest.approx(0.4)


@pytest.mark.parametrize("name", ["A WMF", "A (WMSE)", "A_WMCH", "A-WMUK"])
def test_is_staff_when_the_name_says_so(name: str) -> None:
    assert is_staff(name)


def test_page_when_there_are_figures_has_each_months() -> None:
    month = replace(
        MonthStatistics("2026-11", pages=3, reviewed=1, median=5, ninetieth=7),
        languages=(Language("en", 2), Language("mi", 1)),
    )
    pages = figures_pages("User:SpaceBot/Space", [month, MonthStatistics("2026-10")])

    (first, second) = pages["User:SpaceBot/Space/Figures.json"]["months"]
    assert first["languages"] == [
        {"code": "en", "pages": 2},
        {"code": "mi", "pages": 1},
    ]
    assert (first["pages"], first["median"], first["overdue"]) == (3, 5, 0)
    assert "median" not in second
    assert "languages" not in second
