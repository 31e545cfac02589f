"""The queue of review: what waits for a reviewer, in the order of what is urgent.

    rows        `Row`, and `queue_rows`, which makes them from the store's records
    sections    the parts of the queue, in order
    surroundings  what has to be known of all other pages
    event_facts when and where an event is, as its newest text says
    accounts    the experience of the accounts that wrote what waits
    views       rows filtered, counted and grouped, for one page of the queue
    reminders   the bot's mentions of reviewers of whom pages wait for long
    statistics  the monthly figures of review

All of it is a function of the wiki and the UTC day: `space.sync` asks the wiki what is
needed and stores the rows, and the tool and the bot show the same.
"""

from space.review.queue.accounts import AccountExperience
from space.review.queue.event_facts import EventFacts
from space.review.queue.rows import Row, queue_rows
from space.review.queue.sections import Promise, Section
from space.review.queue.surroundings import SimilarPage, Surroundings
from space.review.queue.views import (
    count_late,
    filter_rows,
    group_floods,
    waiting_by_kind,
)

__all__ = [
    "AccountExperience",
    "EventFacts",
    "Promise",
    "Row",
    "Section",
    "SimilarPage",
    "Surroundings",
    "count_late",
    "filter_rows",
    "group_floods",
    "queue_rows",
    "waiting_by_kind",
]
