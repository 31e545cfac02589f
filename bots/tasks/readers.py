"""The task that counts how often posts are viewed in their first days, once a night.

It asks once for each post that is due, and a limited number of them: the next run goes
on. What it knows stands on its own pages alone, so a run that was killed before it
wrote asks again, and one with nothing due asks nobody.
"""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.pages import title_of
from space.data_pages.readers import EMPTY, read_counts, readers_family, readers_pages
from space.errors import WikiUnavailableError
from space.publication.readership import Readership, due_counts
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
    counts = _read_known(job)
    due = due_counts(posts, counts, job.today)
    problems: list[str] = []
    report = Report()
    try:
        for each in job.until_stopped(due[:MOST]):
            try:
                views = read_views(job.ask_views(views_path(_host(job), each)))
            except PageviewsError as error:
                problems.append(f"views of {each.post.page_title}: {error}")
                if len(problems) == MOST_FAILURES:
                    break
            else:
                found = each.counted(views, job.today)
                if found != each.known:
                    counts[found.id] = found
    except WikiUnavailableError as error:
        report += Report.of_trouble(job.task, error)
    if not (counts or job.sources.stored([title_of(job.folder, "Readers", 1)])):
        return report + Report(problems=tuple(problems))  # there is nothing to say
    data = DataPages(
        readers_pages(job.folder, posts, counts),
        (readers_family(job.folder),),
        EMPTY,
        SUMMARY,
        part=True,  # the pages were read just now
    )
    with job.lease():
        report += job.write(data) + job.work_off({job.task: job})
    return report + Report(problems=tuple(problems))


def _host(job: Job) -> str:
    return job.store.addresses.host


def _read_known(job: Job) -> dict[int, Readership]:
    """The counts on the bot's own pages, by page id."""
    family = readers_family(job.folder)
    copies = job.sources.read([title_of(job.folder, "Readers", 1)], [family])
    return {
        count.id: count
        for title, copy in copies.items()
        if title in family
        for count in read_counts(own_text(job.wiki, copy, job.account) or "")
    }
