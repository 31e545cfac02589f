"""The task that writes data pages of events: by month, and of the dates of series."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.pages import (
    BLOCK_NAMES,
    EVENT_NAMES,
    date_pages,
    event_pages,
)
from space.wiki.values import Subpages


def run(job: Job) -> Report:
    """Bring `Events.json`, its parts and `Dates/…` to what is published."""
    rows = list(job.store.events.with_dropped(None, None))
    pages = event_pages(job.folder, rows)
    return job.write(
        DataPages(
            pages={**pages, **date_pages(job.folder, rows, job.today)},
            families=(
                Subpages(f"{job.folder}/Events", EVENT_NAMES),
                Subpages(f"{job.folder}/Dates", BLOCK_NAMES),
            ),
            empty={"schema": 1, "events": []},
            summary_key="bots-summary-calendar",
        )
    )
