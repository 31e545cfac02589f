"""Pages of ours that are about a registered event: one event is one entry.

A page claims a registration if it is the page of that registration, or if its
`registration_link` leads there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.dates.zones import same_clocks
from space.publication.publication import Publication
from space.review.record import Record
from space.schema.problems import Problem
from space.sources.entry import Entry
from space.text.folding import fold
from space.wiki.values import Site

DIFFERS = "registration-differs"
"""The code of the problem of a page whose registration has other times."""

_NUMBER = re.compile(
    r"https?://[^/?#]+/[^?#:]*(?:\?title=[^/:?#]*)?(?<![/=]):"
    r"(?:RegisterForEvent|EventDetails)/([0-9]{1,8})(?:[?#&].*)?",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of its registration: the number, or the title of its page.

    `number` is 0 where only titles tell; `titles` are folded.
    """

    page_id: int
    number: int
    titles: frozenset[str]


def claims_of(records: Iterable[Record], site: Site) -> tuple[Claim, ...]:
    """The claims of published events that may have a registration, by page id."""
    claims = filter(None, (_claim(record, site) for record in records))
    return tuple(sorted(claims, key=lambda claim: claim.page_id))


def _claim(record: Record, site: Site) -> Claim | None:
    event = record.publication
    if event is None or event.kind != "event":
        return None
    link = str(event.values.get("registration_link", ""))
    number = _NUMBER.fullmatch(link)
    linked = site.title_of(link) if link else ""
    titles = {event.page_title, linked} if ":" in f"{event.page_title}{link}" else set()
    if number is None and not titles:
        return None
    folded = frozenset(fold(title) for title in titles if title)
    return Claim(event.page_id, int(number[1]) if number else 0, folded)


def resolve(claims: Iterable[Claim], entries: Iterable[Entry]) -> dict[int, int]:
    """Number of a registration → id of the first page that claims it."""
    pages: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for claim in claims:
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


def differences(
    claimed: Mapping[int, int],
    entries: Mapping[int, Entry],
    records: Mapping[int, Record],
) -> Iterator[tuple[int, Problem]]:
    """The pages whose times are not those of their registration, with the problem."""
    for number, page in sorted(claimed.items()):
        event = records[page].publication
        entry = entries[number]
        if event is not None and _is_other_time(event, entry.span):
            told = (entry.start, entry.end, entry.zone)
            yield page, Problem(DIFFERS, "start", params=told, severity="warning")


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
