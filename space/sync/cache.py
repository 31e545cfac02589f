"""What several steps of a run read: settings, topics, the ledger; recent changes.

The store keeps their texts, so that a page is fetched only when it changed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Self

from space.key_values import KeyValues
from space.wiki.port import WikiReader
from space.wiki.values import Change, PageInfo, Revision


@dataclass(frozen=True, slots=True)
class Source:
    """A page's text as of its `latest` revision, and whose it is."""

    title: str
    latest: int
    user: str | None
    text: str


class Sources:
    """Reads pages through the store's notes; one content request for all of them."""

    def __init__(self, wiki: WikiReader, notes: KeyValues) -> None:
        self._wiki = wiki
        self._notes = notes
        self._known: dict[str, Source] = {}
        self._recent: tuple[datetime, tuple[Change, ...]] | None = None

    def changes(self, since: datetime) -> tuple[Change, ...]:
        """Recent changes since a time, asked once for all that need them."""
        if self._recent is None or self._recent[0] > since:
            self._recent = (since, tuple(self._wiki.changes(since)))
        return tuple(row for row in self._recent[1] if row.timestamp >= since)

    def read(
        self, titles: Iterable[str] = (), folders: Iterable[str] = ()
    ) -> Mapping[str, Source]:
        """The pages of these titles and all below these, as far as they exist.

        What one call has read, the next ones of this object take as it was.
        """
        wanted = list(dict.fromkeys(titles))
        found = {title: self._known[title] for title in wanted if title in self._known}
        missing = [title for title in wanted if title not in found]
        infos = dict(self._wiki.pages_by_title(missing)) if missing else {}
        for folder in folders:
            infos.update((info.title, info) for info in self._wiki.subpages(folder))
        found |= self._read(infos)
        self._known |= found
        return found

    def remember(self, source: Source) -> None:
        """Take a text just saved as read."""
        self._known[source.title] = source
        self._notes.set_note(_name(source.title), json.dumps(asdict(source)))

    def _read(self, infos: Mapping[str, PageInfo]) -> dict[str, Source]:
        found: dict[str, Source] = {}
        stale: dict[int, str] = {}
        for title, info in infos.items():
            kept = self._kept(title)
            if kept and kept.latest == info.latest:
                found[title] = kept
            else:
                stale[info.latest] = title
        for revision in self._wiki.revisions(stale, text=True).values():
            source = _source(stale[revision.id], revision)
            found[source.title] = source
            self.remember(source)
        return found

    def _kept(self, title: str) -> Source | None:
        kept = self._notes.note(_name(title))
        return Source(**json.loads(kept)) if kept else None


def _source(title: str, revision: Revision) -> Source:
    # A hidden text is one that says nothing.
    return Source(title, revision.id, revision.user, revision.text or "")


def _name(title: str) -> str:
    digest = hashlib.sha1(title.encode(), usedforsecurity=False)
    return f"source:{digest.hexdigest()}"


NAME = "sync"


@dataclass(slots=True)
class Memory:
    """How far pages were read that have no entry in the ledger, or an older one.

    `bystanders` are pages that transclude our templates through another page and
    are no records: page id → revision. `talk` are talk pages read without news:
    record's page id → revision of the talk page. `addresses` are those in the queue
    that the list of spam was asked about on the UTC day `asked`: address → 1 if it is
    on the list, else 0.
    """

    bystanders: dict[int, int] = field(default_factory=dict)
    talk: dict[int, int] = field(default_factory=dict)
    asked: str = ""
    addresses: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, notes: KeyValues) -> Self:
        """What was kept last."""
        kept = json.loads(notes.note(NAME) or "{}")
        return cls(
            bystanders=_numbers(kept.get("bystanders", {})),
            talk=_numbers(kept.get("talk", {})),
            asked=kept.get("asked", ""),
            addresses=kept.get("addresses", {}),
        )

    def write(self, notes: KeyValues) -> None:
        """Keep it for the next time."""
        notes.set_note(NAME, json.dumps(asdict(self), separators=(",", ":")))


def _numbers(kept: dict[str, int]) -> dict[int, int]:
    return {int(page): revision for page, revision in kept.items()}
