"""A mention: an account is told of an event, on one occasion."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from space.dates.moments import utc_day


class Occasion(StrEnum):
    """Why somebody is told of an event, in the order of sections and of what is urgent.

    The values stand in the bot's pages.
    """

    DAY = "1"
    """It begins tomorrow, or later today."""
    WEEK = "7"
    """It begins in about a week."""
    NEW = "new"
    """It was published."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is told of which event (page id), and why.

    `date` is the UTC day of a date of a series that is reminded of, empty elsewhere: an
    event that is moved stays the same event.
    """

    user: str
    page_id: int
    occasion: Occasion
    date: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A mention for which it is time: the event's page, and when it begins (UTC)."""

    mention: Mention
    page_title: str
    begins: datetime

    @property
    def day(self) -> date:
        """The UTC day that the event begins."""
        return utc_day(self.begins)

    @property
    def order(self) -> tuple[int, datetime, int]:
        """What is urgent first."""
        place = list(Occasion).index(self.mention.occasion)
        return place, self.begins, self.mention.page_id
