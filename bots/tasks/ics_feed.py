"""The task that completes the calendar feed's fragments in the store.

The feed is a query that joins fragments, which sync renders. This task renders missing
ones (with `--full`, all), and reports its size.
"""

from collections.abc import Collection

from bots.job import Job
from bots.report import Report
from space.publication.filters import Filter

FORM = "ics"
KIND = "event"


def run(job: Job) -> Report:
    """Render missing fragments; an event that cannot be rendered is a problem."""
    missing = frozenset(_unrendered(job))
    report = job.update(lambda: _render(job, missing))
    return report or Report(remarks=(f"to be rendered: {len(missing)}", _holds(job)))


def _render(job: Job, missing: Collection[int]) -> Report:
    events = _published(job) if job.options.full else missing
    job.store.index_again(events)
    left = _unrendered(job)
    holds = () if job.changed else (_holds(job),)
    return Report(
        remarks=(f"rendered: {len(events)}", *holds),
        problems=tuple(f"page {page}: not in the calendar feed" for page in left),
    )


def _unrendered(job: Job) -> Collection[int]:
    """Ids of events without a text in the feed; after news only of changed ones."""
    among = job.changed.pages if job.changed else None
    return job.store.feeds.unrendered(FORM, KIND, among)


def _published(job: Job) -> Collection[int]:
    """Ids of the pages of published events."""
    records = job.store.records.all(kind=KIND)
    return [record.page_id for record in records if record.publication]


def _holds(job: Job) -> str:
    summary = job.store.feeds.summary(FORM, Filter(KIND), job.today)
    return f"calendar feed: {summary.count} events, {len(summary.zones)} time zones"
