"""Write the data pages of posts: by year of publication, and what is beside each."""

from datetime import UTC, datetime, time

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages import beside_pages, post_pages


def run(job: Job) -> Report:
    """Bring `Posts.json`, its parts and `Beside/…` to what is published."""
    return job.write(lambda: _wanted(job))


def _wanted(job: Job) -> DataPages:
    posts = list(job.store.blog.everything())
    today = job.now.astimezone(UTC).date()
    coming = job.store.events_between(datetime.combine(today, time(), UTC), None)
    pages = post_pages(job.folder, posts)
    return DataPages(
        pages={**pages, **beside_pages(job.folder, posts, coming, today)},
        folders=(f"{job.folder}/Posts", f"{job.folder}/Beside"),
        empty={"schema": 1, "posts": []},
        summary_key="bots-summary-blog-index",
    )
