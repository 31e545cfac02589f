"""The task that mentions reviewers on their page when pages cannot wait."""

from collections.abc import Collection, Sequence

from bots.job import Job
from bots.report import Report
from bots.saving import page_report
from space.review.judge import rights_of
from space.review.policy import Policy
from space.review.queue.reminders import (
    MAX_PAGES,
    Due,
    WaitingPage,
    add_line,
    page_links,
    people_to_mention,
    reminder,
)
from space.settings.reviewers import read_reviewers, reviewers_title
from space.settings.ruling_pages import REVIEWERS
from space.wiki.mentions import mentions
from space.wiki.values import Edit, Revision


def run(job: Job) -> Report:
    """Add at most one line a day; none while all pages can wait."""
    due = Due.of(job.store.queue.rows(), job.now)
    title = reviewers_title(job.config.root)
    page = job.wiki.texts([title]).get(title) if due.pages else None
    if page is None or _has_spoken(job, page):
        return Report()
    names = _people(job, due.pages)
    return _remind(job, due, names, page) if names else Report()


def _has_spoken(job: Job, page: Revision) -> bool:
    """Whether the bot edited the page on this UTC day, by the page's history."""
    return any(
        revision.user == job.account and revision.timestamp.date() == job.today
        for revision in job.wiki.history(page.page_id)
    )


def _people(job: Job, pages: Sequence[WaitingPage]) -> tuple[str, ...]:
    """Names to mention: of those who signed up the ones with the right to review."""
    reviewers = read_reviewers(job.ruling.text(REVIEWERS))
    accounts = job.wiki.accounts([reviewer.user for reviewer in reviewers])
    able = [
        reviewer
        for reviewer in reviewers
        if rights_of(accounts[reviewer.user], Policy.of_settings(job.settings)).reviews
    ]
    return people_to_mention(pages, able, job.today)


def _remind(job: Job, due: Due, names: Collection[str], page: Revision) -> Report:
    title, say = reviewers_title(job.config.root), job.translator.text
    sentences = (
        _sentence(job, "bots-reminder-soon", due.start_soon),
        _sentence(job, "bots-reminder", due.overdue),
        mentions(names),
    )
    line = reminder(job.today, " ".join(filter(None, sentences)))
    edit = Edit(
        title=title,
        text=add_line(page.text or "", say("bots-reminder-heading"), line),
        summary=say("bots-summary-reminders"),
        base=page.id,
        bot=True,
    )
    preview = ", ".join(names)
    page_done = page_report(title, job.save(edit), job.translator, preview)
    return Report(pages=(page_done,))


def _sentence(job: Job, key: str, pages: Sequence[WaitingPage]) -> str:
    """That these pages wait; empty for none."""
    say, links = job.translator.text, page_links(pages)
    if len(pages) > MAX_PAGES:
        links = say("bots-reminder-more", links, f"{job.config.root}/Review")
    return say(key, len(pages), links) if pages else ""
