"""The task that writes data pages of events, by month."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.pages import EVENT_NAMES, event_pages
from space.wiki.values import Subpages


def run(job: Job) -> Report:
    """Bring `Events.json` and its parts to what is published."""
    return job.write(
        DataPages(
            pages=event_pages(job.folder, job.store.events.between(None, None)),
            families=(Subpages(f"{job.folder}/Events", EVENT_NAMES),),
            empty={"schema": 1, "events": []},
            summary_key="bots-summary-calendar",
        )
    )
