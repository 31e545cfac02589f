"""Going over pages: stop in time, and say what came of each."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import TypeVar

from bots.report import Did, PageReport, Report
from bots.stop import Stop
from space.text.messages import Translator
from space.wiki.outcomes import (
    AlreadyExists,
    Missing,
    NoChange,
    Outcome,
    Refused,
    Retry,
    Saved,
    outcome_key,
)

_LOG = logging.getLogger(__name__)

Item = TypeVar("Item")


def over_pages(
    items: Iterable[Item], work: Callable[[Item], PageReport], stop: Stop
) -> Report:
    """Work on one page after the other, until the end or a reason to stop.

    A page that the wiki takes only later ends the task: so would all others.
    """
    done: list[PageReport] = []
    for item in items:
        reason = stop.reason()
        if reason:
            return Report(tuple(done), stopped=reason)
        page = work(item)
        _LOG.info("%s: %s", page.did.value, page.title)
        done.append(page)
        if page.did is Did.LATER:
            return Report(tuple(done), stopped=page.detail.partition("\n")[0])
    return Report(tuple(done))


@dataclass(frozen=True, slots=True)
class Halted(Refused):
    """The bot's own answer to an edit: not sent, since the task is to stop."""


def page_report(title: str, outcome: Outcome, translator: Translator) -> PageReport:
    """The wiki's answer to an edit of a page, in words for who runs the bot."""
    did = _did(outcome)
    if did in (Did.WRITTEN, Did.UNCHANGED):
        return PageReport(title, did)
    detail = translator.text(f"bots-{outcome_key(type(outcome))}")
    return PageReport(title, did, f"{detail}\n{_facts(outcome)}".rstrip())


def _facts(outcome: Outcome) -> str:
    """What the wiki told of its answer, with the names of fields; no defaults."""
    values = ((each, getattr(outcome, each.name)) for each in fields(outcome))
    told = ((each.name, value) for each, value in values if value != each.default)
    texts = ((name, _fact(value)) for name, value in told)
    return "; ".join(f"{name}: {text}" for name, text in texts if text)


def _fact(value: object) -> str:
    """A value of an outcome as text; empty where the wiki did not tell it."""
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


def _did(outcome: Outcome) -> Did:
    if isinstance(outcome, Saved):
        return Did.WRITTEN
    if isinstance(outcome, NoChange):
        return Did.UNCHANGED
    if isinstance(outcome, Halted):
        return Did.HALTED
    # The next run reads the page anew and makes or mends it.
    if outcome.retry is Retry.NOW or isinstance(outcome, AlreadyExists | Missing):
        return Did.OVERTAKEN
    if outcome.retry in (Retry.LATER, Retry.SIGN_IN):
        return Did.LATER
    return Did.REFUSED
