"""The task that reads which events are announced elsewhere, once a night.

It knows what it wrote before from its pages, reads again what may have changed, and
looks for what is new. After each hundred numbers it writes, so that a long first run
may be ended and goes on where it was; other tasks may run meanwhile. What keeps one
source from being read keeps no other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.errors import WikiUnavailableError
from space.serialize import from_json, to_json
from space.settings.onwiki import REGISTRY_OFF
from space.settings.ruling_pages import TOPICS
from space.settings.topics import Topics
from space.sources.campaign_events import CampaignEvents
from space.sources.entry import Entry
from space.sources.entry_pages import (
    BLOCK,
    EMPTY,
    entry_page_title,
    entry_pages,
    given_page,
    given_page_title,
)
from space.sources.forgetting import remembered
from space.sources.ics_calendar import NUMBERS, CalendarState, IcsCalendar
from space.sources.source import (
    Remark,
    Source,
    SourceMissingError,
    SourceUnreadableError,
)
from space.store.keys import CALENDARS
from space.sync.registered import read_highest_given, read_known, read_lost

SUMMARY = "bots-summary-registry"
OFF = "the settings say that registered events are not shown"


def _campaign_events(job: Job) -> Iterator[Source]:
    """The registrations of the wiki itself."""
    blocked = job.rules.registrations.hidden_people
    lost = read_lost(job.wiki, job.account)
    yield CampaignEvents(job.wiki.site().database, job.ask_source, blocked, lost)


def _calendars(job: Job) -> Iterator[Source]:
    """The public calendars that the settings page names."""
    topics = Topics.of(job.ruling.text(TOPICS))
    given = read_highest_given(job.wiki, job.sources, job.account)
    host = job.store.addresses.host
    for source in job.settings.calendars:
        yield IcsCalendar(source, job.fetch_calendar, _Memory(job), topics, host, given)


SOURCES: tuple[Callable[[Job], Iterable[Source]], ...] = (_campaign_events, _calendars)
"""All sources, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the store has of how calendars were read."""

    job: Job

    def state(self, name: str) -> CalendarState:
        stored = self.job.store.value(CALENDARS) or {}
        return from_json(CalendarState, stored.get(name) or {})

    def remember(self, name: str, state: CalendarState) -> None:
        stored = self.job.store.value(CALENDARS) or {}
        named = {source.name for source in self.job.settings.calendars}
        kept = {each: stored[each] for each in stored if each in named}
        value = {**kept, name: to_json(state)}
        self.job.update(lambda: self.job.store.set_value(CALENDARS, value))


def run(job: Job) -> Report:
    """Bring `User:<bot>/Space/Registry/…` to what is announced elsewhere."""
    if job.settings.registry == REGISTRY_OFF:
        return Report(remarks=(OFF,))
    entries = dict(read_known(job.wiki, job.sources, job.account))
    report = Report()
    for sources in SOURCES:
        for source in sources(job):
            report += _read(job, source, entries)
    _forsake(job, entries)
    _withhold(job, entries)
    needed = remembered(entries, job.now, job.rules.registrations.numbers)
    is_whole = not (report.troubles or report.problems or job.saver.stop.reason())
    numbers = {*entries, *(_firsts(entries) if is_whole else ())}
    titles = {entry_page_title(job.account, number) for number in sorted(numbers)}
    report += _write(job, needed, titles)
    return report + Report(remarks=(_sum(needed),))


def _read(job: Job, source: Source, entries: dict[int, Entry]) -> Report:
    """Put what is new of a source among the entries, and write it in portions."""
    known = {n: entry for n, entry in entries.items() if n in source.numbers}
    report, block = Report(), ""
    try:
        for entry in job.until_stopped(source.news(known, job.now)):
            if isinstance(entry, Remark):
                report += Report(remarks=(entry.text,))
                continue
            title = entry_page_title(job.account, entry.id)
            if block not in {"", title}:
                report += _write(job, entries)
            block = title
            entries[entry.id] = entry
    except WikiUnavailableError as error:
        report += Report.of_trouble(job.task, error)
    except SourceMissingError as error:
        report += Report(problems=(str(error),))
    except SourceUnreadableError as error:
        report += Report(remarks=(f"not read: {error}",))
    return report


def _firsts(entries: Iterable[int]) -> range:
    """The first numbers of all pages of registrations up to the last one.

    Those whose ids are all missing are written, too, so that one which is not there was
    deleted.
    """
    last = max((number for number in entries if number not in NUMBERS), default=0)
    return range(0, last, BLOCK)


def _forsake(job: Job, entries: dict[int, Entry]) -> None:
    """Withdraw the events of calendars that the settings name no longer."""
    named = {source.name for source in job.settings.calendars}
    for number, entry in entries.items():
        if entry.calendar and entry.calendar not in named:
            entries[number] = entry.gone(job.now)


def _withhold(job: Job, entries: dict[int, Entry]) -> None:
    """Note from when on reviewers hide events, or hide them no longer."""
    hides = job.rules.registrations.hides
    for number, entry in entries.items():
        entries[number] = entry.withhold(job.now, is_hidden=hides(entry))


def _write(
    job: Job, entries: Mapping[int, Entry], titles: Iterable[str] = ()
) -> Report:
    """Write the pages of these entries that differ, also where others changed them.

    Those of `titles` without an entry have none any more.
    """
    account = job.account
    pages = {
        **dict.fromkeys(titles, EMPTY),
        **entry_pages(account, entries.values()),
    }
    given = read_highest_given(job.wiki, job.sources, account)
    highest = max((number for number in entries if number in NUMBERS), default=0)
    if number := max(given, highest):
        pages = {given_page_title(account): given_page(number), **pages}
    data = DataPages(pages, (), EMPTY, SUMMARY, part=True)
    with job.lease():
        return job.write(data) + job.work_off({job.task: job})


def _sum(entries: Mapping[int, Entry]) -> str:
    listed = [entry for entry in entries.values() if entry.is_listed]
    calendars = sum(bool(entry.calendar) for entry in listed)
    return (
        f"{len(listed) - calendars} registered events and {calendars} of calendars"
        " are known"
    )
