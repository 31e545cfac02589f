"""Write the data page of the map: places of events that are not over."""

from datetime import UTC, datetime, time

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages import map_pages


def run(job: Job) -> Report:
    """Bring `Map.json` to the events from today (UTC) on."""
    today = datetime.combine(job.now.astimezone(UTC).date(), time.min, UTC)
    return job.write(
        lambda: DataPages(
            pages=map_pages(job.folder, job.store.events_between(today, None)),
            folders=(f"{job.folder}/Map",),
            empty={"schema": 1, "places": []},
            summary_key="bots-summary-map-data",
        )
    )
