"""Going over pages: stop in time, and say what came of each."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from bots.report import Did, PageReport, Report
from bots.stop import Stop
from space.i18n import Translator
from space.outcomes import NoChange, Outcome, Retry, Saved

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


def page_report(title: str, outcome: Outcome, translator: Translator) -> PageReport:
    """The wiki's answer to an edit of a page, in words."""
    did = _did(outcome)
    if did in (Did.WRITTEN, Did.UNCHANGED):
        return PageReport(title, did)
    detail = translator.text(outcome.message_key, *outcome.message_params)
    return PageReport(title, did, detail)


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
