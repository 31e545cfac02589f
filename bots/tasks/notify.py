"""The task that mentions followers of events and posts, in a section a day.

Their lines are on the page that the settings name, the sections on its talk page, and
what was said to whom on a page of the bot (`space.follow.memory`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, takewhile

from bots.job import Job
from bots.report import Did, Report
from bots.saving import page_report
from space.follow.lines import EVENT, FollowLine
from space.follow.matching import Matcher
from space.follow.memory import Memory, memory_title, read_memory
from space.follow.mention import Due
from space.follow.owners import OwnLines, read_on
from space.follow.plan import (
    AHEAD,
    NEWS,
    chosen,
    due_mentions,
    due_posts,
    in_edits,
)
from space.follow.section import section, with_section
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.publication.registered import is_registered
from space.store.keys import FOLLOWS, MENTIONS_MADE
from space.wiki.outcomes import Saved
from space.wiki.values import Edit, PageCopy, Revision, batches

_AT_ONCE = 50  # texts in memory

Edits = tuple[tuple[Due, ...], ...]
"""Mentions by the edit that makes them."""


def run(job: Job) -> Report:
    """Mention whoever is to hear of an event today, unless that was done.

    Nothing where the settings name no page, or where there is none.
    """
    title = job.settings.followers_page
    pages = _Pages.read(job, title) if title else None
    if not title or pages is None or pages.followers is None:
        job.update(lambda: _show(job, ()))
        return Report()
    before, made = pages.memory, pages.edits_made(job)
    memory = replace(before.settled(made), own=pages.own_lines(job), page_title=title)
    lines = memory.own.of(pages.followers.text)
    job.update(lambda: _show(job, lines))
    is_done = before.day == job.today and made >= len(before.edits)
    edits = () if is_done else _edits(job, memory, lines)
    if edits:
        plan = tuple(tuple(due.mention for due in edit) for edit in edits)
        memory = memory.planned(job.today, plan)
    elif memory.own == before.own:
        return Report()
    report, saved = _remember(job, pages, memory)
    if edits and _went_well(report):
        report += _tell(job, pages.talk_title, edits)
        if _went_well(report):
            job.update(lambda: job.store.set_value(MENTIONS_MADE, saved))
    return report


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that the task reads, None where there is none.

    `memory` is what the bot itself saved last, as the revision `saved`, 0 without one.
    """

    followers: PageCopy | None
    talk_title: str
    memory_copy: PageCopy | None
    memory: Memory
    saved: int

    @classmethod
    def read(cls, job: Job, title: str) -> "_Pages":
        """One request, unless a page has changed."""
        talk, own = job.wiki.site().talk_title(title), memory_title(job.account)
        copies = job.sources.read([title, own])
        memory, saved = _own(job, copies[own]) if own in copies else (Memory(), 0)
        if memory.page_title != title:
            memory = replace(memory, own=OwnLines())
        return cls(copies.get(title), talk, copies.get(own), memory, saved)

    def edits_made(self, job: Job) -> int:
        """How many of the planned edits were made, by the history of the talk page."""
        planned = len(self.memory.edits)
        if not planned or job.store.value(MENTIONS_MADE) == self.saved:
            return planned
        later = _history(job, self.talk_title, self.saved)
        # A hidden name may be the bot's; better to say nothing than to say it twice.
        made = sum(row.user in {job.account, None} for row in later)
        if made >= planned:
            job.update(lambda: job.store.set_value(MENTIONS_MADE, self.saved))
        return made

    def own_lines(self, job: Job) -> OwnLines:
        """Whose lines count, after all that was done to the page."""
        own = self.memory.own
        if self.followers is None or self.followers.latest == own.read:
            return own
        history = _history(job, self.followers.title, own.read - 1)
        for batch in batches(history, _AT_ONCE - 1):
            ids = sorted({own.read, *(row.id for row in batch)} - {0})
            texts = job.wiki.revisions(ids, text=True)
            own = read_on(own, [texts[n] for n in ids if n in texts])
        return own


def _own(job: Job, copy: PageCopy) -> tuple[Memory, int]:
    """What the bot remembers, and in which revision: others may have edited since."""
    if copy.user == job.account:
        return read_memory(copy.text), copy.latest
    own = [row.id for row in _history(job, copy.title, 0) if row.user == job.account]
    texts = job.wiki.revisions(own[-1:], text=True)
    return (read_memory(texts[own[-1]].text or ""), own[-1]) if own else (Memory(), 0)


def _history(job: Job, title: str, after: int) -> Sequence[Revision]:
    page = job.wiki.pages_by_title([title]).get(title)
    return job.wiki.history(page.id, after=max(after, 0)) if page else ()


def _show(job: Job, lines: Iterable[FollowLine]) -> None:
    """Have the store know who follows which events, for personal calendars."""
    follows: dict[str, list[str]] = {}
    for line in lines:
        if line.wanted.kind == EVENT:
            follows.setdefault(line.user, []).append(line.wanted.query())
    if (job.store.value(FOLLOWS) or {}) != follows:
        job.store.set_value(FOLLOWS, follows)


def _edits(job: Job, memory: Memory, lines: Mapping[FollowLine, datetime]) -> Edits:
    """The mentions for which it is time, by edit."""
    if not lines:
        return ()
    matcher = Matcher.of(lines, job.store.topics())
    due = chain(
        due_mentions(lines, matcher, _coming(job), job.now),
        due_posts(lines, matcher, _new_posts(job), job.now) if matcher.posts else (),
    )
    most = job.settings.mentions_a_week
    mentions = chosen(due, memory, job.today, most)
    users = sorted({each.mention.user for each in mentions})
    accounts = job.wiki.accounts(users) if users else {}
    names = [name for name in users if accounts[name].exists]
    return in_edits(mentions, names)


def _coming(job: Job) -> Iterator[Occurrence]:
    """The first date to come of each new event, then all dates within `AHEAD`.

    Of registered events, which nobody reviewed, nobody is told.
    """
    events, now = job.store.events, job.now
    new = events.coming(events.published_since(now - NEWS), now)
    dates = chain(new.values(), events.between(now, now + AHEAD))
    return (each for each in dates if not is_registered(each.publication.page_id))


def _new_posts(job: Job) -> Iterator[tuple[Publication, Sequence[Publication]]]:
    """New posts in each language, with all versions of each."""
    posts, since = job.store.posts, job.now - NEWS
    new = list(takewhile(lambda post: post.published > since, posts.all_versions()))
    ids = {page_id for post in new for page_id in _version_ids(post)}
    versions = posts.get(ids - {post.page_id for post in new})
    versions |= {post.page_id: post for post in new}
    for post in new:
        yield post, [versions[n] for n in _version_ids(post) if n in versions]


def _version_ids(post: Publication) -> Iterator[int]:
    """Page ids of a post's versions that are records."""
    return (each.page_id for each in post.versions if each.page_id)


def _remember(job: Job, pages: _Pages, memory: Memory) -> tuple[Report, int]:
    """Save what is to be remembered, before anybody is told; the revision that has it.

    That is the old one where nothing was saved.
    """
    if memory == pages.memory:
        return Report(), pages.saved
    title, base = memory_title(job.account), pages.memory_copy
    edit = Edit(
        title=title,
        text=memory.text(),
        summary=job.translator.text("bots-summary-notify-memory"),
        base=base.latest if base else None,
        minor=True,
        bot=True,
    )
    outcome, saved = job.save(edit), pages.saved
    if isinstance(outcome, Saved):
        saved = outcome.revid
        job.sources.remember(PageCopy(title, saved, job.account, edit.text))
    return Report(pages=(page_report(title, outcome, job.translator),)), saved


def _tell(job: Job, title: str, edits: Edits) -> Report:
    """Make the edits one after the other, as long as the wiki takes them."""
    page = job.settings.followers_page or ""
    report = Report()
    for due in edits:
        current = job.wiki.texts([title]).get(title)
        said = section(due, page, job.translator)
        text = current.text or "" if current else ""
        edit = Edit(
            title=title,
            text=with_section(text, job.today, said),
            summary=job.translator.text("bots-summary-notify"),
            base=current.id if current else None,
            bot=True,
        )
        done = page_report(title, job.save(edit), job.translator, said)
        report += Report(pages=(done,))
        if not _went_well(report):
            break
    return report


def _went_well(report: Report) -> bool:
    return all(page.did in {Did.WRITTEN, Did.WOULD_WRITE} for page in report.pages)
