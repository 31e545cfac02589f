"""The queue of review: what waits for a reviewer, the longest wait first.

    rows       `Row`, and `queue_rows`, which makes them from the store's records
    accounts   what is told of an account's experience
    views      rows chosen, counted and grouped for a page
    stored     the rows as the store has them
    reminders  what reviewers are told of pages that wait for long
    statistics the monthly figures of review

All of it is a function of the wiki and the UTC day: `space.sync` asks the wiki what is
needed and stores the rows, and the tool and the bot show the same.
"""

from space.review.queue.accounts import AccountExperience
from space.review.queue.rows import Row, queue_rows
from space.review.queue.views import chosen, counts, grouped, late

__all__ = [
    "AccountExperience",
    "Row",
    "chosen",
    "counts",
    "grouped",
    "late",
    "queue_rows",
]
