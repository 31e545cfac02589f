"""What the community may know of its review: figures by month, from the ledger.

A page counts in the UTC month in which it was made. It is reviewed when a text of it is
first accepted, or a verdict on it first counts, whichever is earlier. A page that a
rule accepted in the moment it was made (policy `open`, autopatrolled people) needed no
review and counts only among the pages. Deleted pages count as long as the ledger has
them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from space.review.model import Cause, LedgerEntry, SeenCorrection, VerdictKind

PROMPT = timedelta(days=3)
_STAFF = re.compile(r"(?:[-_ (]|\b)WM(?:F|[A-Z]{2})\)?$")
"""How accounts of the Foundation's and chapters' staff are named: "Jo Doe (WMF)"."""


@dataclass(frozen=True, slots=True)
class Language:
    """How many pages are in a language."""

    code: str
    pages: int


@dataclass(frozen=True, slots=True)
class MonthStatistics:
    """The figures of one month, `month` as "2026-11".

    Attributes:
        pages: made in it; `published` of them are, or were, accepted.
        reviewed: pages that somebody reviewed; `prompt` of them within three days.
        overdue: pages that have waited longer than that and still do.
        median, ninetieth: how long the reviewed ones waited, in minutes; 90 of 100
            waited no longer than the latter. None where nothing was reviewed.
        reviewers: people who reviewed anything in this month.
        authors: people who made a page; `volunteers` of them by no staff account.
        languages: of the pages, the most frequent first.
        corrections: by organizers, made in it, which readers saw before a review;
            `taken_back` of them were rejected.
        looked: the median time until a reviewer decided on these corrections, in
            minutes; None where none was looked at.
    """

    month: str
    pages: int = 0
    published: int = 0
    reviewed: int = 0
    prompt: int = 0
    overdue: int = 0
    median: int | None = None
    ninetieth: int | None = None
    reviewers: int = 0
    authors: int = 0
    volunteers: int = 0
    languages: tuple[Language, ...] = ()
    corrections: int = 0
    taken_back: int = 0
    looked: int | None = None

    @property
    def prompt_share(self) -> float | None:
        """The share reviewed within three days, of those for which it is known."""
        due = self.reviewed + self.overdue
        return self.prompt / due if due else None

    @property
    def volunteer_share(self) -> float | None:
        """The share of authors who do not write for an organization."""
        return self.volunteers / self.authors if self.authors else None


def is_staff(account: str) -> bool:
    """Whether an account's name says that its owner is paid to use it."""
    return _STAFF.search(account) is not None


def figures(
    entries: Iterable[LedgerEntry],
    languages: Mapping[int, Collection[str]],
    today: date,
) -> tuple[MonthStatistics, ...]:
    """The figures of every month with anything in it, the newest first.

    `languages` are those of pages, by id; `today` is the UTC day.
    """
    made: dict[str, list[LedgerEntry]] = {}
    reviewers: dict[str, set[str]] = {}
    corrections: dict[str, list[SeenCorrection]] = {}
    for entry in entries:
        for seen in entry.corrections:
            corrections.setdefault(_month(seen.at), []).append(seen)
        if entry.created:
            made.setdefault(_month(entry.created), []).append(entry)
        for account, at in _reviews(entry):
            reviewers.setdefault(_month(at), set()).add(account)
    return tuple(
        _with_corrections(
            _figures(
                month, made.get(month, ()), reviewers.get(month, ()), languages, today
            ),
            corrections.get(month, ()),
        )
        for month in sorted({*made, *reviewers, *corrections}, reverse=True)
    )


def _with_corrections(
    month: MonthStatistics, corrections: Collection[SeenCorrection]
) -> MonthStatistics:
    waits = [seen.looked_at - seen.at for seen in corrections if seen.looked_at]
    return replace(
        month,
        corrections=len(corrections),
        taken_back=sum(seen.taken_back for seen in corrections),
        looked=_percentile(sorted(waits), 50),
    )


def _figures(
    month: str,
    entries: Iterable[LedgerEntry],
    reviewers: Iterable[str],
    languages: Mapping[int, Collection[str]],
    today: date,
) -> MonthStatistics:
    entries = list(entries)
    waits = sorted(wait for entry in entries if (wait := _wait(entry)) is not None)
    authors = {entry.creator for entry in entries if entry.creator}
    return MonthStatistics(
        month=month,
        pages=len(entries),
        published=sum(entry.status.first_accepted is not None for entry in entries),
        reviewed=len(waits),
        prompt=sum(wait <= PROMPT for wait in waits),
        overdue=sum(_is_overdue(entry, today) for entry in entries),
        median=_percentile(waits, 50),
        ninetieth=_percentile(waits, 90),
        reviewers=len(set(reviewers)),
        authors=len(authors),
        volunteers=sum(not is_staff(author) for author in authors),
        languages=_languages(entries, languages),
    )


def _month(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m}"


def _wait(entry: LedgerEntry) -> timedelta | None:
    """From the page's making to its first review; None without one."""
    answered = _answered(entry)
    if entry.created is None or answered is None or answered <= entry.created:
        return None
    return answered - entry.created


def _answered(entry: LedgerEntry) -> datetime | None:
    times = [judged.verdict.at for judged in entry.verdicts if not judged.verdict.flaw]
    if entry.status.first_accepted:
        times.append(entry.status.first_accepted)
    return min(times, default=None)


def _is_overdue(entry: LedgerEntry, today: date) -> bool:
    since = entry.status.pending_since
    if _answered(entry) or since is None:
        return False
    return since.astimezone(UTC).date() < today - PROMPT


def _reviews(entry: LedgerEntry) -> Iterable[tuple[str, datetime]]:
    """Who reviewed anything of a page, and when."""
    for judged in entry.verdicts:
        verdict = judged.verdict
        own = verdict.kind is VerdictKind.WITHDRAW and verdict.account == entry.creator
        if not verdict.flaw and not own:
            yield verdict.account, verdict.at
    for acceptance in entry.snapshot.accepted:
        if acceptance.cause is Cause.APPROVAL and acceptance.account:
            yield acceptance.account, acceptance.at
    for patrol in entry.patrols:
        if patrol.account:
            yield patrol.account, patrol.at


def _languages(
    entries: Iterable[LedgerEntry], languages: Mapping[int, Collection[str]]
) -> tuple[Language, ...]:
    found: dict[str, int] = {}
    for entry in entries:
        for code in languages.get(entry.page, ()):
            found[code] = found.get(code, 0) + 1
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Language(code, count) for code, count in ranked)


def _percentile(waits: list[timedelta], percent: int) -> int | None:
    """The nearest-rank percentile of sorted waits, in whole minutes."""
    if not waits:
        return None
    rank = -(-len(waits) * percent // 100)
    return int(waits[max(rank, 1) - 1].total_seconds()) // 60
