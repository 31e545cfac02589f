"""Judging what is new, once: rights and blocks as they are when first read.

What comes out goes into the ledger; losing a right, being blocked or renamed later
changes nothing about it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from space.review.model import (
    Flaw,
    Judged,
    LedgerEntry,
    PageHistory,
    PageRevision,
    Patrol,
    Read,
    Rights,
    Verdict,
    VerdictKind,
)
from space.review.organizers import named_in
from space.review.origin import is_creator, with_origin
from space.review.own_text import shares
from space.review.policy import Policy
from space.review.redaction import refused
from space.review.same_text import other_hash
from space.wiki.values import Account

MACHINES = frozenset({"FuzzyBot"})
"""Accounts of software without a bot flag (Translate's is autopatrolled)."""

CHANGED_LATELY = timedelta(minutes=10)
"""A verdict without a revision is unclear when the page changed so shortly before."""

NOBODY = Rights()

RETAINED_REFUSED = 5
"""The number of refused verdicts of a page that the ledger keeps, the newest ones."""


def rights_of(account: Account, policy: Policy) -> Rights:
    """The rights of an account, under a policy that names the reviewers' right."""
    return Rights(
        reviewer=policy.right in account.rights,
        autopatrolled="autopatrol" in account.rights,
        machine="bot" in account.rights | account.groups or account.name in MACHINES,
        blocked=account.blocked,
        account=0 if account.temporary else account.id,
    )


def people(
    history: PageHistory, entry: LedgerEntry | None, verdicts: Iterable[Verdict]
) -> frozenset[str]:
    """Names of the accounts whose rights a decision needs.

    Also names with which refused verdicts are signed, as far as the ledger may keep
    these, and those of organizers in texts that were read.
    """
    known = entry or LedgerEntry(page=history.page, kind=history.kind)
    marks = known.marks
    organizers = known.organizers
    authors = {r.user for r in history.revisions if r.id > known.read.page and r.user}
    new = [v for v in verdicts if v.seen_mark not in marks]
    signers = {v.account for v in new if not v.flaw}
    flawed = [v.account for v in new if v.flaw and v.account]
    named = named_in(history, organizers)
    return frozenset(authors | signers | set(flawed[-RETAINED_REFUSED:]) | named)


def judge(
    history: PageHistory,
    entry: LedgerEntry,
    verdicts: Sequence[Verdict],
    patrols: Iterable[Patrol],
    rights: Mapping[str, Rights],
) -> LedgerEntry:
    """The entry with what is new judged and added; its status stays as it was."""
    entry = with_origin(history, entry)
    fresh = [r for r in history.revisions if r.id > entry.read.page]
    trusted = {r.id for r in fresh if _rights(rights, r.user).trusted}
    retractors = {r.id for r in fresh if _may_retract(r, entry, rights)}
    accountable = {r.id for r in fresh if _rights(rights, r.user).accountable}
    new = _judge_all(history, entry, verdicts, rights) if history.revisions else ()
    heard = [*entry.verdicts, *new]
    return replace(
        entry,
        read=_read(history, entry.read),
        verdicts=tuple(sorted(heard, key=lambda j: j.verdict.talk)),
        patrols=_patrols(entry, patrols),
        trusted=tuple(sorted(trusted.union(entry.trusted))),
        retractors=tuple(sorted(retractors.union(entry.retractors))),
        accountable=tuple(sorted(accountable.union(entry.accountable))),
    )


def _rights(rights: Mapping[str, Rights], name: str | None) -> Rights:
    return rights.get(name, NOBODY) if name else NOBODY


def _may_retract(
    revision: PageRevision, entry: LedgerEntry, rights: Mapping[str, Rights]
) -> bool:
    if is_creator(entry, revision.user, revision.user_id):
        return True
    return _rights(rights, revision.user).reviews


def _read(history: PageHistory, before: Read) -> Read:
    """The newest ids read; those of the talk page wait while the page is deleted."""
    newest = max((r.id for r in history.revisions), default=0)
    return Read(
        page=max(before.page, newest),
        talk=max(before.talk, history.read.talk if history.revisions else 0),
        log=max(before.log, history.read.log),
    )


def _patrols(entry: LedgerEntry, read: Iterable[Patrol]) -> tuple[Patrol, ...]:
    """The patrols after the entry's snapshot, of a revision only the first."""
    beginning = entry.snapshot.at
    new = [patrol for patrol in read if beginning is None or patrol.at > beginning]
    first: dict[int, Patrol] = {}
    for patrol in sorted([*entry.patrols, *new], key=lambda p: (p.at, p.account or "")):
        first.setdefault(patrol.revision, patrol)
    return tuple(first[revision] for revision in sorted(first))


def _judge_all(
    history: PageHistory,
    entry: LedgerEntry,
    verdicts: Iterable[Verdict],
    rights: Mapping[str, Rights],
) -> Iterator[Judged]:
    seen = set(entry.marks)
    for verdict in verdicts:
        if verdict.seen_mark not in seen:
            seen.add(verdict.seen_mark)
            yield _judge(history, entry, verdict, rights)


def _judge(
    history: PageHistory,
    entry: LedgerEntry,
    verdict: Verdict,
    rights: Mapping[str, Rights],
) -> Judged:
    named = _named(history, verdict)
    made_it = is_creator(entry, verdict.adder, verdict.adder_id)
    flaw = (
        verdict.flaw
        or _flaw_of_account(verdict, made_it, _rights(rights, verdict.account))
        or _flaw_of_revision(history, named, verdict)
    )
    if flaw or named is None:
        return Judged(
            refused(replace(verdict, flaw=flaw), rights), verdict.revision or 0
        )
    authors = [(r.id, r.user) for r in history.revisions]
    creator = verdict.account if made_it else entry.creator
    by = shares(authors, creator, verdict.account, named.id)
    normalised = named.content.normalised if named.content else None
    return Judged(
        verdict,
        revision=named.id,
        own=by.own,
        other=by.other,
        sha1=named.sha1,
        normalised=other_hash(normalised, named.sha1),
    )


def _named(history: PageHistory, verdict: Verdict) -> PageRevision | None:
    """The revision a verdict is about: without a number, the newest of its moment.

    A withdrawal takes back the page, so whatever its number, it is on the newest.
    """
    if verdict.revision is not None and verdict.kind is not VerdictKind.WITHDRAW:
        return _revision(history, verdict.revision)
    before = (r for r in history.revisions if r.timestamp <= verdict.at)
    return max(before, key=lambda r: r.id, default=None)


def _revision(history: PageHistory, number: int | None) -> PageRevision | None:
    return next((r for r in history.revisions if r.id == number), None)


def _flaw_of_account(verdict: Verdict, made_it: bool, rights: Rights) -> Flaw:  # noqa: FBT001
    own_page = verdict.kind is VerdictKind.WITHDRAW and made_it
    if rights.blocked:
        return Flaw.BLOCKED
    return Flaw.NONE if rights.reviewer or own_page else Flaw.NO_RIGHT


def _flaw_of_revision(
    history: PageHistory, named: PageRevision | None, verdict: Verdict
) -> Flaw:
    """The flaw of what a verdict is about, by a reviewer who may give it.

    A number of this page binds it to the page, whatever its title is by now. Else it
    is about the page that its talk page belonged to, which only the titles tell.
    """
    if named is None:
        return Flaw.OTHER_PAGE
    if named.timestamp > verdict.at:
        return Flaw.BAD_REV
    if _revision(history, verdict.revision):
        return Flaw.NONE
    if history.moved is not None and verdict.at <= history.moved:
        return Flaw.MOVED
    if verdict.kind is VerdictKind.WITHDRAW:
        return Flaw.NONE
    lately = verdict.at - named.timestamp < CHANGED_LATELY
    return Flaw.UNCLEAR_REV if lately else Flaw.NONE
