"""What can be answered only from a complete index."""

from werkzeug.exceptions import ServiceUnavailable

from tool.app.services import services

RETRY = 60  # seconds


def needs_index() -> None:
    """Answer 503 while the wiki was never read completely.

    An empty list would be a lie, and an empty calendar feed would wipe the events
    out of its readers' calendars.
    """
    if not services().store.ready():
        raise ServiceUnavailable(retry_after=RETRY)
