"""The task that counts how often posts are viewed in their first days, once a night.

It asks once for each post that is due, and a limited number of them: the next run goes
on. What it knows stands on its own pages alone, so a run that was killed before it
wrote asks again, and one with nothing due asks nobody.
"""

from collections.abc import Sequence

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.pages import title_of
from space.data_pages.view_counts import (
    EMPTY,
    read_counts,
    readers_family,
    readers_pages,
)
from space.errors import WikiUnavailableError
from space.publication.readership import DueCount, Readership, due_counts
from space.sources.pageviews import PageviewsError, read_views, views_path
from space.sync.ledger import own_text

SUMMARY = "bots-summary-readers"
OFF = "SPACE_PAGEVIEWS_URL is not set, so readers are not counted"
MOST = 100
"""Posts that one run asks for: about two minutes."""
MOST_FAILURES = 5
"""Answers without sense in one run, after which nothing more is asked."""


def run(job: Job) -> Report:
    """Count the views of posts that are due, and bring `Readers.json` up to date."""
    if not job.config.pageviews_url:
        return Report(remarks=(OFF,))
    posts = list(job.store.posts.all_versions())
    before = _read_known(job)
    counts = {count.id: count for known in before.values() for count in known}
    report = _count(job, due_counts(posts, counts, job.today), counts)
    if not (before or counts):
        return report
    emptied = dict.fromkeys(before, EMPTY)
    pages = {**emptied, **readers_pages(job.folder, posts, counts)}
    # Copies tell what stands there: the pages were read just now.
    data = DataPages(pages, (), EMPTY, SUMMARY, part=True)
    with job.lease():
        return report + job.write(data) + job.work_off({job.task: job})


def _read_known(job: Job) -> dict[str, list[Readership]]:
    """The counts on pages of years that the bot wrote, by title."""
    family = readers_family(job.folder)
    copies = job.sources.read([title_of(job.folder, "Readers", 1)], [family])
    texts = {
        title: own_text(job.wiki, copy, job.account)
        for title, copy in copies.items()
        if title in family
    }
    return {title: list(read_counts(text)) for title, text in texts.items() if text}


def _count(job: Job, due: Sequence[DueCount], counts: dict[int, Readership]) -> Report:
    """Ask for the views of posts, and put what they are into `counts`, by page id."""
    problems: list[str] = []
    report = Report()
    try:
        for each in job.until_stopped(due[:MOST]):
            path = views_path(job.store.addresses.host, each)
            try:
                found = each.counted(read_views(job.ask_views(path)), job.today)
            except PageviewsError as error:
                problems.append(f"views of {each.post.page_title}: {error}")
                if len(problems) == MOST_FAILURES:
                    break
            else:
                if found != each.known:
                    counts[found.id] = found
    except WikiUnavailableError as error:
        report = Report.of_trouble(job.task, error)
    return report + Report(problems=tuple(problems))
