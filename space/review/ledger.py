"""The ledger's pages: `User:<bot>/Space/Ledger/<n>.json`, a hundred page ids each.

    {"schema": 1,
     "p712": {
       "page": 712, "kind": "event", "creator": "Ann", "created": "2026-11-01T…Z",
       "standing": {
         "state": "waiting", "reason": {"code": "changed"},
         "published": {"revision": 9, "at": "2026-11-01T10:00:00Z", "sha1": "…"},
         "pending": {…}, "newest": {…}, "waiting_since": "…",
         "live": true,
         "overlay": [{"field": "address", "value": null, "revision": 11, "at": "…"},
                     {"field": "start", "value": "2026-12-05 18:00", "revision": 11,
                      "at": "…", "correction": true}],
         "sequence": 233712000, "first": "…", "appeared": "…", "due": "2026-12-01"},
       "read": {"page": 11, "talk": 10, "log": 4},
       "verdicts": [{"verdict": {…}, "revision": 9, "own": 0, "other": 9, …}],
       "accepted": […], "patrols": […], "trusted": […], "retractors": […],
       "accountable": […],
       "organizers": {"revision": 9, "accounts": [{"name": "Bea", "id": 5}]},
       "corrections": [{"revision": 11, "at": "…", "looked_at": "…"}],
       "seen": […], "floor": {…}}}

Each entry is a `space.review.model.LedgerEntry` by its field names, without what has
its default; `state` is always there. Where pages of the wiki have an older name it
stays (`space.serialize.stored_as`): "waiting_since" is `pending_since`, "first" and
"appeared" are `first_accepted` and `first_published`, "floor" is `snapshot`. Lua reads
`creator` and `standing` only. Pages stand in the order of their ids and all lists in
one order, so the same entries give the same text; the wiki stores it with other white
space, so compare what is read, not text.

Only revisions by the bot itself count: administrators can edit these pages, too.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from space.review.compaction import compact_to_published
from space.review.model import LedgerEntry
from space.schema.problems import Problem
from space.serialize import from_json, to_json
from space.text.json_object import read_object, read_own_object
from space.text.json_size import INDENT, indentation, most_octets

BLOCK = 100
SCHEMA = 1
MAX_BYTES = 240 * 1024
"""Octets of a page as the wiki stores it, indented; Lua is slow with more."""
_DEEPEST = 8
"""More levels than an entry has in its block."""

_ENTRY = re.compile(r"p([0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class LedgerBlock:
    """The entries of a hundred page ids, and what could not be read of them.

    `unread` are entries, in JSON, that nobody asked for; they are written as they are.
    """

    entries: Mapping[int, LedgerEntry] = field(
        default_factory=lambda: MappingProxyType({})
    )
    problems: tuple[Problem, ...] = ()
    unread: Mapping[int, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def pages(self) -> frozenset[int]:
        """Ids of all pages that have an entry."""
        return frozenset((*self.entries, *self.unread))


def block_of(page: int) -> int:
    """The number of the block that has a page's entry."""
    return page // BLOCK


def block_title(bot: str, number: int) -> str:
    """The title of a block's page."""
    return f"User:{bot}/Space/Ledger/{number}.json"


def read_block(
    text: str, only: Collection[int] | None = None, *, is_own: bool = False
) -> LedgerBlock:
    """Read a block; an entry that is out of shape is left out and a problem.

    Of the entries those of the pages in `only` are read, all when it is None. A text
    that `is_own`, as the bot itself saved it, is not looked through for what nobody can
    work with.
    """
    data = (read_own_object if is_own else read_object)(text)
    if data is None:
        return LedgerBlock(problems=(Problem("ledger-not-json"),))
    if data.get("schema") != SCHEMA:
        return LedgerBlock(problems=(Problem("ledger-schema"),))
    entries, problems = {}, []
    unread: dict[int, Any] = {}
    for key, value in data.items():
        if key == "schema":
            continue
        if only is not None and (other := _ENTRY.fullmatch(key)):
            page = int(other[1])
            if page not in only and key == _key(page):
                unread[page] = value
                continue
        try:
            entry = from_json(LedgerEntry, value)
        except ValueError as error:
            problems.append(Problem("ledger-entry", params=(key, str(error))))
            continue
        if key == _key(entry.page):
            entries[entry.page] = entry
        else:
            problems.append(Problem("ledger-entry", params=(key, ".page")))
    return LedgerBlock(
        MappingProxyType(entries), tuple(problems), MappingProxyType(unread)
    )


def write_block(block: LedgerBlock) -> str:
    """The text of a block.

    Should it be too big, pages where nothing waits keep only what is published, those
    that take most room first.
    """
    values = {page: to_json(entry) for page, entry in block.entries.items()}
    values |= block.unread
    texts = {page: _text(values[page]) for page in sorted(values)}
    if most_octets("".join(texts.values()), _DEEPEST) > MAX_BYTES:
        _settle(block, values, texts)
    pages = (f'"{_key(page)}":{texts[page]}' for page in texts)
    return "{" + ",".join([f'"schema":{SCHEMA}', *pages]) + "}"


def _settle(
    block: LedgerBlock, values: Mapping[int, Any], texts: dict[int, str]
) -> None:
    """Have `texts` of entries keep less until the wiki has room for all of them."""
    sizes = {page: _size(values[page], text) for page, text in texts.items()}
    room = MAX_BYTES - sum(sizes.values())
    for page in sorted(texts, key=lambda page: -sizes[page]):
        if room >= 0:
            break
        entry = block.entries.get(page) or from_json(LedgerEntry, block.unread[page])
        settled = to_json(compact_to_published(entry))
        texts[page] = _text(settled)
        room += sizes[page] - _size(settled, texts[page])


def inherit(current: LedgerBlock, former: Iterable[LedgerBlock]) -> LedgerBlock:
    """The bot's block with the pages that only a former bot's block has.

    Of several former bots the first that has a page is believed.
    """
    entries, unread = dict(current.entries), dict(current.unread)
    for block in former:
        known = entries.keys() | unread.keys()
        entries |= {p: e for p, e in block.entries.items() if p not in known}
        unread |= {p: value for p, value in block.unread.items() if p not in known}
    problems = (*current.problems, *(p for block in former for p in block.problems))
    return LedgerBlock(MappingProxyType(entries), problems, MappingProxyType(unread))


def _key(page: int) -> str:
    return f"p{page}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _size(value: Any, text: str) -> int:
    """About the octets that the wiki stores, which puts each item on a line."""
    octets, lines = indentation(value)
    return len(text.encode()) + octets + lines * INDENT
