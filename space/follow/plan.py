"""Whom to mention on a day, and for which events and posts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from space.dates.moments import utc_day
from space.follow.lines import FollowLine
from space.follow.matching import Matcher
from space.follow.memory import Memory
from space.follow.mention import Due, Mention, Occasion
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication

MOST_NAMES = 45
"""Accounts mentioned in an edit. Of more than 50 Echo notifies nobody, and the
signature names one, too."""
MOST_EDITS = 20
"""Edits of a day; whom they leave out has their turn on the next."""
NEWS = timedelta(days=14)
"""How long after its publication an event or a post is new."""
AHEAD = timedelta(days=8)
"""How far ahead events are reminded of, from the moment that a day is planned in."""

_DAYS: Mapping[Occasion, Collection[int]] = {
    Occasion.DAY: range(2),
    Occasion.WEEK: range(5, 8),
}
"""Days before a date on which it is reminded of: a bot may rest for a day or two."""
_OFF = frozenset(("cancelled", "postponed"))


def due_mentions(
    lines: Mapping[FollowLine, datetime],
    matcher: Matcher,
    occurrences: Iterable[Occurrence],
    now: datetime,
) -> Iterator[Due]:
    """The mentions for which it is time.

    `lines` are those of the matcher, and since when. `occurrences` are dates of
    published events to come, of new ones at least the first, and of all those within
    `AHEAD`. What was told already is among them.
    """
    today = utc_day(now)
    for each in occurrences:
        event = each.publication
        off = each.dropped or event.values.get("status") in _OFF
        if off or each.begins <= now:
            continue
        left = (utc_day(each.begins) - today).days
        occasions = [o for o, days in _DAYS.items() if left in days]
        is_new = event.published > now - NEWS
        if not occasions and not is_new:
            continue
        day = f"{utc_day(each.begins)}" if each.of_series else ""
        for line in matcher.of_event(event):
            for occasion in occasions:
                if occasion in line.remind:
                    mention = Mention(line.user, event.page_id, occasion, day)
                    yield Due(mention, event.page_title, each.begins)
            if is_new and event.published >= lines[line] and event.creator != line.user:
                mention = Mention(line.user, event.page_id, Occasion.NEW)
                yield Due(mention, event.page_title, each.begins)


def due_posts(
    lines: Mapping[FollowLine, datetime],
    matcher: Matcher,
    posts: Iterable[tuple[Publication, Sequence[Publication]]],
    now: datetime,
) -> Iterator[Due]:
    """The mentions of posts for which it is time, told already or not.

    `lines` are as for `due_mentions`. `posts` are published ones, each version by
    itself, with all versions of it that are pages of ours.
    """
    for post, versions in posts:
        if post.published <= now - NEWS:
            continue
        ids = tuple(each.page_id for each in versions)
        for line in matcher.of_post(post, versions):
            if post.published >= lines[line] and post.creator != line.user:
                mention = Mention(line.user, post.page_id, Occasion.POST)
                yield Due(mention, post.page_title, post.published, ids)


def chosen(
    due: Iterable[Due], memory: Memory, today: date, most: int
) -> tuple[Due, ...]:
    """Those of the mentions to make on a day, at most so many a week for an account.

    The most urgent come first. An event is told once a day, on the first occasion, and
    a post once, in one language.
    """
    told = memory.everybody_told()
    number = memory.told_in_the_week_to(today)
    found: list[Due] = []
    pages: set[tuple[str, int]] = set()
    for each in sorted(due, key=lambda each: each.order):
        user, same = each.mention.user, set(each.same())
        about = {(user, mention.page_id) for mention in same}
        is_told = not (told.isdisjoint(same) and pages.isdisjoint(about))
        if is_told or number.get(user, 0) >= most:
            continue
        number[user] = number.get(user, 0) + 1
        pages |= about
        found.append(each)
    return tuple(found)


def in_edits(
    due: Collection[Due], names: Collection[str]
) -> tuple[tuple[Due, ...], ...]:
    """The mentions by edit; accounts without a name on the wiki are left out."""
    users = sorted({each.mention.user for each in due} & set(names))
    turns = {user: number // MOST_NAMES for number, user in enumerate(users)}
    edits: list[list[Due]] = [[] for _ in set(turns.values())]
    for each in due:
        if each.mention.user in turns:
            edits[turns[each.mention.user]].append(each)
    return tuple(map(tuple, edits[:MOST_EDITS]))
