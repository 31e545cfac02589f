"""Whether the index is complete, 503 until it is, and what is listed from it."""

from werkzeug.exceptions import ServiceUnavailable

from space.settings.onwiki import MARKED
from tool.app.services import standing

RETRY = 60  # seconds


def not_ready() -> ServiceUnavailable:
    """The error 503 for the time before the first complete sync.

    An empty list would be wrong, and an empty calendar feed would delete the events
    from its readers' calendars.
    """
    return ServiceUnavailable(retry_after=RETRY)


def needs_index() -> None:
    """Raise `not_ready` while the index is incomplete."""
    if not standing().version.complete:
        raise not_ready()


def lists_unreviewed() -> bool:
    """Whether events may be listed here that nobody has reviewed."""
    return standing().settings_in_force.registry == MARKED
