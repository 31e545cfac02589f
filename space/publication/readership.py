"""How often posts are viewed by people in their first days, each counted once.

A span of n days is the UTC day on which readers could first see a post and the n days
after it. It is counted when it is over, and never again: views of days that are over
do not change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from space.dates.moments import utc_day
from space.publication.publication import Publication

WEEK, MONTH = 7, 30
"""Days after that of publication until which views are counted."""
LOADING = 3
"""Days after a span's last one by which its views have been loaded, wherever views are
counted: until then a day without any may be one that is not there yet."""

DailyViews = Mapping[date, int]
"""UTC day → views by people; days without any are absent."""


@dataclass(frozen=True, slots=True)
class Readership:
    """The views of the post with a page id after 7 and 30 days; None: not counted."""

    id: int
    after7: int | None = None
    after30: int | None = None


@dataclass(frozen=True, slots=True)
class DueCount:
    """A post of which a span is over that was not counted.

    Views from the day `first` to `last`, both included, answer for all its spans.
    """

    post: Publication
    known: Readership
    first: date
    last: date

    def counted(self, views: DailyViews, today: date) -> Readership:
        """What is known with the views of these days; spans that may lack some wait."""
        found = self.known
        if found.after7 is None and self._is_loaded(WEEK, views, today):
            found = replace(found, after7=self._sum(WEEK, views))
        if found.after30 is None and self._is_loaded(MONTH, views, today):
            found = replace(found, after30=self._sum(MONTH, views))
        return found

    def _is_loaded(self, days: int, views: DailyViews, today: date) -> bool:
        end = self.first + timedelta(days=days)
        is_seen = any(day >= end for day in views)
        return end <= self.last and (is_seen or today > end + timedelta(days=LOADING))

    def _sum(self, days: int, views: DailyViews) -> int:
        end = self.first + timedelta(days=days)
        return sum(number for day, number in views.items() if self.first <= day <= end)


def due_counts(
    posts: Iterable[Publication], known: Mapping[int, Readership], today: date
) -> list[DueCount]:
    """Posts with a span that is over on a UTC day and not counted, the newest first."""
    newest_first = sorted(
        posts, key=lambda post: (post.published, post.page_id), reverse=True
    )
    due: list[DueCount] = []
    for post in newest_first:
        before = known.get(post.page_id, Readership(post.page_id))
        first = utc_day(post.published)
        counts = {WEEK: before.after7, MONTH: before.after30}
        over = [
            days
            for days, count in counts.items()
            if count is None and first + timedelta(days=days) < today
        ]
        if over:
            last = first + timedelta(days=max(over))
            due.append(DueCount(post, before, first, last))
    return due
