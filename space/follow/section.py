"""The wikitext of a day's mentions: sections of a talk page, each of one edit.

The wiki turns a link to somebody's user page into a notice in a *new, signed* section
(Echo, `DiscussionParser`), so each edit adds one, and old ones go.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from space.codec.page import subpage_name
from space.follow.mention import Due, Occasion
from space.text.messages import Translator
from space.wiki.mentions import mentions

MOST_SECTIONS = 30
"""Sections of mentions on the page; older ones are removed."""

_HEADING = re.compile(r"^==(?!=)(.+?)==[ \t]*+$", re.MULTILINE)
_OURS = re.compile(r"\d{4}-\d\d-\d\d(?: \(\d+\))?", re.ASCII)
_KEYS: Mapping[Occasion, str] = {
    Occasion.DAY: "bots-follow-tomorrow",
    Occasion.WEEK: "bots-follow-week",
    Occasion.NEW: "bots-follow-new",
    Occasion.POST: "bots-follow-posts",
}


def section(due: Iterable[Due], page_title: str, translator: Translator) -> str:
    """The text below the heading, signed. `page_title` is that of the lines.

    The signature ends the last mention: a line of its own would be the same in all
    sections of a minute, and the wiki would then take it for the older one's, and the
    new section for an unsigned one, of which it tells nobody.
    """
    names: dict[Occasion, dict[str, list[str]]] = {}
    for each in due:
        pages = names.setdefault(each.mention.occasion, {})
        pages.setdefault(_page(each), []).append(each.mention.user)
    paragraphs = []
    for occasion in Occasion:
        if occasion in names:
            lines = (
                f"* {p}: {mentions(sorted(u))}" for p, u in names[occasion].items()
            )
            said = f"'''{translator.text(_KEYS[occasion])}'''"
            paragraphs.append("\n".join([said, *lines]))
    why = translator.text("bots-follow-why", page_title)
    return "\n\n".join([why, *paragraphs]) + " ~~~~"


def _page(due: Due) -> str:
    """A link and the day. Titles of pages have no markup, those of events may."""
    return f"[[:{due.page_title}|{subpage_name(due.page_title)}]] ({due.day})"


def with_section(text: str, today: date, body: str) -> str:
    """The page's text with a section of a day at its end, without the oldest ones."""
    headings = list(_HEADING.finditer(text))
    titles = [match[1].strip() for match in headings]
    ours = [n for n, title in enumerate(titles) if _OURS.fullmatch(title)]
    number = sum(titles[n].startswith(f"{today}") for n in ours) + 1
    for place in reversed(ours[: max(0, len(ours) - MOST_SECTIONS + 1)]):
        start = headings[place].start()
        rest = headings[place + 1].start() if place + 1 < len(headings) else len(text)
        text = text[:start] + text[rest:]
    heading = f"{today}" if number == 1 else f"{today} ({number})"
    return f"{text.rstrip()}\n\n== {heading} ==\n{body}\n".lstrip()
