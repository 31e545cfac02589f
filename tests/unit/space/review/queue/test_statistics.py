from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.data_pages.statistics import figures_pages
from space.review.model import (
    Acceptance,
    Cause,
    Judged,
    LedgerEntry,
    PageStatus,
    Patrol,
    Reason,
    SeenCorrection,
    Snapshot,
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


def test_reviewers_when_they_withdraw_a_page_of_others_are_counted() -> None:
    said = (verdict("withdraw", "Rita", START), verdict("approve", "Ravi", START))
    (month,) = figures([replace(entry(1, minutes=9), verdicts=said)], {}, TODAY)
    assert month.reviewers == 2


def test_reviewers_when_compacted_approvals_are_theirs_are_counted() -> None:
    accepted = (
        Acceptance(1, Cause.APPROVAL, "Rita", START),
        Acceptance(2, Cause.APPROVAL, "Ravi", START),
        Acceptance(3, Cause.APPROVAL, None, START),
        Acceptance(4, Cause.OPEN, "Ann", START),
    )
    page = replace(entry(1, minutes=9), snapshot=Snapshot(accepted=accepted))
    (month,) = figures([page], {}, TODAY)
    assert month.reviewers == 2


@pytest.mark.parametrize(("days", "overdue"), [(3, 0), (4, 1)])
def test_overdue_when_a_page_has_waited_for_more_than_three_days(
    days: int, overdue: int
) -> None:
    waiting, reviewed = entry(1, minutes=None), entry(2, minutes=9)
    (month,) = figures([waiting, reviewed], {}, (START + timedelta(days=days)).date())
    assert month.overdue == overdue
    assert month.prompt_share == pytest.approx(1 / (1 + overdue))


def test_overdue_when_the_day_is_another_one_elsewhere_goes_by_utc() -> None:
    evening = datetime(2026, 10, 30, 20, tzinfo=UTC)
    late = evening.astimezone(timezone(timedelta(hours=9)))  # the 31st in Tokyo
    waiting = entry(1, minutes=None)
    status = replace(waiting.status, pending_since=late)
    page = replace(waiting, created=late, status=status)
    for days, overdue in ((3, 0), (4, 1)):
        (month,) = figures([page], {}, (START + timedelta(days=days)).date())
        assert month.overdue == overdue


def test_month_when_it_is_another_one_elsewhere_goes_by_utc() -> None:
    evening = datetime(2026, 10, 31, 20, tzinfo=UTC)
    late = evening.astimezone(timezone(timedelta(hours=9)))
    (month,) = figures([replace(entry(1, minutes=None), created=late)], {}, TODAY)
    assert month.month == "2026-10"


def test_prompt_when_a_review_came_on_the_last_minute_counts_it() -> None:
    three_days = 3 * 24 * 60
    pages = [entry(1, minutes=three_days), entry(2, minutes=three_days + 1)]
    (month,) = figures(pages, {}, TODAY)
    assert (month.reviewed, month.prompt) == (2, 1)


def test_corrections_when_some_were_looked_at_then_tell_how_soon_and_how_many() -> None:
    made = datetime(2026, 11, 3, 12, tzinfo=UTC)
    looks = [timedelta(minutes=30), timedelta(minutes=90), None]
    seen = tuple(
        SeenCorrection(number, made, look and made + look, taken_back=number == 1)
        for number, look in enumerate(looks)
    )
    entry = LedgerEntry(page=1, kind="event", corrections=seen)
    (month,) = figures([entry], {}, TODAY)
    assert (month.month, month.pages) == ("2026-11", 0)
    assert (month.corrections, month.taken_back, month.looked) == (3, 1, 30)


def test_ninetieth_when_ten_pages_waited_is_the_ninth() -> None:
    pages = [entry(n, minutes=10 * n) for n in range(1, 11)]
    (month,) = figures(pages, {}, TODAY)
    assert (month.median, month.ninetieth) == (50, 90)
    pages = [entry(n, minutes=n) for n in range(1, 102)]
    (month,) = figures(pages, {}, TODAY)
    assert (month.median, month.ninetieth) == (51, 91)


def test_languages_when_counted_have_the_most_frequent_first_then_by_code() -> None:
    said = {1: ("mi", "en"), 2: ("mi", "de"), 3: ("mi",), 4: ("de",), 5: ("ar",)}
    pages = [entry(page, minutes=1) for page in (*said, 6)]  # 6 has no record
    (month,) = figures(pages, said, TODAY)
    counts = [(language.code, language.pages) for language in month.languages]
    assert counts == [("mi", 3), ("de", 2), ("ar", 1), ("en", 1)]


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
