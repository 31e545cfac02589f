"""The task that reads changed talk pages and writes data pages of discussions."""

from bots.data_writer import DataPages
from bots.job import Job
from bots.report import Report
from space.data_pages.discussions import THREADS, talk_data_pages
from space.data_pages.pages import BLOCK_NAMES
from space.publication.discussion_filters import STATES, TalkFilter
from space.sync.talk_pages import update_talk
from space.wiki.values import Subpages


def run(job: Job) -> Report:
    """Bring the store's threads, `Talk.json` and its blocks up to date.

    A dry run reads no talk page; it shows pages that differ from the store as it is.
    """
    report = job.update(lambda: _read(job)) or Report()
    return report + job.write(_pages(job))


def _read(job: Job) -> Report:
    done = update_talk(
        job.wiki,
        job.store,
        root=job.config.root,
        now=job.now,
        sources=job.sources,
        full=job.options.full,
    )
    scope = "all talk pages compared" if done.full else "recent changes read"
    return Report(
        remarks=(f"{scope}: {len(done.read)} read, {done.removed} removed",),
        problems=tuple(
            f"{title}: could not be read; the log says why" for title in done.failed
        ),
    )


def _pages(job: Job) -> DataPages:
    talk = job.store.discussions
    threads = [
        thread
        for state in STATES
        for thread in talk.threads(TalkFilter(state=state), now=job.now, limit=THREADS)
    ]
    publications = {
        record.page_id: record.publication
        for record in job.store.records.all()
        if record.publication
    }
    return DataPages(
        pages=talk_data_pages(job.folder, threads, publications, talk.talked()),
        families=(Subpages(f"{job.folder}/Talk", BLOCK_NAMES),),
        empty={"schema": 1, "pages": {}},
        summary_key="bots-summary-talk-index",
    )
