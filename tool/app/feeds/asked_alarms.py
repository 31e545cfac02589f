"""The argument by which a calendar reminds of its events."""

from flask import request

from space.feeds.alarms import ALARMS
from space.publication.filters import FilterProblem
from tool.app.web.errors import BadFilterError

ALARM = "alarm"


def asked_alarms() -> tuple[str, ...]:
    """The `ALARMS` that the address asks for, the shortest first; empty without any.

    Raises `BadFilterError` that names another value.
    """
    values = {value.strip() for value in request.args.getlist(ALARM)} - {""}
    for value in sorted(values.difference(ALARMS)):
        raise BadFilterError(
            FilterProblem("filter-value", ALARM, params=(ALARM, value))
        )
    return tuple(each for each in ALARMS if each in values)
