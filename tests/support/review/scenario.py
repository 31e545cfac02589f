"""Scenarios of a page: what people do to it, told in a few words, and then decided.

The clock moves a minute with each act. Accounts have the rights of `RIGHTS` unless a
scenario changes them. `decide` reads what is new since the last time, as the sync does;
`rebuild` reads everything with no entry.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Self

from space.review.decide import decide
from space.review.judge import people
from space.review.model import (
    Content,
    Decision,
    Ending,
    Flaw,
    LedgerEntry,
    PageHistory,
    PageRevision,
    Patrol,
    Read,
    Rights,
    Verdict,
    VerdictKind,
)
from space.review.overlay import may_be_laid_over
from space.review.policy import Policy
from space.review.same_text import normalised_sha1
from space.schema.kinds import Value, load_kind

RIGHTS = {
    "Rita": Rights(reviewer=True, autopatrolled=True),
    "Ravi": Rights(reviewer=True, autopatrolled=True),
    "Tove": Rights(autopatrolled=True),
    "Bot": Rights(autopatrolled=True, machine=True),
    "FuzzyBot": Rights(autopatrolled=True, machine=True),
}
REVIEW = Policy(post="review", event="review")
PATROL = Policy(post="patrol", event="patrol")
OPEN = Policy(post="open", event="open")
START = datetime(2026, 11, 1, tzinfo=UTC)


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _others(kind: str | None, values: Mapping[str, Value]) -> list[object]:
    """The values that no overlay shows."""
    fields = load_kind(kind).fields if kind else {}
    return sorted(
        (name, value)
        for name, value in values.items()
        if name not in fields or not may_be_laid_over(fields[name])
    )


@dataclass
class Scenario:
    kind: str = "event"
    policy: Policy = REVIEW
    today: date = date(2026, 11, 22)
    now: datetime = START
    rights: dict[str, Rights] = field(default_factory=lambda: dict(RIGHTS))
    creator: str | None = None
    accounts: dict[str, int] = field(default_factory=dict)  # name → id, once seen
    revisions: dict[int, PageRevision] = field(default_factory=dict)
    deleted: dict[int, PageRevision] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    patrols: list[Patrol] = field(default_factory=list)
    ended: Ending | None = None
    returned: datetime | None = None
    moved: datetime | None = None
    entry: LedgerEntry | None = None
    asked: list[frozenset[int]] = field(default_factory=list)
    number: int = 100

    @classmethod
    def approved(cls, values: Mapping[str, Value], *names: str) -> Self:
        """A page by Ann with these values that Rita approved; these accounts exist."""
        scenario = cls()
        for name in names:
            scenario.account(name)
        first = scenario.edit("Ann", "A", **values)
        scenario.say("approve", "Rita", first)
        scenario.decide()
        return scenario

    def account(self, name: str) -> int:
        """The id of an account, which is made when it is first seen.

        Names that begin as those of temporary accounts are such.
        """
        return self.accounts.setdefault(name, len(self.accounts) + 1)

    def rename(self, old: str, new: str) -> None:
        """Rename an account, and have everything by it named so."""
        self.accounts[new] = self.accounts.pop(old)
        for number, revision in self.revisions.items():
            if revision.user == old:
                self.revisions[number] = replace(revision, user=new)

    def _rights(self, names: frozenset[str]) -> dict[str, Rights]:
        """The rights of those who have an account."""
        ids = {n: 0 if n.startswith("~") else id_ for n, id_ in self.accounts.items()}
        return {
            name: replace(self.rights.get(name, Rights()), account=ids.get(name, 0))
            for name in names
            if name in ids or name in self.rights
        }

    def tick(self, minutes: int = 1) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now

    def edit(
        self,
        user: str,
        text: str,
        *,
        kind: str | None = "",
        broken: bool = False,
        unread: tuple[str, ...] = (),
        **values: Value,
    ) -> int:
        """Save `text`; the values are what the codec would read in it.

        `kind` None has no template; another than the scenario's own makes it its own.
        """
        at = self.tick()
        self.account(user)
        self.kind = kind or self.kind
        self.number += 1
        self.creator = self.creator or user
        own = None if kind is None else self.kind
        source = f"{own} {broken} {sorted(values.items())}\n{text}"
        content = Content(
            kind=own,
            values={"title": text, **values},
            broken=broken,
            unread=frozenset(unread),
            normalised=normalised_sha1(source),
            organizers=frozenset(values.get("organizers", ())),
            remainder=sha1(f"{own} {text} {_others(own, values)}"),
        )
        digest = sha1(source)
        self.revisions[self.number] = PageRevision(
            self.number,
            at,
            user,
            digest,
            user_id=self.account(user),
            content=content,
        )
        return self.number

    def again(self, user: str, revision: int) -> int:
        """Save the text of an earlier revision: a revert, or a null revision."""
        old = self.revisions[revision]
        self.kind = (old.content and old.content.kind) or self.kind
        self.number += 1
        self.revisions[self.number] = replace(
            old,
            id=self.number,
            timestamp=self.tick(),
            user=user,
            user_id=self.account(user),
        )
        return self.number

    def say(
        self,
        kind: str,
        account: str,
        revision: int | None = None,
        *,
        adder: str | None = None,
        reason: str = "",
        flaw: Flaw = Flaw.NONE,
    ) -> Verdict:
        self.number += 1
        adder = adder or account
        verdict = Verdict(
            kind=VerdictKind(kind),
            revision=revision,
            account=account,
            adder=adder,
            at=self.tick(),
            talk=self.number,
            mark=f"mark{self.number}",
            reason=reason,
            flaw=flaw or (Flaw.NONE if adder == account else Flaw.NOT_SIGNER),
            adder_id=self.account(adder),
        )
        self.verdicts.append(verdict)
        return verdict

    def swap_talk(self, kind: str, account: str) -> Verdict:
        """The talk page of another page comes here by a move, with a verdict on it."""
        self.tick(20)
        verdict = self.say(kind, account)
        self.moved = self.tick()
        return verdict

    def patrol(self, account: str, revision: int) -> None:
        """The wiki logs this once a revision."""
        if revision not in {patrol.revision for patrol in self.patrols}:
            self.patrols.append(Patrol(revision, account, self.tick()))

    def hide(self, revision: int, *, text: bool = True, user: bool = False) -> None:
        old = self.revisions[revision]
        self.revisions[revision] = replace(
            old,
            sha1=None if text else old.sha1,
            text_hidden=text or old.text_hidden,
            content=None if text else old.content,
            user=None if user else old.user,
            user_id=0 if user else old.user_id,
        )

    def delete(self, reason: str = "deleted") -> None:
        self.deleted, self.revisions = self.revisions, {}
        self.ended = Ending(reason, self.tick())

    def undelete(self) -> None:
        self.revisions, self.deleted = self.deleted, {}
        self.ended, self.returned = None, self.tick()

    def _history(self, known: frozenset[int]) -> PageHistory:
        revisions = [self.revisions[number] for number in sorted(self.revisions)]
        return PageHistory(
            page=7,
            kind=self.kind,
            revisions=tuple(
                r if r.id in known else replace(r, content=None) for r in revisions
            ),
            ended=self.ended,
            returned=self.returned,
            moved=self.moved,
            read=Read(talk=self.number),
        )

    def _decide(self, entry: LedgerEntry | None) -> Decision:
        self.asked = []
        known = frozenset[int]()
        while True:
            history = self._history(known)
            names = people(history, entry, self.verdicts)
            decision = decide(
                history,
                entry,
                self.verdicts,
                self.patrols,
                self._rights(names),
                policy=self.policy,
                today=self.today,
            )
            if not decision.wants:
                return decision
            assert decision.wants.isdisjoint(known), "asked for what was given"
            assert decision.entry == (entry or decision.entry)
            self.asked.append(decision.wants)
            known |= decision.wants

    def decide(self) -> Decision:
        decision = self._decide(self.entry)
        self.entry = decision.entry
        return decision

    def rebuild(self) -> Decision:
        return self._decide(None)
