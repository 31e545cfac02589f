"""What the wiki hides of what the ledger and the store have, asked in every sync.

Suppression leaves no public log, so revisions and names are asked for themselves: 50 in
a request, or 500 revisions with the bot right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from space.publication.people import accounts_named
from space.review.model import LedgerEntry
from space.review.record import Record
from space.review.redaction import Seen, Visibility, names_of, revisions_of
from space.wiki.port import WikiReader
from space.wiki.values import IMPORTED, Site

AT_ONCE = 5000
"""Revisions that are in memory at once: full requests of 50, and of 500."""


@dataclass(slots=True)
class HiddenAccounts:
    """Names of accounts that the wiki hides, of those that were asked for."""

    wiki: WikiReader
    hidden: set[str] = field(default_factory=set)
    visible: set[str] = field(default_factory=set)

    def ask(self, names: Iterable[str]) -> None:
        """Ask for the names that nothing is known of yet."""
        known = self.hidden | self.visible
        unknown = sorted(n for n in set(names) - known if IMPORTED not in n)
        if unknown:
            self.hidden |= self.wiki.hidden_accounts(unknown)
            self.visible |= set(unknown) - self.hidden


def read_visibility(
    accounts: HiddenAccounts,
    entries: Iterable[LedgerEntry],
    records: Iterable[Record],
    site: Site,
) -> Visibility:
    """What can be seen of everything that entries and records keep.

    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    entries = tuple(entries)
    numbers = sorted({n for entry in entries for n in revisions_of(entry) if n})
    seen = _seen(accounts.wiki, numbers)
    # Whose name is told with a revision is not hidden.
    accounts.visible |= {each.user for each in seen.values() if each.user}
    names = {name for entry in entries for name in names_of(entry)}
    for record in records:
        if record.publication:
            values = record.publication.values
            names |= accounts_named(record.kind, values, site)
    accounts.ask(names)
    return Visibility(seen, frozenset(accounts.hidden))


def _seen(wiki: WikiReader, numbers: Sequence[int]) -> dict[int, Seen]:
    """What can be seen of revisions, by id, listed some at a time for memory's sake."""
    seen: dict[int, Seen] = {}
    same: dict[Seen, Seen] = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = wiki.revisions(numbers[start : start + AT_ONCE], text=False)
        for number, row in rows.items():
            found = Seen.of(row)
            seen[number] = same.setdefault(found, found)
    return seen
