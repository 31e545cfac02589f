"""Write the data pages of posts, by the year of publication."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages import post_pages


def run(job: Job) -> Report:
    """Bring `Posts.json` and its parts to what is published."""
    return job.write(
        lambda: DataPages(
            pages=post_pages(job.folder, job.store.blog.everything()),
            folders=(f"{job.folder}/Posts",),
            empty={"schema": 1, "posts": []},
            summary_key="bots-summary-blog-index",
        )
    )
