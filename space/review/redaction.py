"""Redaction of ledger entries: names, words and hashes that the wiki hides go.

Hiding is done on the wiki: of a revision its text or its author's name, by revision
deletion or suppression, or of an account its name everywhere. Suppression leaves no
public log, so each sync asks what can be seen of the revisions of `revisions_of` and of
the names of `names_of`. A name that changed is followed, by the same revisions.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from space.review.model import (
    Acceptance,
    Cause,
    Judged,
    LedgerEntry,
    Patrol,
    Snapshot,
    Verdict,
)
from space.wiki.values import Revision


@dataclass(frozen=True, slots=True)
class Seen:
    """What anybody can see of a revision; `user` is None for a hidden author.

    Of most revisions of a person that is the same, so that many ids share one value.
    """

    user: str | None
    user_id: int
    text_hidden: bool

    @classmethod
    def of(cls, row: Revision) -> "Seen":
        """What can be seen of a revision as it is listed."""
        return cls(row.user, row.user_id, row.text_hidden)


@dataclass(frozen=True, slots=True)
class Visibility:
    """What anybody can see of revisions and accounts now.

    `revisions` are those that exist, by id; of `hidden` accounts the wiki hides the
    names.
    """

    revisions: Mapping[int, Seen]
    hidden: frozenset[str] = frozenset()

    def has_text(self, revision: int) -> bool:
        """Whether the text of a revision can be seen; not of a deleted one."""
        row = self.revisions.get(revision)
        return row is not None and not row.text_hidden

    def hides_text(self, revision: int) -> bool:
        """Whether a revision is there, but not its text."""
        row = self.revisions.get(revision)
        return row is not None and row.text_hidden

    def hides_author(self, revision: int) -> bool:
        """Whether a revision is there, but not its author's name."""
        row = self.revisions.get(revision)
        return row is not None and row.user is None

    def author(self, revision: int, name: str | None) -> str | None:
        """The author of a revision as the wiki tells it now; None for a hidden name.

        `name` is believed of a revision that is deleted.
        """
        row = self.revisions.get(revision)
        return self.name(row.user if row else name)

    def name(self, name: str | None) -> str | None:
        """The name, None if the wiki hides it."""
        return None if name in self.hidden else name or None


def revisions_of(entry: LedgerEntry) -> Iterator[int]:
    """Ids of the revisions from which what is kept of a page comes."""
    published = entry.status.published
    yield from (published.revision if published else 0, entry.origin)
    yield from entry.status.hidden
    for judged in _judged(entry):
        yield from (judged.revision, judged.verdict.talk)
    for acceptance in (*entry.snapshot.accepted, *entry.accepted):
        yield from (acceptance.revision, acceptance.talk)


def names_of(entry: LedgerEntry) -> Iterator[str]:
    """Names of all accounts that an entry names."""
    names = [entry.creator]
    for judged in _judged(entry):
        names += [judged.verdict.account, judged.verdict.adder]
    names += [a.account for a in (*entry.snapshot.accepted, *entry.accepted)]
    names += [p.account for p in (*entry.snapshot.patrolled, *entry.patrols)]
    names += [account.name for account in entry.organizers.accounts]
    yield from filter(None, names)


def has_other_text(entry: LedgerEntry, visibility: Visibility) -> bool:
    """Whether the published revision is hidden, or one that was hidden is seen again.

    Then the page has to be decided on.
    """
    published = entry.status.published
    return any(map(visibility.has_text, entry.status.hidden)) or (
        published is not None and not visibility.has_text(published.revision)
    )


def redact(entry: LedgerEntry, visibility: Visibility) -> LedgerEntry:
    """The entry without what the wiki hides, and with accounts as they are named now.

    The words of a verdict go with the text of the talk revision that brought them,
    deleted ones too. A hash goes with its text, as it tells whoever knows the rest of a
    text what was hidden in it. Nothing else about what counts changes.
    """
    creator = visibility.author(entry.origin, entry.creator)
    origin = visibility.revisions.get(entry.origin)
    creator_id = origin.user_id if origin else entry.creator_id
    return replace(
        entry,
        creator=creator,
        creator_id=creator_id if creator else 0,
        snapshot=_snapshot(entry.snapshot, visibility),
        verdicts=tuple(_judgement(j, visibility) for j in entry.verdicts),
        patrols=_patrols(entry.patrols, visibility),
        accepted=_accepted(entry.accepted, visibility),
        organizers=replace(
            entry.organizers,
            accounts=tuple(
                account
                for account in entry.organizers.accounts
                if visibility.name(account.name)
            ),
        ),
    )


def refused(verdict: Verdict, accounts: Collection[str]) -> Verdict:
    """A refused verdict as the ledger has it: without words.

    `accounts` are names of accounts. A name that the line is signed with stays if it is
    one of them, or that of who added the line: anything can be written there.
    """
    name = verdict.account
    is_known = name == verdict.adder or name in accounts
    return _named(replace(verdict, reason=""), name if is_known else None)


def _named(verdict: Verdict, account: str | None) -> Verdict:
    """The verdict signed with another name; it is seen under the mark it had."""
    mark = verdict.mark if account else verdict.seen_mark
    return replace(verdict, account=account or "", mark=mark)


def _judged(entry: LedgerEntry) -> Iterator[Judged]:
    yield from entry.verdicts
    yield from entry.snapshot.rejected
    if entry.snapshot.decline:
        yield entry.snapshot.decline


def _snapshot(snapshot: Snapshot, visibility: Visibility) -> Snapshot:
    decline = snapshot.decline
    return replace(
        snapshot,
        accepted=_accepted(snapshot.accepted, visibility),
        rejected=tuple(_judgement(j, visibility) for j in snapshot.rejected),
        decline=_judgement(decline, visibility) if decline else None,
        patrolled=_patrols(snapshot.patrolled, visibility),
    )


def _judgement(judged: Judged, visibility: Visibility) -> Judged:
    hides = visibility.hides_text(judged.revision)
    return replace(
        judged,
        verdict=_verdict(judged.verdict, visibility),
        sha1=None if hides else judged.sha1,
        normalised=None if hides else judged.normalised,
    )


def _verdict(verdict: Verdict, visibility: Visibility) -> Verdict:
    adder = visibility.author(verdict.talk, verdict.adder)
    row = visibility.revisions.get(verdict.talk)
    own = not verdict.flaw or verdict.account == verdict.adder
    has_words = not verdict.flaw and visibility.has_text(verdict.talk)
    account = adder if own else visibility.name(verdict.account)
    return replace(
        _named(verdict, account),
        adder=adder,
        adder_id=(row.user_id if row else verdict.adder_id) if adder else 0,
        reason=verdict.reason if has_words else "",
    )


def _accepted(
    accepted: tuple[Acceptance, ...], visibility: Visibility
) -> tuple[Acceptance, ...]:
    return tuple(_acceptance(acceptance, visibility) for acceptance in accepted)


def _acceptance(acceptance: Acceptance, visibility: Visibility) -> Acceptance:
    hides = visibility.hides_text(acceptance.revision)
    return replace(
        acceptance,
        account=_acceptor(acceptance, visibility),
        sha1=None if hides else acceptance.sha1,
        normalised=None if hides else acceptance.normalised,
    )


def _acceptor(acceptance: Acceptance, visibility: Visibility) -> str | None:
    """Who accepted a revision; by a rule this is often its author."""
    if acceptance.cause is Cause.APPROVAL:
        return visibility.author(acceptance.talk, acceptance.account)
    if acceptance.cause is Cause.OPEN:
        return visibility.author(acceptance.revision, acceptance.account)
    is_hidden = visibility.hides_author(acceptance.anchor or acceptance.revision)
    return None if is_hidden else visibility.name(acceptance.account)


def _patrols(patrols: tuple[Patrol, ...], visibility: Visibility) -> tuple[Patrol, ...]:
    return tuple(
        replace(patrol, account=visibility.name(patrol.account)) for patrol in patrols
    )
