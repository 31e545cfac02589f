"""Mentions of reviewers, on the page where they sign up, when pages cannot wait.

Those are events that begin soon, and pages that have waited for long.

One line a day at most, in one section: the date, the pages, the people. The wiki turns
a link to somebody's user page into a notice only in a *new, signed* line; changing an
old one tells nobody who stood in it (Echo, `DiscussionParser`). So lines are added at
the end of the section, and old ones go.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, Self

from space.review.queue.sections import Section
from space.settings.reviewers import Reviewer, readers_of

PATIENCE = timedelta(hours=48)
"""How long a page waits before its reviewers are told, if it can."""

MAX_PEOPLE = 25
"""People mentioned on a day. Of more than 50 in an edit Echo notifies nobody."""

MAX_PAGES = 10
"""Pages of each kind that are named on a day; the queue has the others."""

MAX_LINES = 30
"""Lines in the section; older ones are removed."""

_HEADING = re.compile(r"^(={1,6})(.+?)\1[ \t]*+$", re.MULTILINE)
_LINE = re.compile(r"^\* '''\d{4}-\d\d-\d\d''': .*\n?", re.MULTILINE)


class WaitingPage(Protocol):
    """A page that waits, as far as reminders care (`space.review.queue.Row`)."""

    @property
    def title(self) -> str:
        """The page's full title."""

    @property
    def languages(self) -> Collection[str]:
        """The languages of its text; empty when the page does not say."""

    @property
    def author(self) -> str | None:
        """Who wrote the text that waits; None when the name is hidden."""

    @property
    def pending_since(self) -> datetime:
        """When its wait began, in UTC."""

    @property
    def section(self) -> Section:
        """The part of the queue that it stands in."""


@dataclass(frozen=True, slots=True)
class Due:
    """The pages that reviewers are told of: some start soon, others are overdue."""

    start_soon: tuple[WaitingPage, ...] = ()
    overdue: tuple[WaitingPage, ...] = ()

    @classmethod
    def of(cls, pages: Iterable[WaitingPage], now: datetime) -> Self:
        """What cannot wait of the pages in the queue, in their order.

        A page whose change is live already waits for nobody.
        """
        waiting = [page for page in pages if page.section.waits]
        soon = [page for page in waiting if page.section is Section.SOON]
        others = (page for page in waiting if page.section is not Section.SOON)
        late = (page for page in others if now - page.pending_since > PATIENCE)
        return cls(tuple(soon), tuple(late))

    @property
    def pages(self) -> tuple[WaitingPage, ...]:
        """All of them, the most urgent first."""
        return (*self.start_soon, *self.overdue)


def people_to_mention(
    pages: Iterable[WaitingPage], reviewers: Sequence[Reviewer], today: date
) -> tuple[str, ...]:
    """Names of reviewers to mention: who read a page's language and did not write it.

    Where they are too many for one day, others come every day.
    """
    names = {
        user
        for page in pages
        for user in readers_of(reviewers, page.languages)
        if user != page.author
    }
    ordered = sorted(names)
    if len(ordered) <= MAX_PEOPLE:
        return tuple(ordered)
    start = today.toordinal() * MAX_PEOPLE % len(ordered)
    turned = ordered[start:] + ordered[:start]
    return tuple(sorted(turned[:MAX_PEOPLE]))


def page_links(pages: Iterable[WaitingPage]) -> str:
    """The first pages as links, each with its languages."""
    return ", ".join(_page_link(page) for page in list(pages)[:MAX_PAGES])


def _page_link(page: WaitingPage) -> str:
    codes = f" ({', '.join(page.languages)})" if page.languages else ""
    return f"[[:{page.title}]]{codes}"


def reminder(today: date, said: str) -> str:
    """The day's line, signed."""
    return f"* '''{today.isoformat()}''': {said} ~~~~"


def add_line(text: str, heading: str, line: str) -> str:
    """The page's text with a line added to the section, which is made when missing."""
    section = _section(text, heading)
    if section is None:
        return f"{text.rstrip()}\n\n== {heading} ==\n{line}\n".lstrip()
    start, end = section
    old = list(_LINE.finditer(text, start, end))
    kept = text[start:end]
    for match in reversed(old[: max(0, len(old) - MAX_LINES + 1)]):
        kept = kept[: match.start() - start] + kept[match.end() - start :]
    rest = f"\n{text[end:]}" if text[end:] else ""
    return f"{text[:start]}{kept.rstrip()}\n{line}\n{rest}"


def _section(text: str, heading: str) -> tuple[int, int] | None:
    """Offsets of the section's text below its heading; None without the section."""
    headings = list(_HEADING.finditer(text))
    for number, match in enumerate(headings):
        if match[2].strip() == heading:
            later = (m for m in headings[number + 1 :] if len(m[1]) <= len(match[1]))
            following = next(later, None)
            return match.end(), following.start() if following else len(text)
    return None
