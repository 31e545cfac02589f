"""The tasks by name."""

from collections.abc import Mapping

from bots import deploy_templates, run
from bots.job import Task

TASKS: Mapping[str, Task] = {
    "deploy_templates": deploy_templates.run,
    **run.TASKS,
    "run": run.run,
}
