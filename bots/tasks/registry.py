"""The task that reads which events are registered elsewhere, once a night.

It knows what it wrote before from its pages, reads again what may have changed, and
looks for what is new. After each hundred numbers it writes, so that a long first run
may be ended and goes on where it was; other tasks may run meanwhile.
"""

from collections.abc import Iterable, Mapping

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.errors import WikiUnavailableError
from space.settings.onwiki import REGISTRY_OFF
from space.sources.campaign_events import CampaignEvents
from space.sources.entry import Entry
from space.sources.entry_pages import EMPTY, entry_page_title, entry_pages
from space.sources.source import SourceMissingError
from space.sync.registered import read_known

SUMMARY = "bots-summary-registry"
OFF = "the settings say that registered events are not shown"


def run(job: Job) -> Report:
    """Bring `User:<bot>/Space/Registry/…` to what is registered."""
    if job.settings.registry == REGISTRY_OFF:
        return Report(remarks=(OFF,))
    blocked = job.rules.registrations.hidden_people
    source = CampaignEvents(job.wiki.site().database, blocked)
    entries = dict(read_known(job.wiki, job.sources, job.account))
    report, block = Report(), ""
    try:
        news = source.news(dict(entries), job.ask_source, job.now)
        for entry in job.until_stopped(news):
            title = entry_page_title(job.account, entry.id)
            if block not in {"", title}:
                report += _write(job, entries.values())
            block = title
            entries[entry.id] = entry
    except WikiUnavailableError as error:
        report += Report.of_trouble(job.task, error)
    except SourceMissingError as error:
        report += Report(problems=(str(error),))
    return report + _write(job, entries.values()) + Report(remarks=(_sum(entries),))


def _write(job: Job, entries: Iterable[Entry]) -> Report:
    """Write the pages of these entries that differ, also where others changed them."""
    pages = entry_pages(job.account, entries)
    data = DataPages(pages, (), EMPTY, SUMMARY, part=True)
    with job.lease():
        return job.write(data) + job.work_off({job.task: job})


def _sum(entries: Mapping[int, Entry]) -> str:
    listed = sum(entry.is_listed for entry in entries.values())
    return f"{listed} registered events are known, up to {max(entries, default=0)}"
