"""All that runs again and again: sync, then everything that follows from it."""

from dataclasses import replace

from bots.job import Job
from bots.report import Report
from bots.tasks import (
    atom_feed,
    blog_index,
    calendar,
    ics_feed,
    map_data,
    reminders,
    review_queue,
    sync,
    talk_index,
)

TASKS = {
    "sync": sync.run,
    "blog_index": blog_index.run,
    "calendar": calendar.run,
    "ics_feed": ics_feed.run,
    "map_data": map_data.run,
    "atom_feed": atom_feed.run,
    "talk_index": talk_index.run,
    "review_queue": review_queue.run,
    "reminders": reminders.run,
}
"""In order. Deploying is not among them: that is for when templates changed."""


def run(job: Job) -> Report:
    """Run the tasks, each on its own: what holds one up keeps no other back.

    Only where the wiki itself is in the way of all it ends early: after two tasks in a
    row that were held up, or one while the store has nothing for the next.
    """
    total, before = Report(), False
    for name, task in TASKS.items():
        report = replace(job, task=name, of_run=True).perform(task)
        total += report
        if job.terminated.is_set():
            break
        if report.held_up and (before or not job.store.ready()):
            break
        before = report.held_up
    return total
