"""Saving pages under stop page and dry run, and the report of each."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import Enum
from typing import TypeVar

from bots.report import Did, PageReport, Report
from bots.stop import Stop
from space.text.messages import Translator
from space.wiki.outcomes import (
    AlreadyExists,
    Blocked,
    Missing,
    NoChange,
    Outcome,
    Refused,
    Retry,
    Saved,
    outcome_key,
)
from space.wiki.port import Wiki
from space.wiki.values import Edit

_LOG = logging.getLogger(__name__)

Item = TypeVar("Item")


def over_pages(
    items: Iterable[Item], work: Callable[[Item], PageReport], stop: Stop
) -> Report:
    """Work on one page after the other, until the end or a reason to stop.

    A page that the wiki takes only later, or does not take as the bot is blocked, ends
    the work: the wiki would take no other either.
    """
    done: list[PageReport] = []
    for item in items:
        if stop.seen:
            break
        page = work(item)
        if page.did is Did.HALTED:
            break
        done.append(page)
        if page.did is Did.LATER:
            return Report(tuple(done), stopped=page.detail.partition("\n")[0])
        if page.did is Did.BLOCKED:
            break
    return Report(tuple(done), stopped=stop.seen)


@dataclass(frozen=True, slots=True)
class Halted(Refused):
    """The bot's own answer to an edit: not sent, since the task is to stop."""


@dataclass(frozen=True, slots=True)
class DryRun(Outcome):
    """The bot's own answer to an edit: not sent, since nothing is to be written."""


@dataclass(frozen=True, slots=True)
class Saver:
    """Saves edits on a wiki, none after a stop or a block and none in a dry run.

    `blocks` holds the wiki's answer that the bot is blocked, once it came; the savers
    of all tasks of a run share it. `may_go_on` is called before each edit and raises
    what keeps the process from it. What was written is in the log at once.
    """

    wiki: Wiki
    stop: Stop
    dry_run: bool = False
    blocks: list[Blocked] = field(default_factory=list)
    may_go_on: Callable[[], None] = lambda: None

    def on(self, wiki: Wiki) -> "Saver":
        """Edits of another wiki under the same stop pages."""
        return replace(self, wiki=wiki, blocks=[])

    def save(self, edit: Edit) -> Outcome:
        """The wiki's answer; without asking it, `Halted`, `DryRun` or its block."""
        if reason := self.stop.reason():
            return Halted(reason)
        if self.dry_run:
            return DryRun()
        if self.blocks:
            return self.blocks[0]
        self.may_go_on()
        outcome = self.wiki.save(edit)
        if isinstance(outcome, Saved):
            _LOG.info("%s: %s", Did.WRITTEN.value, edit.title)
        if isinstance(outcome, Blocked) and not outcome.is_partial:
            self.blocks.append(outcome)
        return outcome


def page_report(
    title: str, outcome: Outcome, translator: Translator, preview: str = ""
) -> PageReport:
    """The report on a page from the answer to its edit.

    `preview` is shown in place of a detail when a dry run did not send the edit.
    """
    did = _did(outcome)
    if did is Did.WOULD_WRITE:
        return PageReport(title, did, preview)
    if did in (Did.WRITTEN, Did.UNCHANGED):
        return PageReport(title, did)
    partial = isinstance(outcome, Blocked) and outcome.is_partial
    key = f"bots-{outcome_key(type(outcome))}{'-page' if partial else ''}"
    detail = translator.text(key)
    return PageReport(title, did, f"{detail}\n{_facts(outcome)}".rstrip())


def _facts(outcome: Outcome) -> str:
    """The fields of the wiki's answer with their names, without defaults."""
    values = ((row, getattr(outcome, row.name)) for row in fields(outcome))
    facts = ((row.name, value) for row, value in values if value != row.default)
    texts = ((name, _fact(value)) for name, value in facts)
    return "; ".join(f"{name}: {text}" for name, text in texts if text)


def _fact(value: object) -> str:
    """A value of an outcome as text; empty for None, False and empty values."""
    match value:
        case str():
            return value
        case tuple():
            return ", ".join(value)
        case datetime():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case True:
            return "yes"
    return ""


_DID: Mapping[type[Outcome], Did] = {
    Saved: Did.WRITTEN,
    NoChange: Did.UNCHANGED,
    Halted: Did.HALTED,
    DryRun: Did.WOULD_WRITE,
}


def _did(outcome: Outcome) -> Did:
    if type(outcome) in _DID:
        return _DID[type(outcome)]
    # The next run reads the page anew and makes or mends it.
    if outcome.retry is Retry.NOW or isinstance(outcome, AlreadyExists | Missing):
        return Did.OVERTAKEN
    if isinstance(outcome, Blocked) and not outcome.is_partial:
        return Did.BLOCKED
    if outcome.retry in (Retry.LATER, Retry.SIGN_IN):
        return Did.LATER
    return Did.REFUSED
