"""Who may change what readers see of an event before a review, as the bot decides it.

The tool only says what will follow: whatever it says, the bot judges each edit.
"""

from space.review.organizers import organizers_in
from tool.app.services import services
from tool.app.writing import saving


def organizes(page_id: int, user: str | None) -> bool:
    """Whether the published text of an event links an account as an organizer.

    Raises `WikiUnavailableError`.
    """
    record = services().store.records.get(page_id)
    publication = record.publication if record else None
    if user is None or publication is None or publication.kind != "event":
        return False
    published = saving.open_page(page_id, publication.revision)
    return published is not None and user in organizers_in(published.page)


def corrects(page_id: int, user: str | None) -> bool:
    """Whether an account's new times of an event are shown before a review.

    Raises `WikiUnavailableError`.
    """
    record = services().store.records.get(page_id)
    if record is None or record.publication is None or record.kind != "event":
        return False
    if user is None or not services().community.settings().corrections:
        return False
    return user == record.creator or organizes(page_id, user)
