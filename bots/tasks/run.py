"""The task of the regular run: sync, then every task that follows from it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from bots.job import Changed, Job, Task
from bots.report import Report
from bots.tasks import (
    alerts,
    atom_feed,
    blog_index,
    calendar,
    categories,
    commons_data,
    digest,
    ics_feed,
    map_data,
    notify,
    reminders,
    review_queue,
    sync,
    talk_index,
)
from space.sync.write_queue import Turn

DATA_TASKS = {
    "blog_index": Task(blog_index.run),
    "calendar": Task(calendar.run),
    "map_data": Task(map_data.run),
    "commons_data": Task(commons_data.run),
    "talk_index": Task(talk_index.run),
    "review_queue": Task(review_queue.run),
}
"""Tasks that say what data pages are to be; then all of these are written together."""

FEED_TASKS = {
    "ics_feed": Task(ics_feed.run),
    "atom_feed": Task(atom_feed.run),
}
"""Tasks that complete feeds."""

TASKS = {
    "sync": Task(sync.run, needs_sync=False),
    **DATA_TASKS,
    **FEED_TASKS,
    "reminders": Task(reminders.run),
    "notify": Task(notify.run),
    "categories": Task(categories.run),
    "digest": Task(digest.run),
    "alerts": Task(alerts.run, needs_sync=False),
}
"""In order. Deploying is not among them: that is for when templates changed."""


def run(job: Job, most: int | None = None) -> Report:
    """Run the tasks one after the other; a task that is held up keeps no other back.

    Of data pages that may wait at most so many are written, all when `most` is None.
    The run ends early only where the whole wiki is in the way: after two tasks in a row
    that were held up, or one while the store was never filled.
    """
    parts = parts_of(job)
    total, before = Report(), False
    for name, task in TASKS.items():
        report = parts[name].perform(task)
        if name == list(DATA_TASKS)[-1]:
            report += job.work_off(parts, most=most)
        total += report
        if job.saver.stop.seen:
            break
        if report.held_up and (before or not job.store.ready()):
            break
        before = report.held_up
    return total


def read_news(job: Job, titles: Collection[str]) -> Report:
    """Sync the pages of some titles alone, and write what has to go."""
    taken_away = partial(_retract_part, job, titles)
    part = replace(parts_of(job)["sync"], taken_away=taken_away)
    task = Task(partial(sync.run_part, titles=titles), needs_sync=False)
    return part.perform(task)


def _retract_part(job: Job, titles: Collection[str]) -> None:
    changed = Changed(frozenset(titles), job.store.touched, retracts=True)
    retract(job, parts_of(replace(job, changed=changed)))


def make_pages(job: Job, titles: Collection[str], touched: Collection[int]) -> Report:
    """Make data pages after news of some titles; `touched` are ids of pages."""
    changed = Changed(frozenset(titles), frozenset(touched))
    parts = parts_of(replace(job, changed=changed))
    return offer(parts, DATA_TASKS) + offer(parts, FEED_TASKS)


def parts_of(job: Job) -> Mapping[str, Job]:
    """The jobs of the tasks of a run, which leave their data pages to be written."""
    parts = job.parts(TASKS)
    taken_away = partial(retract, job, parts)
    return {**parts, "sync": replace(parts["sync"], taken_away=taken_away)}


def retract(job: Job, parts: Mapping[str, Job]) -> None:
    """Write the data pages that show what is not in the store any more."""
    if job.store.ready():
        offer(parts, DATA_TASKS)
        job.work_off(parts, Turn.RETRACTION)


def offer(parts: Mapping[str, Job], tasks: Iterable[str]) -> Report:
    """Have tasks say what their data pages are to be."""
    return sum((parts[name].perform(TASKS[name]) for name in tasks), Report())
