"""Own text: nobody may review a text that they wrote, so such a verdict is refused.

`decide` asks when it replays a verdict, the tool's review page before it offers one.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shares:
    """The newest revision by an account, and by anybody else; 0 when there is none."""

    own: int
    other: int


@dataclass(frozen=True, slots=True)
class AcceptedRevisions:
    """Ids of a page's accepted revisions, ascending.

    `last_dropped` is the newest accepted revision that compaction removed from the
    ledger, 0 when there is none.
    """

    revisions: tuple[int, ...] = ()
    last_dropped: int = 0


def shares(
    authors: Iterable[tuple[int, str | None]],
    creator: str | None,
    account: str,
    upto: int,
) -> Shares:
    """Who wrote the revisions up to `upto`: `account`, or others.

    `authors` are pairs of revision and author. A hidden name (None) may be this
    account's: hiding one opens no way to approve oneself.
    """
    known = [(revision, user) for revision, user in authors if revision <= upto]
    own = max((r for r, user in known if user in {account, None}), default=0)
    if creator in {account, None}:
        return Shares(max(own, 1), 0)  # the first is its own, even if deleted since
    other = max((r for r, user in known if user not in {account, None}), default=0)
    return Shares(own, other)


def is_own_text(revision: int, by: Shares, accepted: AcceptedRevisions) -> bool:
    """Whether a revision's text is an account's own, by its shares up to there.

    It is if all that was written since the accepted revision before is the account's.
    Before the last dropped revision any text of the account's will do.
    """
    older = [number for number in accepted.revisions if number < revision]
    base = max(older, default=accepted.last_dropped)
    if base >= revision:
        return by.own > 0
    return by.own > base and by.other <= base
