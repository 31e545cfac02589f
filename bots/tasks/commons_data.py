"""The task that keeps tables of events and posts on Commons, for lists on any wiki.

Each save has all pages parsed again that show a list, on every wiki. So a table is
written at most once an hour, unless something is taken back, and only if it changed.
Copies tell what stands there; Commons is asked on the first run of a UTC day and when
an edit did not come through.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Self
from urllib.parse import urlsplit

from bots.data_writer import DataPages, value_of
from bots.job import Job
from bots.outbox import Outbox
from bots.report import Did, PageReport, Report
from space.data_pages.commons_lists import BASE, FACTS, TEXTS, CommonsLists
from space.data_pages.tabular import faults
from space.data_pages.withdrawals import takes_back
from space.errors import WikiUnavailableError
from space.publication.registered import is_reviewed
from space.settings.topics import Topics
from space.store.keys import COMMONS_TABLES, REDACTED, TOPICS

SUMMARY = "bots-summary-commons-data"
INTERVAL = timedelta(hours=1)
"""The least time between two edits of a table, but for what is taken back."""

_LICENCES = {"cc0": FACTS, "cc-by-sa": TEXTS}
_KEPT = frozenset({Did.WRITTEN, Did.UNCHANGED, Did.WAITS})


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of tables on Commons without asking.

    `looked` is the UTC day on which they were last compared, None where that is to be
    done; `written` has when the bot wrote a table, by title, aware.
    """

    looked: date | None = None
    written: Mapping[str, datetime] = field(default_factory=dict)

    @classmethod
    def read(cls, job: Job) -> Self:
        """The memory of the store; an empty one before the first run."""
        value = job.store.value(COMMONS_TABLES) or {}
        written = value.get("written", {}).items()
        return cls(
            date.fromisoformat(value["looked"]) if value.get("looked") else None,
            {title: datetime.fromisoformat(time) for title, time in written},
        )

    def keep(self, job: Job) -> None:
        """Store it."""
        job.store.set_value(
            COMMONS_TABLES,
            {
                "looked": self.looked.isoformat() if self.looked else None,
                "written": {t: time.isoformat() for t, time in self.written.items()},
            },
        )

    def may_write(self, title: str, now: datetime, redacted: datetime | None) -> bool:
        """Whether a table was not written within the interval, as far as is known.

        `redacted` is when something was last taken out that the wiki hides: no table of
        before that waits.
        """
        last = self.written.get(title)
        if last is None or now >= last + INTERVAL:
            return True
        return redacted is not None and last <= redacted


def run(job: Job) -> Report:
    """Bring the tables on Commons up to date, where the settings name a place."""
    base = job.settings.data_pages
    if not base:
        return Report()
    if not BASE.fullmatch(base):
        return Report(problems=(f"{base}: not the beginning of titles of tables",))
    return job.seldom("commons_data", lambda: _write(job, base))


def _write(job: Job, base: str) -> Report:
    lists = CommonsLists(
        base=base,
        licence=_LICENCES[job.settings.data_licence],
        catalogue=job.translator.catalogue,
        urls=job.store.addresses,
        root=job.config.root,
    )
    pages = _tables(job, lists)
    problems = tuple(
        f"{name}: {fault}" for name in pages for fault in faults(name, pages[name])
    )
    if problems:
        return Report(problems=problems)
    memory = Memory.read(job)
    is_known = memory.looked == job.today and not job.options.full
    changed = dict(_changed(job, lists, pages)) if is_known else pages
    redacted = job.store.value(REDACTED)
    if not any(
        urgent or memory.may_write(title, job.now, redacted)
        for title, urgent in changed.items()
    ):
        return Report(tuple(_unwritten(pages, changed)))
    data = DataPages(pages, (lists.family(),), lists.empty(), SUMMARY, part=is_known)
    return _on_commons(job, data, memory)


def _tables(job: Job, lists: CommonsLists) -> dict[str, Any]:
    """Every table by title; the one that names the others last, as it leads to them."""
    rows = job.store.events.with_dropped(None, None)
    # There is neither a mark nor a column for an event without a page.
    events = ((row, row.publication) for row in rows)
    reviewed = (row for row, event in events if is_reviewed(event) and event.page_title)
    tables = {
        **lists.event_tables(reviewed),
        **lists.post_tables(job.store.posts.all_versions()),
    }
    topics = job.store.value(TOPICS) or Topics.of()
    return {
        **tables,
        **lists.labels(topics),
        **lists.contents(tables, job.settings),
    }


def _changed(
    job: Job, lists: CommonsLists, pages: Mapping[str, Any]
) -> Iterator[tuple[str, bool]]:
    """Titles of tables that differ from their copies, and whether that is urgent."""
    leftovers = set(job.sources.stored_of(lists.family())) - pages.keys()
    wanted = {**dict.fromkeys(leftovers, lists.empty()), **pages}
    copies = job.sources.stored(wanted)
    for title, value in wanted.items():
        copy = copies.get(title)
        old = value_of(copy, job.account) if copy else None
        if old != value:
            yield title, old is not None and takes_back(old, value)


def _unwritten(
    pages: Mapping[str, Any], changed: Mapping[str, Any]
) -> Iterator[PageReport]:
    """The reports of tables without an edit: they are as they should be, or wait."""
    for title in dict.fromkeys(chain(pages, changed)):
        yield PageReport(title, Did.WAITS if title in changed else Did.UNCHANGED)


def _on_commons(job: Job, data: DataPages, memory: Memory) -> Report:
    """Write on Commons; trouble there is a report, and has it looked at anew.

    So has a run that ends on the way: what it saved is not known here.
    """
    outbox = Outbox(written=dict(memory.written))
    job.update(lambda: replace(memory, looked=None).keep(job))
    try:
        report = job.write_on_commons(data, INTERVAL, outbox)
    except WikiUnavailableError as error:
        host = urlsplit(job.config.commons_url).netloc
        report = Report.of_trouble(f"{job.task}, {host}", error)
    is_sound = report.pages and all(page.did in _KEPT for page in report.pages)
    looked = job.today if is_sound and not report.stopped else None
    known = {
        title: outbox.written[title] for title in data.pages if title in outbox.written
    }
    job.update(lambda: replace(memory, looked=looked, written=known).keep(job))
    return report
