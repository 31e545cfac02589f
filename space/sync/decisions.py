"""The decisions of a sync: review of all cases, with the rights and texts it needs."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from space.review.decide import decide
from space.review.judge import people, rights_of
from space.review.model import LedgerEntry, Rights
from space.review.policy import Policy
from space.sync.context import Context
from space.sync.reading.cases import Case
from space.sync.reading.patrols import read_patrols, unread_wait
from space.sync.reading.revisions import Texts
from space.sync.records import needed_texts, replaced_text, with_times
from space.sync.report import Decided
from space.wiki.port import WikiReader

_LOG = logging.getLogger(__name__)


def decide_cases(context: Context, cases: Mapping[int, Case]) -> tuple[Decided, ...]:
    """Decide on the cases, and have the ledger keep entries that are new.

    A page on which deciding fails, which it should not, is logged and left as it was.
    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    policy, texts = context.rules.policy, context.texts
    rights = RightsRead(context.wiki, policy)
    open_cases = _read_rights(context, cases, rights)
    entries = decide_all(open_cases.values(), texts, rights, policy, context.today)
    while waits := _unread_waits(open_cases, entries, policy):
        read_patrols(context.patrols, open_cases, waits)
        again = [open_cases[page] for page in waits]
        entries |= decide_all(again, texts, rights, policy, context.today)
    context.failed.update(open_cases.keys() - entries.keys())
    texts.fetch(n for entry in entries.values() for n in needed_texts(entry))
    replaced = (replaced_text(entries[page], cases[page].entry) for page in entries)
    texts.fetch(revision for revision in replaced if revision)
    decided = []
    for page, entry in entries.items():
        try:
            entry_now = replace(entry, policy=policy.terms(entry.kind))
            entry_now = with_times(entry_now, cases[page].entry, texts)
        except Exception:  # noqa: BLE001 - one page must not stop all others
            context.fail(page)
            continue
        context.ledger.keep(entry_now)
        decided.append(_decided(cases[page], entry_now))
        _remember_talk(context, cases[page])
    return tuple(decided)


def _remember_talk(context: Context, case: Case) -> None:
    """Remember how far a talk page was read where the ledger is not to say so."""
    memory, entry = context.memory.talk, context.ledger.entry(case.page)
    talk = max(case.talk, memory.get(case.page, 0))
    if talk > (entry.read.talk if entry else 0):
        memory[case.page] = talk
    else:
        memory.pop(case.page, None)


def _unread_waits(
    cases: Mapping[int, Case], entries: Mapping[int, LedgerEntry], policy: Policy
) -> dict[int, datetime]:
    """Since when cases wait, by page id, of which no patrols were read."""
    times = {p: unread_wait(cases[p], entry, policy) for p, entry in entries.items()}
    return {page: time for page, time in times.items() if time}


def _decided(case: Case, entry: LedgerEntry) -> Decided:
    before = case.entry.status.state if case.entry else None
    return Decided(case.page, case.info.title if case.info else "", before, entry)


def _read_rights(
    context: Context, cases: Mapping[int, Case], rights: "RightsRead"
) -> dict[int, Case]:
    """The cases to decide on, by page id, the rights of their people being read.

    Pages without a revision that can be read, and pages that fail, are absent.
    """
    names: dict[int, frozenset[str]] = {}
    for page, case in cases.items():
        if not (case.revisions or case.entry):
            continue
        try:
            names[page] = _people(case, context.texts)
        except Exception:  # noqa: BLE001 - one page must not stop all others
            context.fail(page)
    rights.read(frozenset[str]().union(*names.values()))
    return {page: cases[page] for page in names}


def _people(case: Case, texts: Texts) -> frozenset[str]:
    return people(case.history(texts), case.entry, case.verdicts)


class RightsRead:
    """Rights of accounts at the time of a sync, each read once.

    `known` has them by name; names without an account are absent.
    """

    def __init__(self, wiki: WikiReader, policy: Policy) -> None:
        self._wiki = wiki
        self._policy = policy
        self._asked: set[str] = set()
        self.known: dict[str, Rights] = {}

    def read(self, names: Collection[str]) -> None:
        """Read the rights of accounts that were not asked for before.

        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        new = sorted(set(names) - self._asked)
        accounts = self._wiki.accounts(new) if new else {}
        self._asked.update(new)
        self.known |= {
            name: rights_of(account, self._policy)
            for name, account in accounts.items()
            if account.exists
        }


def decide_all(
    cases: Iterable[Case],
    texts: Texts,
    rights: RightsRead,
    policy: Policy,
    today: date,
) -> dict[int, LedgerEntry]:
    """The new ledger entries, by page id; a page on which deciding fails has none.

    The texts that decisions ask for are fetched for all pages together, and the rights
    of the people whom they name, until no decision asks for another text.
    """
    decided: dict[int, LedgerEntry] = {}
    open_cases = list(cases)
    while open_cases:
        wants: set[int] = set()
        undecided = []
        for case in open_cases:
            try:
                decision = decide(
                    case.history(texts),
                    case.entry,
                    case.verdicts,
                    case.patrols,
                    rights.known,
                    policy=policy,
                    today=today,
                )
            except Exception:  # noqa: BLE001 - one page must not stop all others
                _LOG.exception("deciding failed: page=%d", case.page)
                continue
            if decision.wants:
                wants |= decision.wants
                undecided.append(case)
            else:
                decided[case.page] = decision.entry
        texts.fetch(wants)
        rights.read(
            frozenset[str]().union(*(_people(case, texts) for case in undecided))
        )
        open_cases = undecided
    return decided
