"""The task that writes data pages of the review queue, and of the last sync."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.last_read import last_read_page
from space.data_pages.pages import PART_NAMES
from space.data_pages.queue import queue_pages
from space.data_pages.statistics import figures_pages
from space.sources.lookalikes import pairs_told
from space.wiki.values import Subpages


def run(job: Job) -> Report:
    """Bring `Queue.json` with its parts, `Figures.json` and `Read.json` up to date."""
    return job.write(
        DataPages(
            pages={
                **queue_pages(
                    job.folder,
                    job.store.queue.rows(),
                    job.today,
                    job.settings.promised_days,
                    pairs_told(job.store.records.registered_with_problems()),
                ),
                **figures_pages(job.folder, job.store.statistics.months()),
                **last_read_page(job.folder, job.store.checkpoint),
            },
            families=(Subpages(f"{job.folder}/Queue", PART_NAMES),),
            empty={"schema": 1, "rows": []},
            summary_key="bots-summary-review-queue",
            part=job.changed is not None,
        )
    )
