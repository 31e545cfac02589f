"""What the bot remembers of its mentions, on a page of its own on the wiki.

    {"schema": 1, "page": "Space/Followers", "read": 712,
     "lines": {"Ana|country=NZ|7": "2026-11-28T10:00:00Z"},
     "told": {"2026-11-28": {"Ana": [[12, "new"]]}},
     "day": "2026-11-29", "edits": [{"Ana": [[15, "7"]], "Ben": [[15, "7"]]}, …]}

`edits` is the plan of the `day`, one object for each edit. It is saved before the first
of them, and the edits themselves tell, by the history of the page that they are on, how
many of them were made. So nobody is told twice, wherever the bot was killed.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from space.follow.mention import Mention, Occasion
from space.follow.owners import OwnLines
from space.text.json_object import read_own_object

SCHEMA = 1
KEPT = timedelta(days=60)
"""How long it is remembered who was told. Whoever is told that an event is new is told
within `plan.NEWS` of its publication, and of a date within a week of it."""
WEEK = timedelta(days=7)

Edits = tuple[tuple[Mention, ...], ...]
Told = Mapping[date, Collection[Mention]]
"""UTC day → who was told of what."""


def memory_title(bot: str) -> str:
    """The title of the page."""
    return f"User:{bot}/Space/Followers.json"


@dataclass(frozen=True, slots=True)
class Memory:
    """What the page has: whose lines count, who was told, and the plan of a day.

    `page_title` is that of the page with the lines, empty before one was read. `day` is
    the UTC day of the newest plan, None before the first one.
    """

    page_title: str = ""
    own: OwnLines = field(default_factory=OwnLines)
    told: Told = field(default_factory=dict)
    day: date | None = None
    edits: Edits = ()

    def settled(self, made: int) -> "Memory":
        """The same once so many edits of the plan were made; what was not is undone."""
        if self.day is None:
            return self
        done = {mention for edit in self.edits[:made] for mention in edit}
        told = {**self.told, self.day: {*self.told.get(self.day, ()), *done}}
        return replace(self, told=told, edits=())

    def planned(self, today: date, edits: Edits) -> "Memory":
        """The same with the plan of a day, without what is long ago."""
        told = {day: who for day, who in self.told.items() if day > today - KEPT}
        return replace(self, told=told, day=today, edits=edits)

    def everybody_told(self) -> set[Mention]:
        """All mentions that were made."""
        return {mention for mentions in self.told.values() for mention in mentions}

    def told_in_the_week_to(self, today: date) -> dict[str, int]:
        """Account → how often it was mentioned in seven days, the last one included."""
        number: dict[str, int] = {}
        for day, mentions in self.told.items():
            if day > today - WEEK:
                for mention in mentions:
                    number[mention.user] = number.get(mention.user, 0) + 1
        return number

    def text(self) -> str:
        """The page's text."""
        lines = {key: _written(at) for key, at in sorted(self.own.since.items())}
        told = {f"{day}": _by_user(self.told[day]) for day in sorted(self.told)}
        value: dict[str, Any] = {
            "schema": SCHEMA,
            "page": self.page_title,
            "read": self.own.read,
            "lines": lines,
            "told": {day: who for day, who in told.items() if who},
        }
        if self.day is not None:
            value |= {"day": f"{self.day}", "edits": [_by_user(e) for e in self.edits]}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_memory(text: str) -> Memory:
    """Read the page as the bot saved it; nothing is remembered of what is no such page.

    Raises ValueError where the bot of another version wrote it: to forget who was told
    would be to tell everybody again.
    """
    value = read_own_object(text)
    if value is None:
        return Memory()
    if value.get("schema") != SCHEMA:
        raise ValueError(f"schema {value.get('schema')}")
    since = {key: datetime.fromisoformat(at) for key, at in value["lines"].items()}
    told = {date.fromisoformat(d): set(_of(who)) for d, who in value["told"].items()}
    day = date.fromisoformat(value["day"]) if "day" in value else None
    edits = tuple(tuple(_of(who)) for who in value.get("edits", ()))
    return Memory(value["page"], OwnLines(value["read"], since), told, day, edits)


def _by_user(mentions: Iterable[Mention]) -> dict[str, list[list[Any]]]:
    """User → page id, occasion, and date where there is one; sorted."""
    found: dict[str, list[list[Any]]] = {}
    for each in mentions:
        row: list[Any] = [each.page_id, f"{each.occasion}"]
        found.setdefault(each.user, []).append([*row, each.date] if each.date else row)
    return {user: sorted(found[user]) for user in sorted(found)}


def _of(by_user: Mapping[str, Iterable[list[Any]]]) -> Iterable[Mention]:
    for user, rows in by_user.items():
        for page_id, occasion, *day in rows:
            yield Mention(user, page_id, Occasion(occasion), *day)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
