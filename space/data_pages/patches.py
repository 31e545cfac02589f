"""Data pages of changed pages alone, by what stands on the data pages already.

An entry of a family such as `Events` depends on its own page alone, and the families
are split into groups such as months. So of the groups in which a changed page stood or
stands the entries of all other pages are taken as they are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import is_
from typing import Any

from space.data_pages.pages import (
    MAX_BYTES,
    Entry,
    GroupedPages,
    Pages,
    Part,
    packed,
    stored_size,
    title_of,
)

Values = Mapping[str, Any]
Read = Callable[[Collection[str]], Values]
"""Titles of data pages → what stands there or is to be written; absent ones are not."""


class NotPatchableError(Exception):
    """What stands on the data pages is not known, so all of them have to be made."""


@dataclass(frozen=True, slots=True)
class Family:
    """Data pages in groups: `folder/name/key.json`, with an index of them.

    `entries` is the key under which a page has its entries.
    """

    folder: str
    name: str
    entries: str

    @property
    def index(self) -> str:
        """The title of the index."""
        return title_of(self.folder, self.name, 1)

    def titles(self, key: str, parts: int) -> list[str]:
        """The titles of the parts of a group."""
        name = f"{self.name}/{key}"
        return [title_of(self.folder, name, part + 1) for part in range(parts)]


@dataclass(slots=True)
class Places:
    """The groups of a family in which the entries of each page stand, by page id.

    `octets` are those of the entries on each part, by title: they are not measured
    again for one that changes.
    """

    family: Family
    groups: dict[int, frozenset[str]] = field(default_factory=dict)
    octets: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, family: Family, pages: GroupedPages) -> "Places":
        """The places in all pages of a family."""
        found: dict[int, set[str]] = {}
        for row in pages[family.index]["parts"]:
            title = family.titles(row["key"], row["part"])[-1]
            for entry in pages[title][family.entries]:
                found.setdefault(entry["id"], set()).add(row["key"])
        groups = {page: frozenset(keys) for page, keys in found.items()}
        return cls(family, groups, dict(pages.octets))

    def part(self, title: str, entries: list[Entry]) -> Part:
        """A part with entries as they stand there."""
        octets = self.octets.get(title)
        return Part(entries, _octets(entries) if octets is None else octets)


def patch_family(
    places: Places,
    read: Read,
    changed: Collection[int],
    new: Mapping[str, list[Entry]],
    order: Callable[[Iterable[Entry]], list[Entry]],
) -> Pages:
    """The pages of a family that change with some pages, parts before the index.

    `changed` are ids of pages, `new` their entries by group; `order` puts the entries
    of a group in order. Parts that stay as they were read are absent. Places are
    brought up to date. Raises `NotPatchableError`.
    """
    family = places.family
    keys = {key for page in changed for key in places.groups.get(page, ())} | {*new}
    rows = _known(read([family.index]), family.index)["parts"]
    parts = {row["key"]: row["part"] for row in rows}
    titles = {key: family.titles(key, parts.get(key, 0)) for key in keys}
    stored = read([title for each in titles.values() for title in each])
    pages: dict[str, Any] = {}
    octets: dict[str, int] = {}
    index = [row for row in rows if row["key"] not in keys]
    for key in sorted(keys):
        old = [
            places.part(title, _known(stored, title)[family.entries])
            for title in titles[key]
        ]
        kept = [e for part in old for e in part.entries if e["id"] not in changed]
        made = _repacked(old, changed, order([*kept, *new.get(key, ())]))
        for title in titles[key][len(made) :]:
            pages[title] = {"schema": 1, family.entries: []}
            octets[title] = 0
        for number, (title, part) in enumerate(
            zip(family.titles(key, len(made)), made, strict=True)
        ):
            octets[title] = part.octets
            if number >= len(old) or part is not old[number]:
                pages[title] = {"schema": 1, family.entries: part.entries}
        index += [
            {"key": key, "part": number, "count": len(part.entries)}
            for number, part in enumerate(made, 1)
        ]
    index.sort(key=lambda row: (row["key"], row["part"]))
    pages[family.index] = {"schema": 1, "parts": index}
    places.octets |= octets
    _move(places, changed, new)
    return pages


def _repacked(
    old: Sequence[Part], changed: Collection[int], entries: Sequence[Entry]
) -> list[Part]:
    """What `packed` makes of entries, of which most stand in old parts as they are.

    A part is what it was, but for entries of `changed` pages, as long as no other has
    room in it: only these and the one after it are measured.
    """
    position = {id(entry): number for number, entry in enumerate(entries)}
    made: list[Part] = []
    at = 0
    for part in old:
        stays = [e for e in part.entries if e["id"] not in changed]
        end = 1 + max((position[id(entry)] for entry in stays), default=-1)
        while at < end:
            run = entries[at:end]
            again = _again(part, stays, changed, run)
            if again is None or not _is_full(again, entries[end : end + 1]):
                again = next(packed(islice(entries, at, None)))
            made.append(again)
            at += len(again.entries)
    made.extend(packed(entries[at:]))
    return made


def _again(
    part: Part,
    stays: Sequence[Entry],
    changed: Collection[int],
    run: Sequence[Entry],
) -> Part | None:
    """The part as it is with a run of entries; None where they are of others, too.

    `stays` are its entries of pages that did not change.
    """
    if all(map(is_, run, part.entries)) and len(run) == len(part.entries):
        return part
    fresh = [entry for entry in run if entry["id"] in changed]
    if [id(e) for e in run if e["id"] not in changed] != [id(e) for e in stays]:
        return None
    gone = [entry for entry in part.entries if entry["id"] in changed]
    return Part([*run], part.octets - _octets(gone) + _octets(fresh))


def _is_full(part: Part, after: Sequence[Entry]) -> bool:
    """Whether a part has as many entries as it has room for; `after` is the next."""
    fits = part.octets <= MAX_BYTES or len(part.entries) == 1
    return fits and all(part.octets + stored_size(e) > MAX_BYTES for e in after)


def _octets(entries: Iterable[Entry]) -> int:
    return sum(map(stored_size, entries))


def patch_blocks(
    read: Read, empty: Any, changed: Mapping[str, Collection[int]], new: Pages
) -> Pages:
    """Pages of blocks of a hundred page ids with the entries of changed pages anew.

    `changed` has ids of pages by the title of their block, `new` blocks with the
    entries of these pages alone; `empty` is a block without any.
    """
    stored = read(changed)
    pages: dict[str, Any] = {}
    (name,) = empty.keys() - {"schema"}
    for title, ids in changed.items():
        old = stored.get(title, empty)[name]
        more = new.get(title, empty)[name]
        if isinstance(old, dict):
            gone = {f"p{page}" for page in ids}
            merged = {k: v for k, v in old.items() if k not in gone} | more
            ordered = sorted(merged, key=lambda key: int(key[1:]))
            pages[title] = {**empty, name: {key: merged[key] for key in ordered}}
        else:
            kept = [entry for entry in old if entry["id"] not in ids]
            entries = sorted([*kept, *more], key=lambda entry: entry["id"])
            pages[title] = {**empty, name: entries}
    return {
        title: value
        for title, value in pages.items()
        if title in stored or value != empty
    }


def _known(values: Values, title: str) -> Any:
    try:
        return values[title]
    except KeyError:
        raise NotPatchableError(title) from None


def _move(
    places: Places, changed: Collection[int], new: Mapping[str, list[Entry]]
) -> None:
    for page in changed:
        places.groups.pop(page, None)
    found: dict[int, set[str]] = {}
    for key, entries in new.items():
        for entry in entries:
            found.setdefault(entry["id"], set()).add(key)
    places.groups |= {page: frozenset(keys) for page, keys in found.items()}
