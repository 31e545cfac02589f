"""The task that reads changed talk pages and writes data pages of discussions."""

from collections.abc import Collection

from bots.data_writer import DataPages, Remembering
from bots.job import Changed, Job
from bots.report import Report
from space.data_pages.discussions import BLOCK, THREADS, talk_data_pages
from space.data_pages.pages import BLOCK_NAMES
from space.data_pages.patches import patch_blocks
from space.publication.discussion import ThreadRow
from space.publication.discussion_filters import STATES, TalkFilter
from space.publication.publication import Publication
from space.sync.subjects import subject_of
from space.sync.talk_pages import TalkReport, update_talk, update_talk_part
from space.wiki.values import Subpages

EMPTY = {"schema": 1, "pages": {}}
SUMMARY = "bots-summary-talk-index"


def run(job: Job) -> Report:
    """Bring the store's threads, `Talk.json` and its blocks up to date.

    A dry run reads no talk page; it shows pages that differ from the store as it is.
    """
    changed = job.changed
    before = _about(job, changed) if changed else frozenset()
    report = job.update(lambda: _read(job)) or Report()
    if changed is None:
        return report + job.write(_all_pages(job))
    about = before.union(_about(job, changed))
    return report + job.write(_part(job, about))


def _read(job: Job) -> Report:
    changed = job.changed
    done = _read_all(job) if changed is None else _read_part(job, changed)
    scope = "all talk pages compared" if done.full else "recent changes read"
    return Report(
        remarks=(f"{scope}: {len(done.read)} read, {done.removed} removed",),
        problems=tuple(
            f"{title}: could not be read; the log says why" for title in done.failed
        ),
    )


def _read_all(job: Job) -> TalkReport:
    return update_talk(
        job.wiki,
        job.store,
        root=job.config.root,
        now=job.now,
        sources=job.sources,
        full=job.options.full,
    )


def _read_part(job: Job, changed: Changed) -> TalkReport:
    return update_talk_part(
        job.wiki,
        job.store,
        root=job.config.root,
        titles=changed.titles,
        pages=changed.pages,
        sources=job.sources,
    )


def _all_pages(job: Job) -> DataPages:
    talked = job.store.discussions.talked()
    pages = talk_data_pages(job.folder, *_threads(job), talked)
    names = Subpages(f"{job.folder}/Talk", BLOCK_NAMES)
    return DataPages(pages, (names,), EMPTY, SUMMARY)


def _part(job: Job, about: Collection[int]) -> DataPages:
    """The list of threads, and the numbers of comments of some pages."""
    talked = job.store.discussions.talked(about)
    pages = dict(talk_data_pages(job.folder, *_threads(job), talked))
    threads = f"{job.folder}/Talk.json"
    lists = {threads: pages.pop(threads)}
    blocks: dict[str, set[int]] = {}
    for page in sorted(about):
        blocks.setdefault(f"{job.folder}/Talk/{page // BLOCK}.json", set()).add(page)
    written = Remembering(job.written)
    made = {**patch_blocks(written, EMPTY, blocks, pages), **lists}
    return DataPages(made, (), EMPTY, SUMMARY, part=True, stood=written.values)


def _threads(job: Job) -> tuple[list[ThreadRow], dict[int, Publication]]:
    """The threads of lists, and the pages that they are about."""
    threads = [
        thread
        for state in STATES
        for thread in job.store.discussions.threads(
            TalkFilter(state=state), now=job.now, limit=THREADS
        )
    ]
    about = job.store.records.of({thread.page_id for thread in threads})
    return threads, {
        page: record.publication for page, record in about.items() if record.publication
    }


def _about(job: Job, changed: Changed) -> frozenset[int]:
    """Ids of changed pages, and of those that changed talk pages are about."""
    rows = job.store.discussions.pages_of((), changed.titles)
    site = job.wiki.site()
    subjects = {subject_of(site, title) for title in changed.titles}
    return frozenset(
        (
            *changed.pages,
            *(row.page_id for row in rows.values()),
            *job.store.records.of(page_titles=subjects),
        )
    )
