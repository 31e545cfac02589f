"""A mention: an account is told of an event or a post, on one occasion."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from space.dates.moments import utc_day


class Occasion(StrEnum):
    """Why somebody is told of a page, in the order of sections and of what is urgent.

    The values stand in the bot's pages.
    """

    DAY = "1"
    """It begins tomorrow, or later today."""
    WEEK = "7"
    """It begins in about a week."""
    NEW = "new"
    """An event was published."""
    POST = "post"
    """A post was published."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is told of which page (its id), and why.

    `date` is the UTC day of a date of a series that is reminded of, empty elsewhere: an
    event that is moved stays the same event.
    """

    user: str
    page_id: int
    occasion: Occasion
    date: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A mention for which it is time, and the title of the page.

    `begins` is when the event does, of a post when it was published; UTC. `versions`
    are the page ids of a post's versions, empty where it has one language.
    """

    mention: Mention
    page_title: str
    begins: datetime
    versions: tuple[int, ...] = ()

    @property
    def day(self) -> date:
        """The UTC day on which the event begins, or the post was published."""
        return utc_day(self.begins)

    def same(self) -> Iterator[Mention]:
        """The mention, and those by which the account was told of another version."""
        yield self.mention
        for page_id in self.versions:
            yield replace(self.mention, page_id=page_id)

    @property
    def order(self) -> tuple[int, datetime, int]:
        """What is urgent first."""
        place = list(Occasion).index(self.mention.occasion)
        return place, self.begins, self.mention.page_id
