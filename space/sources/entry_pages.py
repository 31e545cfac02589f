"""The bot's pages of entries: `User:<bot>/Space/Registry/<n>.json`, 100 numbers each.

    {"schema": 1, "events": [
      {"id": 17, "title": "Wiki Loves Trains", "page": "Event:Wiki Loves Trains",
       "sign_up": "Special:RegisterForEvent/17", "start": "2027-03-06 10:00",
       "end": "2027-03-06 16:00", "zone": "Europe/Berlin", "mode": "in-person",
       "country": "DE", "type": "workshop", "topics": ["history"],
       "wikis": ["dewiki"], "open": true, "seen": "2026-11-29T03:10:00Z",
       "changed": "2026-11-29T03:10:00Z", "sequence": 234400200},
      {"id": 18, "state": "test"}]}

Each is a `space.sources.entry.Entry` by its field names, without what has its default.
They are all that lists, feeds and calendars of registered events are made from, and
only revisions by the bot itself count. `…/Given.json` is `{"schema": 1, "number":
200000017}`, the highest number that an event of a calendar ever got.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from space.dates.schedule import span_of
from space.serialize import from_json, to_json
from space.sources.entry import Entry
from space.text.json_object import read_object
from space.wiki.values import Subpages

SCHEMA = 1
BLOCK = 100
EMPTY = {"schema": SCHEMA, "events": []}
_NAMES = re.compile(r"(0|[1-9][0-9]{0,6})\.json", re.ASCII)


def entry_pages_of(bot: str) -> Subpages:
    """The titles of a bot's pages of entries."""
    return Subpages(f"User:{bot}/Space/Registry", _NAMES)


def entry_page_title(bot: str, number: int) -> str:
    """The title of the page that has the entry of a number."""
    return f"{entry_pages_of(bot).folder}/{number // BLOCK}.json"


def first_number(title: str) -> int:
    """The first number of a page of entries by its title; 0 for any other title."""
    name = _NAMES.fullmatch(title.rpartition("/")[2])
    return int(name[1]) * BLOCK if name else 0


def given_page_title(bot: str) -> str:
    """The title of the page that has the highest number ever given."""
    return f"{entry_pages_of(bot).folder}/Given.json"


def given_page(number: int) -> Mapping[str, Any]:
    """The JSON value of that page."""
    return {"schema": SCHEMA, "number": number}


def read_given(text: str) -> int:
    """The number on that page; 0 for none."""
    data = read_object(text) or {}
    number = data.get("number")
    return number if data.get("schema") == SCHEMA and type(number) is int else 0


def read_entries(text: str) -> dict[int, Entry]:
    """The entries of a page by number; what is out of shape is left out."""
    data = read_object(text) or {}
    rows = data.get("events")
    if data.get("schema") != SCHEMA or not isinstance(rows, list):
        return {}
    return {entry.id: entry for entry in filter(None, map(_read, rows))}


def _read(row: Any) -> Entry | None:
    try:
        entry = from_json(Entry, row)
        if entry.is_listed:
            span_of(entry.values)  # raises for times that are none
    except ValueError:
        return None
    return entry if entry.id > 0 else None


def entry_pages(bot: str, entries: Iterable[Entry]) -> Mapping[str, Any]:
    """Title → JSON value of the pages that have these entries, by number."""
    pages: dict[str, Any] = {}
    for entry in sorted(entries, key=lambda each: each.id):
        title = entry_page_title(bot, entry.id)
        page = pages.setdefault(title, {"schema": SCHEMA, "events": []})
        page["events"].append(to_json(entry))
    return pages
