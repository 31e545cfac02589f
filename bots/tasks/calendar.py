"""The task that writes data pages of events, by month."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.pages import event_pages


def run(job: Job) -> Report:
    """Bring `Events.json` and its parts to what is published."""
    return job.write(
        DataPages(
            pages=event_pages(job.folder, job.store.events.between(None, None)),
            folders=(f"{job.folder}/Events",),
            empty={"schema": 1, "events": []},
            summary_key="bots-summary-calendar",
        )
    )
