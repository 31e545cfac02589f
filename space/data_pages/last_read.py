"""The bot's JSON page of the day on which it last read the whole wiki."""

from datetime import datetime

from space.data_pages.pages import Pages, title_of
from space.dates.moments import utc_day


def last_read_page(folder: str, checkpoint: datetime | None) -> Pages:
    """The bot's data page `Read.json`, by which portal pages say how old lists are.

        {"schema": 1, "day": "2026-11-28"}

    The UTC day of the checkpoint, so there is one edit a day and not one a run. No page
    before there is a checkpoint. `folder` is the title above ("User:<bot>/Space").
    """
    if checkpoint is None:
        return {}
    day = utc_day(checkpoint).isoformat()
    return {title_of(folder, "Read", 1): {"schema": 1, "day": day}}
