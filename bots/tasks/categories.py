"""The task that gives pages to categories of posts and events, so that none is red."""

from bots.job import Job
from bots.report import PageReport, Report
from bots.saving import over_pages, page_report
from space.publication.categories import Category, read_category
from space.wiki.values import Edit

MOST = 20
"""Pages that one run makes; the next run goes on."""


def run(job: Job) -> Report:
    """Make each category once: not where others made a page or one was deleted."""
    prefix = f"{job.config.root} "
    wanted: list[tuple[str, Category]] = []
    for title in job.wiki.wanted_categories(prefix):
        category = read_category(title.partition(":")[2].removeprefix(prefix))
        if category and not _was_deleted(job, title):
            wanted.append((title, category))
        if len(wanted) == MOST:
            break
    return over_pages(wanted, lambda each: _make(job, *each), job.saver.stop)


def _was_deleted(job: Job, title: str) -> bool:
    return any(
        entry.action == "delete" for entry in job.wiki.log("delete", title=title)
    )


def _make(job: Job, title: str, category: Category) -> PageReport:
    edit = Edit(
        title=title,
        text=category.call,
        summary=job.translator.text("bots-summary-categories"),
        bot=True,
    )
    return page_report(title, job.save(edit), job.translator, category.call)
