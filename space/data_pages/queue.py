"""The queue as the bot's data page `Queue.json`, for Lua.

Its history is public for ever, so it says what a list of pages says: never a text, a
contact, a place finer than its country or a web address of a page that nobody accepted.

    {"schema": 1, "parts": 1, "waiting": 12, "late": 2, "promised_days": 3,
     "counts": [{"kind": "event", "count": 9}, {"kind": "post", "count": 3}],
     "rows": [{"id": 12, "page": "Space/Events/X", "kind": "event", "name": "X",
       "section": "soon", "begins": "2026-11-24", "ends": "2026-11-25",
       "mode": "hybrid", "country": "NZ", "corrected": ["start"],
       "rev": 34, "since": "2026-11-22T10:00Z", "published": 30, "languages": ["en"],
       "author": "Ann", "edits": 100, "earlier": 2, "first": true, "again": true,
       "fixed": true, "broken": true,
       "problems": ["image_alt"], "missing": ["summary"], "spam": 1,
       "like": {"id": 7, "page": "Space/Events/Y"}, "asks_again": ["Pavati"],
       "refused": [{"verdict": "approve", "flaw": "author", "account": "Ann",
         "by": "Ann", "at": "2026-11-22T11:00Z"}]}],
     "pairs": [[4000000017, 4200000005]]}

`pairs` are ids of events without a page here that may be one event, announced by two
sources; not their titles, as nobody reviewed these. Absent are what is false, zero,
empty or unknown. `section` is a `Section`, by which rows lie together; `begins` and
`ends` are the days of an event in its own zone, the second only where it is another
one. `rev`, `since` and `published` are the names that Lua reads for
`Row.pending_revision`, `pending_since` and `published_revision`; `corrected` names
fields; `edits` is a lower bound, `late` as of the UTC day of writing. A row of the
section "live" waits for nobody; one without `rev` tells of a text that is to be mended
(`broken`) or of a refused verdict. A flood of new pages by one account is one row, of
the oldest, with `flood` (how many) and `pages` (the first of them, `id` and `page`).
`Queue/2.json` … `Queue/<parts>.json` hold further `rows` where one page cannot.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from space.data_pages.pages import Entry, Pages, instant, parts_of, present, title_of
from space.review.queue.event_facts import EventFacts
from space.review.queue.rows import Row
from space.review.queue.views import count_late, group_floods, waiting_by_kind
from space.review.record import Refusal

NAME = "Queue"
NAMED = 20  # pages of a flood that are named
MOST_PAIRS = 100
MOST_ROWS = 5_000  # Lua reads them all at once; who has more waiting reads the tool's


def queue_pages(
    folder: str,
    rows: Sequence[Row],
    today: date,
    promised_days: int,
    pairs: Iterable[tuple[int, int]] = (),
) -> Pages:
    """The page `Queue` and further parts where one cannot hold all rows, by title.

    `folder` is the title above ("User:<bot>/Space"), `rows` the whole queue in order,
    `promised_days` the days after which a wait counts as late, `pairs` ids of events
    without a page that look alike.
    """
    entries = [_entry(group) for group in group_floods(rows)[:MOST_ROWS]]
    parts = list(parts_of(entries)) or [[]]
    pages: dict[str, Any] = {
        title_of(folder, NAME, number): {"schema": 1, "rows": part}
        for number, part in reversed(list(enumerate(parts, 1)))
    }
    first = title_of(folder, NAME, 1)
    pages[first] = {
        "schema": 1,
        "parts": len(parts),
        "waiting": sum(row.waits for row in rows),
        "late": count_late(rows, today, promised_days),
        "promised_days": promised_days,
        "counts": [
            {"kind": kind, "count": count}
            for kind, count in sorted(waiting_by_kind(rows).items())
        ],
        "rows": parts[0],
    }
    if alike := [list(pair) for pair in islice(pairs, MOST_PAIRS)]:
        pages[first]["pairs"] = alike
    return pages


def _entry(group: Sequence[Row]) -> Entry:
    row = group[0]
    entry = {
        "id": row.page,
        "page": row.title,
        "kind": row.kind,
        "name": row.name,
        "section": row.section,
        **_event(row.event),
        "rev": row.pending_revision or None,
        "since": instant(row.pending_since),
        "published": row.published_revision,
        "corrected": list(row.corrected),
        "languages": list(row.languages),
        "author": row.author,
        "edits": row.edits,
        "earlier": row.earlier or None,
        "first": row.first or None,
        "again": row.again or None,
        "fixed": bool(row.changes_asked) or None,
        "broken": row.broken or None,
        "problems": list(row.problems),
        "missing": list(row.missing),
        "spam": len(row.spam) or None,
        "like": {"id": row.like.page, "page": row.like.title} if row.like else None,
        "asks_again": list(row.asks_again),
        "refused": [_refused(refusal) for refusal in row.refusals],
    }
    if len(group) > 1:
        languages = dict.fromkeys(code for row in group for code in row.languages)
        entry |= {
            "languages": list(languages),
            "flood": len(group),
            "pages": [{"id": row.page, "page": row.title} for row in group[:NAMED]],
        }
    return present(entry)


def _event(event: EventFacts | None) -> Entry:
    if event is None:
        return {}
    return {
        "begins": event.first.isoformat(),
        "ends": event.last.isoformat() if event.last != event.first else None,
        "mode": event.mode or None,
        "country": event.country or None,
    }


def _refused(refusal: Refusal) -> Entry:
    return present(
        {
            "verdict": refusal.verdict,
            "flaw": refusal.flaw,
            "account": refusal.account,
            "by": refusal.adder,
            "at": instant(refusal.at),
        }
    )
