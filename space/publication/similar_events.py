"""Published events that are near an event somebody is writing, or equal to it.

Two questions, answered from published values only: which events would share its
audience (`neighbours`), and which may be the same event, written already
(`duplicates`). Both are pure, the same in any order of candidates, and bounded.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import SequenceMatcher
from typing import Literal, Self
from urllib.parse import urlsplit

from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.publication.places import point_of
from space.publication.publication import Publication
from space.publication.titles import page_name
from space.schema.geo import Point
from space.schema.kinds import Values
from space.schema.visibility import choice
from space.text.folding import fold

SHOWN = 5  # neighbours, and duplicates
REACH = 3  # days between an event and its neighbours
NEAR = 30  # kilometres
TIMES = 6  # of a series: the next ones
LONG = timedelta(days=7)  # an event that began earlier is a background, no neighbour
UNKNOWN_LENGTH = timedelta(hours=1)
_EARTH = 6371.0  # kilometres, the mean radius
_ALIKE = 0.85
_COMPARED = 200  # characters of a title
_WORDS = re.compile(r"\w+")
_DAY = timedelta(days=1)
_SUFFIX = re.compile(r" \(([0-9]{4}-[0-9]{2}-[0-9]{2})(?:, [0-9]+)?\)\Z", re.ASCII)
_OFF = frozenset({"cancelled", "postponed"})

Window = tuple[datetime, datetime, datetime]
"""First and last start of a neighbour, in UTC, and the start that it is near to."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An event that is being written, and the spans at which it would take place.

    `page_id` and `page_title` are those of the page it is on, if there is one.
    """

    values: Values
    spans: tuple[Span, ...]
    page_id: int | None = None
    page_title: str = ""

    @classmethod
    def of(
        cls,
        values: Values,
        today: date,
        *,
        page_id: int | None = None,
        page_title: str = "",
    ) -> Self | None:
        """The plan of a form's values as seen on a UTC day.

        None while they have no time, and for what will not take place then.
        """
        off = choice("event", values, "status") in _OFF
        if off or not isinstance(Span.of(values), Span):
            return None
        spans = Schedule.of(values).times(today)
        coming = [span for span in spans if span.end_utc.date() >= today]
        return cls(values, tuple((coming or spans)[:TIMES]), page_id, page_title)

    def windows(self) -> tuple[Window, ...]:
        """The windows of time in which candidates start."""
        reach = (REACH + 1) * _DAY
        return tuple(
            (
                span.start_utc - reach - LONG,
                min(span.end_utc, span.start_utc + LONG) + reach,
                span.start_utc,
            )
            for span in self.spans
        )

    def owns(self, publication: Publication) -> bool:
        """Whether a page is this event's own, or another date of its series."""
        if publication.page_id == self.page_id:
            return True
        series = str(self.values.get("series", ""))
        names = {series, self.page_title} - {""}
        return bool(names & {publication.page_title, publication.values.get("series")})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published event at one of its occurrences."""

    publication: Publication
    span: Span


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An event near a plan, and the reasons why.

    `kilometres` is set where places are near that have no city in common, `days` is
    how much later it is (negative: earlier) and 0 on a day they share. `audience` says
    whether people could go to either: in one country, or online.
    """

    candidate: Candidate
    same_city: bool
    kilometres: int | None
    topics: tuple[str, ...]
    same_hour: bool
    days: int
    audience: Literal["country", "online"] | None

    @property
    def same_place(self) -> bool:
        """Whether both are in one place, or almost."""
        return self.same_city or self.kilometres is not None

    @property
    def weight(self) -> int:
        """How much of an audience they compete for."""
        return 4 * self.same_place + 3 * bool(self.topics) + 3 * self.same_hour


@dataclass(frozen=True, slots=True)
class UnpublishedEvent:
    """A page that is not published: all that may be told of it is its title."""

    page_id: int
    page_title: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A page that may be the same event; `candidate` is None while it waits.

    `named` says that its title is the same or almost, `linked` that its website is;
    `days` is as in `Neighbour`.
    """

    page_id: int
    page_title: str
    candidate: Candidate | None = None
    named: bool = True
    linked: bool = False
    days: int = 0


def neighbours(
    plan: Plan,
    candidates: Iterable[Candidate],
    aliases: Mapping[str, str] | None = None,
) -> tuple[Neighbour, ...]:
    """The events that share most with a plan, each page once, at most `SHOWN`.

    One counts if it is at most `REACH` days away and in the same place, or on the same
    topic (`aliases` are other names of topics), or at the same hour for people who
    could go to either: in one country, or online.
    """
    best: dict[int, tuple[tuple[float, ...], Neighbour]] = {}
    for candidate in candidates:
        publication = candidate.publication
        status = choice("event", publication.values, "status")
        if status in _OFF or plan.owns(publication):
            continue
        for span in plan.spans:
            neighbour = _neighbour(plan.values, span, candidate, aliases or {})
            if neighbour is None:
                continue
            apart = abs(candidate.span.start_utc - span.start_utc).total_seconds()
            order = (
                -neighbour.weight,
                abs(neighbour.days),
                apart,
                *_instants(candidate),
            )
            held = best.get(publication.page_id)
            if held is None or order < held[0]:
                best[publication.page_id] = (order, neighbour)
    ranked = sorted((order, page_id) for page_id, (order, _) in best.items())
    return tuple(best[page_id][1] for _, page_id in ranked[:SHOWN])


def duplicates(
    plan: Plan,
    candidates: Iterable[Candidate],
    waiting: Iterable[UnpublishedEvent] = (),
) -> tuple[Duplicate, ...]:
    """Pages that are likely the same event, by page id, at most `SHOWN`.

    A published one has the same title or almost, on the same or adjacent days, in what
    may be the same place; or the same website at a time they share. One that waits
    for review has the title.
    """
    by_page: dict[int, Duplicate] = {}
    for candidate in sorted(candidates, key=_instants):
        publication = candidate.publication
        if publication.page_id not in by_page and not plan.owns(publication):
            duplicate = _duplicate(plan, candidate)
            if duplicate is not None:
                by_page[publication.page_id] = duplicate
    title = str(plan.values.get("title", ""))
    for page in waiting:
        if page.page_id != plan.page_id and _is_named(page, title, plan.spans):
            by_page.setdefault(page.page_id, Duplicate(page.page_id, page.page_title))
    return tuple(by_page[page_id] for page_id in sorted(by_page))[:SHOWN]


def alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for spelling; numbers must agree."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return fold(one) == fold(other) != ""
    if sorted(first) == sorted(second):
        return True
    if _numbers(first) != _numbers(second):
        return False
    matcher = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE <= matcher.ratio()


def distance(one: Point, other: Point) -> float:
    """Kilometres between two points along the surface (haversine formula)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(turn / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))


def _neighbour(
    values: Values, span: Span, candidate: Candidate, aliases: Mapping[str, str]
) -> Neighbour | None:
    theirs = candidate.publication.values
    days = _days(span, candidate.span)
    began = span.start_utc - candidate.span.start_utc
    if abs(days) > REACH or began > LONG:
        return None
    same_city = _same_city(values, theirs)
    neighbour = Neighbour(
        candidate,
        same_city,
        None if same_city else _near(values, theirs),
        _topics(values, theirs, aliases),
        _same_hour(span, candidate.span),
        days,
        _audience(values, theirs),
    )
    reachable = neighbour.same_hour and neighbour.audience is not None
    return neighbour if neighbour.same_place or neighbour.topics or reachable else None


def _duplicate(plan: Plan, candidate: Candidate) -> Duplicate | None:
    mine, publication = plan.values, candidate.publication
    theirs = publication.values
    named = alike(
        str(mine.get("title", "")), str(theirs["title"])
    ) and _may_be_one_place(mine, theirs)
    linked = _one_website(mine, theirs)
    for span in plan.spans:
        days = _days(span, candidate.span)
        if (named and abs(days) <= 1) or (linked and days == 0):
            return Duplicate(
                publication.page_id,
                publication.page_title,
                candidate,
                named,
                linked,
                days,
            )
    return None


def _instants(candidate: Candidate) -> tuple[float, float]:
    """A key that orders the occurrences of one page."""
    span = candidate.span
    return span.start_utc.timestamp(), span.end_utc.timestamp()


def _days(mine: Span, theirs: Span) -> int:
    """How many days later the other one is, by the calendar on my wall."""
    first, last = _dates(mine, mine)
    other_first, other_last = _dates(theirs, mine)
    if other_first > last:
        return (other_first - last).days
    return min(0, (other_last - first).days)


def _dates(span: Span, wall: Span) -> tuple[date, date]:
    """The first and the last day of a span; whole days are the same everywhere."""
    if span.all_day:
        return span.start.date, (span.end or span.start).date
    zone = wall.start.local.tzinfo
    start, end = span.start_utc.astimezone(zone), span.end_utc.astimezone(zone)
    last = end.date()
    if end.time() == time() and last > start.date():
        last -= _DAY  # it ends with the day before
    return start.date(), last


def _same_hour(mine: Span, theirs: Span) -> bool:
    if mine.all_day or theirs.all_day:
        return False
    return mine.start_utc < _over(theirs) and theirs.start_utc < _over(mine)


def _over(span: Span) -> datetime:
    """The end of a timed event in UTC, guessed when none is given."""
    has_length = span.end_utc > span.start_utc
    return span.end_utc if has_length else span.start_utc + UNKNOWN_LENGTH


def _on_site(values: Values) -> bool:
    return choice("event", values, "mode") != "online"


def _same_city(one: Values, other: Values) -> bool:
    city = fold(str(one.get("city", "")))
    if not city or city != fold(str(other.get("city", ""))):
        return False
    countries = {one.get("country"), other.get("country")} - {None}
    return len(countries) < 2 and _on_site(one) and _on_site(other)


def _near(one: Values, other: Values) -> int | None:
    first, second = point_of(one), point_of(other)
    if first is None or second is None:
        return None
    kilometres = distance(first, second)
    return round(kilometres) if kilometres <= NEAR else None


def _audience(one: Values, other: Values) -> Literal["country", "online"] | None:
    if choice("event", one, "mode") != "in-person" != choice("event", other, "mode"):
        return "online"
    country = one.get("country")
    return "country" if country and country == other.get("country") else None


def _topics(one: Values, other: Values, aliases: Mapping[str, str]) -> tuple[str, ...]:
    """The topics they have in common, as the plan names them."""
    theirs = {aliases.get(topic, topic) for topic in other.get("topics", ())}
    return tuple(
        topic for topic in one.get("topics", ()) if aliases.get(topic, topic) in theirs
    )


def _may_be_one_place(one: Values, other: Values) -> bool:
    """Whether two events may be in one place: a missing value is no difference."""
    if _on_site(one) != _on_site(other):
        return False
    if not _on_site(one) or _near(one, other) is not None:
        return True
    return all(
        fold(str(one[name])) == fold(str(other[name]))
        for name in ("country", "city")
        if one.get(name) and other.get(name)
    )


def _one_website(one: Values, other: Values) -> bool:
    address = _address(str(one.get("website", "")))
    return address != "" and address == _address(str(other.get("website", "")))


def _address(url: str) -> str:
    """A website's host, path and query, to compare; empty for a bare host."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{path}?{parts.query}" if path or parts.query else ""


def _is_named(page: UnpublishedEvent, title: str, spans: tuple[Span, ...]) -> bool:
    name = page.page_title.rpartition("/")[2]
    dated = _SUFFIX.search(name)
    if dated:
        day = _day(dated[1])
        if day and all(abs((span.start.date - day).days) > 1 for span in spans):
            return False
        name = name[: dated.start()]
    return alike(name, page_name(title))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _words(title: str) -> list[str]:
    return _WORDS.findall(fold(title[:_COMPARED]))


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(_with_digits(words))


def _with_digits(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if any(sign.isdigit() for sign in word))
