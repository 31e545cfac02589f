"""Pages of ours that are about a registered event: one event is one entry.

A page claims a registration if it is the page of that registration, if its
`registration_link` leads there, or if a reviewer says that they are one event.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.dates.zones import same_clocks
from space.publication.publication import Publication
from space.publication.registered import DIFFERS
from space.schema.problems import Problem
from space.sources.entry import Entry
from space.text.folding import fold
from space.wiki.values import Site

_NUMBER = re.compile(
    r"https?://[^/?#]+/[^?#:]*(?:\?title=[^/:?#]*)?(?<![/=]):"
    r"(?:RegisterForEvent|EventDetails)/([0-9]{1,8})(?:[?#&].*)?",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of its registration: the number, or the title of its page.

    `number` is 0 where only titles tell; `titles` are folded. One that a reviewer
    `is_decided` on counts before all others.
    """

    page_id: int
    number: int
    titles: frozenset[str]
    is_decided: bool = False


def claims_of(
    event: Publication, site: Site, decided: Mapping[int | str, Collection[int]]
) -> Iterator[Claim]:
    """What an event's page says of its registration, and what reviewers say of it.

    `decided` has the numbers that they say are the event of a page, by id or title.
    """
    for name in (event.page_id, event.page_title):
        for number in decided.get(name, ()):
            yield Claim(event.page_id, number, frozenset(), is_decided=True)
    own = _claim(event, site)
    if own:
        yield own


def _claim(event: Publication, site: Site) -> Claim | None:
    link = str(event.values.get("registration_link", ""))
    number = _NUMBER.fullmatch(link)
    linked = site.title_of(link) if link else ""
    titles = [event.page_title] if ":" in event.page_title else []
    folded = frozenset(fold(title) for title in (*titles, linked) if title)
    if number is None and not folded:
        return None
    return Claim(event.page_id, int(number[1]) if number else 0, folded)


def resolve(claims: Iterable[Claim], entries: Iterable[Entry]) -> dict[int, int]:
    """Number of a registration → id of the first page that claims it.

    What reviewers decided comes first, then numbers, then lower ids of pages.
    """
    pages: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for claim in sorted(claims, key=lambda each: (not each.is_decided, each.page_id)):
        if claim.number:
            numbers.setdefault(claim.number, claim.page_id)
        for title in claim.titles:
            pages.setdefault(title, claim.page_id)
    found = {}
    for entry in entries:
        page = numbers.get(entry.id) or pages.get(fold(entry.page))
        if page and entry.is_listed:
            found[entry.id] = page
    return found


def difference(event: Publication, entry: Entry) -> Problem | None:
    """The problem of a page whose times are not those of its registration."""
    if not _is_other_time(event, entry.span):
        return None
    told = (entry.start, entry.end, entry.zone)
    return Problem(DIFFERS, "start", params=told, severity="warning")


def _is_other_time(event: Publication, registered: Span) -> bool:
    """Whether an event takes place at another time than its registration says.

    A series is not compared, as a registration has one time; of whole days only the
    days are, and what has no end only by its start.
    """
    schedule = Schedule.of(event.values)
    own = schedule.first
    if schedule.recurs:
        return False
    if own.all_day:
        days = own.start.date, own.last_day
        return days != (registered.start.date, registered.last_day)
    has_other_end = own.end is not None and own.end_utc != registered.end_utc
    return (
        own.start_utc != registered.start_utc
        or has_other_end
        or not same_clocks(own.start.zone, registered.start.zone)
    )
