"""The task that writes data pages of posts: by year, and of what stands beside each."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.pages import (
    BLOCK_NAMES,
    POST_NAMES,
    beside_pages,
    post_pages,
)
from space.dates.moments import utc_midnight
from space.wiki.values import Subpages


def run(job: Job) -> Report:
    """Bring `Posts.json`, its parts and `Beside/…` to what is published."""
    return job.write(_pages(job))


def _pages(job: Job) -> DataPages:
    posts = list(job.store.posts.all_versions())
    coming = job.store.events.between(utc_midnight(job.today), None)
    pages = post_pages(job.folder, posts)
    return DataPages(
        pages={**pages, **beside_pages(job.folder, posts, coming, job.today)},
        families=(
            Subpages(f"{job.folder}/Posts", POST_NAMES),
            Subpages(f"{job.folder}/Beside", BLOCK_NAMES),
        ),
        empty={"schema": 1, "posts": []},
        summary_key="bots-summary-blog-index",
    )
