"""The sample content as pages with their lives.

They tell of real events and posts (`samples/README.md`), most of them past. So that the
calendar is full on whatever day the demo runs, copies of the events are moved by whole
weeks into the current month and the next. The pages of a month depend on that month
alone: seeding again adds missing pages and moves none.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sandbox.sample_lives import SampleDraft, SamplePage, as_written
from space.publication.titles import page_title

SAMPLES = Path(__file__).resolve().parent / "samples"

PAST_STATES = ("trusted", "approved")
COMING_STATES = (
    *("patrolled", "trusted", "approved", "waiting", "patrolled", "edited", "trusted"),
    *("approved", "changes", "patrolled", "cancelled", "declined", "patrolled"),
)

_REAL = (
    "''Sample content of a test wiki: the facts are those of something real, the"
    " words were written for this sample.''"
)
_MOVED = (
    "''Sample content of a test wiki: modelled on a real event and moved in time."
    " Nothing takes place on these days.''"
)
_MADE_UP = "''Sample content of a test wiki: everything here is made up.''"
_DAY = re.compile(r"\{([+-]\d+)\}")
_DAYS_A_WEEK = 7
_SHARE = 3  # of the moved events, a third pauses in each month

_ANNOUNCED = timedelta(days=40)
"""How long before an event its page was written."""
_OPENED = date(2019, 6, 26)
"""Nobody wrote here before Wikimedia Space was announced."""

Entry = Mapping[str, Any]


def sample_pages(root: str, today: date) -> Iterator[SamplePage]:
    """Every sample page under a root, as of a day; titles are unique."""
    this = today.replace(day=1)
    yield from _posts(root)
    yield from _past_events(root)
    yield from _moved_events(root, this)
    yield from _moved_events(root, next_month(this))
    yield from _made_up(root, this)


def next_month(first: date) -> date:
    """The first day of the month after that of `first`."""
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1)


def _posts(root: str) -> Iterator[SamplePage]:
    titles: dict[str, str] = {}
    for number, entry in enumerate(_read("posts")):
        values = _values(entry["values"])
        title = page_title(f"{root}/Blog/", entry["values"]["title"])
        titles[entry["values"]["title"]] = title
        if "translation_of" in entry:
            values |= {"original": titles[entry["translation_of"]]}
        body = _body(entry, _REAL)
        began = _morning(date.fromisoformat(entry["values"]["date"]))
        yield SampleDraft("post", title, number, values, body).after(
            entry["state"], began
        )


def _past_events(root: str) -> Iterator[SamplePage]:
    for number, entry in enumerate(_read("events")):
        title = page_title(f"{root}/Events/", entry["values"]["title"])
        values = _values(entry["values"])
        draft = SampleDraft("event", title, number, values, _body(entry, _REAL))
        start = date.fromisoformat(entry["values"]["start"][:10])
        began = _morning(max(start - _ANNOUNCED, _OPENED))
        yield draft.after(PAST_STATES[number % len(PAST_STATES)], began)


def _moved_events(root: str, first: date) -> Iterator[SamplePage]:
    month = first.year * 12 + first.month
    for number, (name, entries) in enumerate(_by_moved_title().items()):
        if (number + month) % _SHARE == 0:
            continue
        entry = entries[month % len(entries)]
        facts, day = _moved(entry["values"] | {"title": name}, first, number)
        facts = {fact: facts[fact] for fact in facts if fact != "status"}
        title = page_title(f"{root}/Events/", name, suffix=f" ({day})")
        draft = SampleDraft(
            "event", title, number, _values(facts), _body(entry, _MOVED)
        )
        yield draft.after(COMING_STATES[(number + month) % len(COMING_STATES)])


def _made_up(root: str, first: date) -> Iterator[SamplePage]:
    text = (SAMPLES / "made_up.json").read_text(encoding="utf-8")
    dated = _DAY.sub(lambda day: str(first + timedelta(days=int(day[1]))), text)
    for number, entry in enumerate(json.loads(dated)):
        title = _made_up_title(root, entry["name"], first)
        if "text" in entry:
            yield as_written(title, number, f"{entry['text']}\n\n{_MADE_UP}")
        else:
            values, body = _values(entry["values"]), _body(entry, _MADE_UP)
            if name := values.get("series"):
                values |= {"series": _made_up_title(root, str(name), first)}
            yield SampleDraft("event", title, number, values, body).after(
                entry["state"]
            )
            yield from _translations(entry, title, number)


def _translations(entry: Entry, title: str, number: int) -> Iterator[SamplePage]:
    """The texts of a made-up event in other languages, below its own page."""
    for text in entry.get("translations", ()):
        values = {**_values(text["values"]), "original": title}
        page = f"{title}/{text['values']['language']}"
        body = _body(text, _MADE_UP)
        yield SampleDraft("translation", page, number, values, body).after(
            entry["state"]
        )


def _made_up_title(root: str, name: str, first: date) -> str:
    return page_title(f"{root}/Events/", name, f" ({first:%Y-%m})")


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _body(entry: Entry, notice: str) -> str:
    return "\n\n".join(part for part in (entry.get("body"), notice) if part)


def _moved(values: Entry, first: date, number: int) -> tuple[Entry, date]:
    """The facts of an event moved by whole weeks into a month, and its new day."""
    start = date.fromisoformat(values["start"][:10])
    weekday = first + timedelta(days=(start - first).days % _DAYS_A_WEEK)
    weeks = 1 + (next_month(first) - weekday - timedelta(days=1)).days // _DAYS_A_WEEK
    day = weekday + timedelta(weeks=number % weeks)
    moved = {
        name: str(date.fromisoformat(values[name][:10]) + (day - start))
        + values[name][10:]
        for name in ("start", "end")
        if name in values
    }
    return {**values, **moved}, day


def _by_moved_title() -> Mapping[str, Sequence[Entry]]:
    """Events that can be moved, by the title that they get; years share a title."""
    by_title: dict[str, list[Entry]] = {}
    for entry in _read("events"):
        if "moved_title" in entry:
            by_title.setdefault(entry["moved_title"], []).append(entry)
    return by_title


def _values(facts: Entry) -> dict[str, str | tuple[str, ...]]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in facts.items()
    }


def _read(name: str) -> Sequence[Entry]:
    entries: list[Entry] = json.loads(
        (SAMPLES / f"{name}.json").read_text(encoding="utf-8")
    )
    return entries
