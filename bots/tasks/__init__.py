"""Every task of the bots, by the name that the command takes."""

from collections.abc import Mapping

from bots.job import Task
from bots.tasks import deploy_templates, find_words, readers, registry, run, watch

TASKS: Mapping[str, Task] = {
    "deploy_templates": Task(deploy_templates.run, needs_sync=False),
    **run.TASKS,
    "run": Task(run.run, needs_sync=False),
    "watch": Task(watch.run, needs_sync=False),
    "registry": Task(registry.run, needs_sync=False),
    "readers": Task(readers.run),
    "find_words": Task(find_words.run, needs_sync=False),
}
