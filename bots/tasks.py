"""The tasks by name."""

from collections.abc import Callable, Mapping

from bots import deploy_templates, run
from bots.job import Job
from bots.report import Report

Task = Callable[[Job], Report]

TASKS: Mapping[str, Task] = {
    "deploy_templates": deploy_templates.run,
    **run.TASKS,
    "run": run.run,
}
