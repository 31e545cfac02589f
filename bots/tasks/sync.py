"""The task that reads changes of the wiki into the ledger and the store."""

from collections.abc import Collection, Iterator

from bots.job import Job
from bots.report import Did, PageReport, Report
from bots.saving import page_report
from space.schema.problems import Problem
from space.settings.onwiki import settings_title
from space.sync import Decided, SyncReport, sync, sync_part


def run(job: Job) -> Report:
    """Sync, with `--full` comparing every page, and report pages that changed.

    Raises `DamagedDatabaseError` also for what only readers would meet.
    """
    job.store.look_for_damage()
    done = sync(
        job.wiki,
        job.store,
        job.rules,
        now=job.now,
        save=None if job.dry_run else job.save,
        summary=job.translator.text("bots-summary-sync"),
        taken_away=job.taken_away,
        session=job.state.session,
        full=job.options.full,
        sources=job.sources,
        ruling=job.ruling,
    )
    scope = "all pages compared" if done.full else "recent changes read"
    return _report(job, done, scope) + Report(remarks=tuple(_lines(job)))


def run_part(job: Job, titles: Collection[str]) -> Report:
    """Sync the pages of some titles alone; the job's session knows the rest."""
    done = sync_part(
        job.wiki,
        job.store,
        job.rules,
        now=job.now,
        save=job.save,
        titles=titles,
        session=job.state.session,
        ruling=job.ruling,
        summary=job.translator.text("bots-summary-sync"),
        taken_away=job.taken_away,
        sources=job.sources,
    )
    return _report(job, done, "news read")


def _report(job: Job, done: SyncReport, scope: str) -> Report:
    return Report(
        pages=tuple(_ledger(job, done)),
        remarks=tuple(_remarks(done, scope)),
        problems=tuple(_problems(job, done)),
    )


def _ledger(job: Job, done: SyncReport) -> Iterator[PageReport]:
    """The ledger's pages, up to the first for which the wiki said that it blocks us."""
    outcomes = dict(done.outcomes)
    for title in done.ledger:
        if title not in outcomes:
            yield PageReport(title, Did.WOULD_WRITE)
            continue
        report = page_report(title, outcomes[title], job.translator)
        yield report
        if report.did is Did.BLOCKED:
            return


def _remarks(done: SyncReport, scope: str) -> Iterator[str]:
    for decided in done.decided:
        if decided.before is not decided.entry.status.state:
            yield _became(decided)
    yield (
        f"{scope}: {len(done.decided)} decided on,"
        f" {done.stored} stored, {done.removed} removed"
    )


def _became(decided: Decided) -> str:
    before = decided.before.value if decided.before else "new"
    name = decided.title or f"page {decided.page}"
    return f"{name}: {before} → {decided.entry.status.state.value}"


def _problems(job: Job, done: SyncReport) -> Iterator[str]:
    for page in done.failed:
        yield f"page {page}: could not be decided on; the log says why"
    settings = [(settings_title(job.config.root), p) for p in job.settings.problems]
    ruling = [
        (p.page_title, problem) for p in done.ruling_problems for problem in p.problems
    ]
    for title, problem in (*ruling, *settings, *done.ledger_problems):
        yield _told(job, title, problem)


def _lines(job: Job) -> Iterator[str]:
    """What those who edit lists of ours have to correct, which holds up nobody."""
    settings = settings_title(job.config.root)
    for page in job.store.ruling_lines():
        if page.page_title != settings:
            yield from (_told(job, page.page_title, each) for each in page.problems)


def _told(job: Job, title: str, problem: Problem) -> str:
    """A problem of a page in words, with where it is on the page."""
    text = job.translator.text(problem.message_key, *problem.params)
    line = f", line {problem.line}" if problem.line else ""
    field = f"{problem.field.replace('_', ' ')}: " if problem.field else ""
    return f"{title}{line}: {field}{text}"
