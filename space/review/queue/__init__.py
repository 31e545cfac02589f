"""The queue of review: what waits for a reviewer, the longest wait first.

    rows       `Row`, and `queue_rows`, which makes them from the store's records
    people     what is told of an account's experience
    likeness   which text is like one that was there before
    addresses  web addresses in a text, to be looked up in the wiki's list of spam
    pages      the bot's data page `Queue.json`, which Lua shows on any page

All of it is a function of the wiki and the UTC day: `space.sync` asks the wiki what is
needed, keeps the rows in the store, and the tool and the bot show the same.
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
