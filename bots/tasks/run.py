"""The task of the regular run: sync, then every task that follows from it."""

from bots.job import Job, Task
from bots.report import Report
from bots.tasks import (
    atom_feed,
    blog_index,
    calendar,
    categories,
    ics_feed,
    map_data,
    reminders,
    review_queue,
    sync,
    talk_index,
)

TASKS = {
    "sync": Task(sync.run, needs_sync=False),
    "blog_index": Task(blog_index.run),
    "calendar": Task(calendar.run),
    "ics_feed": Task(ics_feed.run),
    "map_data": Task(map_data.run),
    "atom_feed": Task(atom_feed.run),
    "talk_index": Task(talk_index.run),
    "review_queue": Task(review_queue.run),
    "reminders": Task(reminders.run),
    "categories": Task(categories.run),
}
"""In order. Deploying is not among them: that is for when templates changed."""


def run(job: Job) -> Report:
    """Run the tasks one after the other; a task that is held up keeps no other back.

    The run ends early only where the whole wiki is in the way: after two tasks in a row
    that were held up, or one while the store was never filled.
    """
    total, before = Report(), False
    for name, task in TASKS.items():
        report = job.part(name).perform(task)
        total += report
        if job.saver.stop.seen:
            break
        if report.held_up and (before or not job.store.ready()):
            break
        before = report.held_up
    return total
