"""The task that writes data pages of the map: places of events that are not long over.

Where the settings name a page of map data, it is written on Commons, too. The
unfiltered map feed is built in advance.
"""

from datetime import date
from urllib.parse import urlsplit

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.commons_map import (
    MapText,
    empty_page,
    faults,
    further_parts,
    map_data_pages,
)
from space.data_pages.map import groups, map_pages
from space.data_pages.pages import PART_NAMES
from space.errors import WikiUnavailableError
from space.publication.occurrence import Occurrence
from space.publication.places import map_cutoff
from space.publication.registered import is_reviewed
from space.wiki.values import Subpages

SUMMARY = "bots-summary-map-data"


def run(job: Job) -> Report:
    """Bring `Map.json`, and map data on Commons, up to date."""
    return job.seldom("map", lambda: _write(job))


def _write(job: Job) -> Report:
    today = job.today
    report = job.write(
        DataPages(
            pages=map_pages(job.folder, _rows(job, today), today),
            families=(Subpages(f"{job.folder}/Map", PART_NAMES),),
            empty={"schema": 1, "places": []},
            summary_key=SUMMARY,
            part=job.changed is not None,
        )
    )
    if report.stopped:
        return report
    job.update(lambda: job.store.prebuild_map(today))
    title = job.settings.map_page
    if not title:
        return report
    return report + _on_commons(job, title, today)


def _rows(job: Job, today: date) -> list[Occurrence]:
    return list(job.store.events.with_dropped(map_cutoff(today), None))


def _on_commons(job: Job, title: str, today: date) -> Report:
    """Write the page on Commons; trouble there is a report, not an exception."""
    try:
        return _write_on_commons(job, title, today)
    except WikiUnavailableError as error:
        host = urlsplit(job.config.commons_url).netloc
        return Report.of_trouble(f"{job.task}, {host}", error)


def _write_on_commons(job: Job, title: str, today: date) -> Report:
    """Write the page on Commons, unless it has faults for which it would be refused."""
    text = MapText(
        job.translator.language,
        job.translator.text("bots-map-page-description"),
        job.translator.text(
            "bots-map-page-sources", job.store.addresses.page(job.config.root)
        ),
    )
    # There a place has no room for saying which of its events were reviewed.
    rows = [row for row in _rows(job, today) if is_reviewed(row.publication)]
    pages = map_data_pages(title, groups(rows, today), text)
    problems = tuple(
        f"{name}: {fault}" for name in pages for fault in faults(name, pages[name])
    )
    if problems:
        return Report(problems=problems)
    return job.write_on_commons(
        DataPages(pages, (further_parts(title),), empty_page(text), SUMMARY)
    )
