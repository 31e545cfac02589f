"""Going over pages: stop in time, save, and say what came of it."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from bots.report import Did, PageReport, Report
from bots.stop import Stop
from space.i18n import Translator
from space.outcomes import NoChange, Outcome, Retry, Saved
from space.wiki import Edit, Wiki

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
            return Report(tuple(done), stopped=page.detail)
    return Report(tuple(done))


def save(wiki: Wiki, edit: Edit, translator: Translator) -> PageReport:
    """Make the edit and put the wiki's answer into words."""
    outcome = wiki.save(edit)
    return PageReport(edit.title, _did(outcome), _detail(outcome, translator))


def _did(outcome: Outcome) -> Did:
    if isinstance(outcome, Saved):
        return Did.WRITTEN
    if isinstance(outcome, NoChange):
        return Did.UNCHANGED
    if outcome.retry is Retry.NOW:
        return Did.OVERTAKEN
    if outcome.retry in (Retry.LATER, Retry.SIGN_IN):
        return Did.LATER
    return Did.REFUSED


def _detail(outcome: Outcome, translator: Translator) -> str:
    if isinstance(outcome, Saved | NoChange):
        return ""
    return translator.text(outcome.message_key, *outcome.message_params)
