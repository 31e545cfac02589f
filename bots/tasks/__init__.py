"""The tasks by name."""

from collections.abc import Mapping

from bots.job import Task
from bots.tasks import deploy_templates, run

TASKS: Mapping[str, Task] = {
    "deploy_templates": deploy_templates.run,
    **run.TASKS,
    "run": run.run,
}
