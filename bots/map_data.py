"""Write the data pages of the map: places of events that are not long over."""

from datetime import UTC

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.map_pages import map_pages
from space.map_places import shown_since


def run(job: Job) -> Report:
    """Bring `Map.json` to the events that are shown on a UTC day."""
    today = job.now.astimezone(UTC).date()
    return job.write(
        lambda: DataPages(
            pages=map_pages(
                job.folder,
                job.store.events_between(shown_since(today), None),
                today,
            ),
            folders=(f"{job.folder}/Map",),
            empty={"schema": 1, "places": []},
            summary_key="bots-summary-map-data",
        )
    )
