"""What can be answered only from a complete index."""

from werkzeug.exceptions import ServiceUnavailable

from tool.app.services import services

RETRY = 60  # seconds


def not_ready() -> ServiceUnavailable:
    """The answer while the wiki was never read completely.

    An empty list would be a lie, and an empty calendar feed would wipe the events
    out of its readers' calendars.
    """
    return ServiceUnavailable(retry_after=RETRY)


def needs_index() -> None:
    """Raise `not_ready` where a list would be incomplete."""
    if not services().store.ready():
        raise not_ready()
