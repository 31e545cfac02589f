"""The task that tells the maintainers, on their page, of tasks that keep failing."""

from collections.abc import Collection
from datetime import timedelta

from bots.job import Job
from bots.report import Did, Report
from bots.saving import page_report
from space.review.queue.reminders import add_line, reminder
from space.store.failures import failing, set_told, told
from space.wiki.values import Edit

AT_MOST_EVERY = timedelta(days=1)
"""How often trouble is told of; who fails and recovers in turn floods nobody."""


def run(job: Job) -> Report:
    """Tell once of all tasks that keep failing, and once that they work again.

    Nothing where the settings name no page of the maintainers.
    """
    title = job.settings.maintainers_page
    if not title:
        return Report()
    before, now = told(job.store), job.now
    rows = [row for row in failing(job.store) if row.task not in _SUMS]
    lasting = {row.task for row in rows if row.lasts(now)}
    is_time = before.at is None or now - before.at >= AT_MOST_EVERY
    if lasting - before.tasks and is_time:
        line = job.translator.text("bots-alert", _names(lasting), _status(job))
        return _tell(job, title, line, before.tasks | lasting)
    if before.tasks and not before.tasks & {row.task for row in rows}:
        line = job.translator.text("bots-alert-well", _names(before.tasks))
        return _tell(job, title, line, frozenset())
    return Report()


_SUMS = frozenset({"run", "watch", "alerts"})
"""Tasks whose failures are those of others."""


def _names(tasks: Collection[str]) -> str:
    return ", ".join(f"<code>{task}</code>" for task in sorted(tasks))


def _status(job: Job) -> str:
    return f"{job.config.public_url}/status"


def _tell(job: Job, title: str, said: str, tasks: frozenset[str]) -> Report:
    page = job.wiki.texts([title]).get(title)
    heading = job.translator.text("bots-alert-heading")
    edit = Edit(
        title=title,
        text=add_line(
            page.text or "" if page else "", heading, reminder(job.today, said)
        ),
        summary=job.translator.text("bots-summary-alerts"),
        base=page.id if page else None,
    )
    done = page_report(title, job.save(edit), job.translator, said)
    if done.did is Did.WRITTEN:
        set_told(job.store, tasks, job.now)
    return Report(pages=(done,))
