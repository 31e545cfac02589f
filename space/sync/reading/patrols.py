"""The patrol log: which revisions were patrolled, and the pages that waited for it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from space.review.model import LedgerEntry, Patrol
from space.review.policy import Policy
from space.sync.reading.cases import Case
from space.wiki.port import WikiReader
from space.wiki.values import LogEntry, PageInfo

WHOLE_LOG = timedelta(days=31)
"""How far back the log of all pages is read; recent changes, where people patrol,
reach back 30 days on Wikimedia's wikis. What is older is asked for page by page."""


class PatrolLog:
    """The patrol log as far as it was read, by revision.

    Entries are told apart by revision, not by page: those of a revision that was saved
    before its page was moved have the old title, and whatever page is there now.
    """

    def __init__(self, wiki: WikiReader, now: datetime) -> None:
        self._wiki = wiki
        self._horizon = now - WHOLE_LOG
        self._whole_since: datetime | None = None
        self._titles_since: dict[str, datetime] = {}
        self._entries: dict[int, dict[int, LogEntry]] = {}

    def read(
        self, needs: Mapping[int, datetime], pages: Mapping[int, PageInfo]
    ) -> None:
        """Read the log of the pages in `needs`, each from its time on (aware).

        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        if not needs:
            return
        since = max(min(needs.values()), self._horizon)
        if self._whole_since is None or since < self._whole_since:
            self._whole_since = since
            self._add(self._wiki.log("patrol", since=since))
        for page, time in sorted(needs.items()):
            title = pages[page].title
            if time < self._titles_since.get(title, self._horizon):
                self._titles_since[title] = time
                self._add(self._wiki.log("patrol", since=time, title=title))

    def patrols(self, revision: int, since: datetime) -> Iterator[Patrol]:
        """The patrols of a revision that were read, from an aware time on."""
        for _, entry in sorted(self._entries.get(revision, {}).items()):
            if entry.timestamp >= since:
                yield Patrol(revision, entry.user, entry.timestamp)

    def newest(self, revisions: Iterable[int], since: datetime) -> int:
        """The id of the newest entry on any of the revisions; 0 without one."""
        return max(
            (
                number
                for revision in revisions
                for number, entry in self._entries.get(revision, {}).items()
                if entry.timestamp >= since
            ),
            default=0,
        )

    def pages(
        self, needs: Mapping[int, datetime], counted: Collection[int]
    ) -> frozenset[int]:
        """Those pages of `needs` with patrols from their time on that are new.

        `counted` are revisions whose patrols are not. Raises `WikiUnavailableError`
        when the wiki does not answer.
        """
        since = min(needs.values(), default=None)
        new = [
            revision
            for revision in sorted(self._entries)
            if since and revision not in counted and self.newest([revision], since)
        ]
        rows = self._wiki.revisions(new, text=False) if new else {}
        return frozenset(
            row.page_id
            for revision, row in rows.items()
            if row.page_id in needs and self.newest([revision], needs[row.page_id])
        )

    def _add(self, log: Iterable[LogEntry]) -> None:
        """Take in entries, but for automatic ones."""
        for entry in log:
            if not entry.params.get("auto"):
                revision = int(str(entry.params["curid"]))
                self._entries.setdefault(revision, {})[entry.id] = entry


def waiting_since(entry: LedgerEntry, policy: Policy) -> datetime | None:
    """The time from which patrols matter to a page without news; None if they do not.

    The pending text may be of another kind than the published one, whose kind the entry
    has, so they matter if they do to any kind.
    """
    rests_on_patrols = "patrol" in (policy.post, policy.event)
    return entry.status.pending_since if rests_on_patrols else None


def pending_since(case: Case, policy: Policy) -> datetime | None:
    """The time from which patrols matter to a case; None if they do not.

    That is since it waits, however much of the log earlier syncs have read: they read
    nothing for the page while it was of another kind, or elsewhere.
    """
    if not _rests_on_patrols(case, policy):
        return None
    times = [revision.timestamp for revision in case.unread[:1]]
    if case.entry and case.entry.status.pending_since:
        times.append(case.entry.status.pending_since)
    return min(times, default=None)


def unread_wait(case: Case, entry: LedgerEntry, policy: Policy) -> datetime | None:
    """The time since which a case waits by its new entry, if patrols were not read.

    None if they were, or do not matter. A wait turns out to be longer when a verdict
    rejects what was accepted, or the page comes back.
    """
    since = entry.status.pending_since
    if since is None or not _rests_on_patrols(case, policy):
        return None
    is_read = case.patrols_since is not None and case.patrols_since <= since
    return None if is_read else since


def _rests_on_patrols(case: Case, policy: Policy) -> bool:
    return not case.ended and policy.of(case.kind) == "patrol"


def read_patrols(
    log: PatrolLog, cases: Mapping[int, Case], needs: Mapping[int, datetime]
) -> None:
    """Give cases their patrols from the times in `needs` on, which are by page id.

    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    log.read(needs, {page: case.info for page, case in cases.items() if case.info})
    for page, since in needs.items():
        case = cases[page]
        numbers = [revision.id for revision in case.revisions]
        case.patrols_since = since
        case.patrols = tuple(
            patrol for number in numbers for patrol in log.patrols(number, since)
        )
        case.log = log.newest(numbers, since)
