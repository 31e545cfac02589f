"""The task that finds words in revisions of the bot's own pages, to be hidden there.

Those are its data pages and those of the digest.

It writes nothing, and its report has no word of what was looked for.
"""

import json
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import chain
from urllib.parse import urlencode

from bots.job import Job
from bots.report import Report
from space.digest.digest_text import digest_folder
from space.text.json_object import read_object
from space.wiki.values import PageInfo, Revision, batches

AT_ONCE = 50
"""Revisions in memory, and of one link: pages of the bot may have 256 KiB."""
SINCE = timedelta(days=90)
"""How far back is looked where no day is given."""


def run(job: Job) -> Report:
    """Name the revisions of the bot's pages that hold any of the words."""
    words = tuple(filter(None, (word.strip().casefold() for word in job.options.words)))
    if not words:
        return Report(problems=("no words were given, one a line",))
    lines: list[str] = []
    folders = (job.folder, digest_folder(job.config.root))
    pages = chain.from_iterable(map(job.wiki.subpages, folders))
    for page in job.until_stopped(pages):
        holding = list(_holding(job, page, words))
        for batch in batches(holding, AT_ONCE):
            numbers = ",".join(map(str, batch))
            lines += [
                f"{page.title}: {len(batch)} revisions",
                _link(job, page, numbers),
            ]
    return Report(remarks=tuple(lines or ["no revision that can be seen holds them"]))


def _holding(job: Job, page: PageInfo, words: Collection[str]) -> Iterator[int]:
    """Ids of the page's revisions that can be seen and hold any of the words."""
    since = job.options.since or (job.now - SINCE).date()
    numbers = [
        row.id
        for row in job.wiki.history(page.id)
        if row.timestamp.date() >= since and not row.text_hidden
    ]
    for batch in batches(numbers, AT_ONCE):
        rows = job.wiki.revisions(batch, text=True)
        yield from (n for n in batch if n in rows and _holds(rows[n], words))


def _holds(revision: Revision, words: Collection[str]) -> bool:
    text = revision.text or ""
    if (value := read_object(text)) is None:
        return any(word in text.casefold() for word in words)
    # Escapes as this makes them, whatever those of the page are.
    plain = _json(value).casefold()
    return any(_json(word)[1:-1] in plain for word in words)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _link(job: Job, page: PageInfo, numbers: str) -> str:
    """The address of the wiki's form to hide revisions of a page."""
    query = {
        "title": "Special:RevisionDelete",
        "type": "revision",
        "target": page.title,
        "ids": numbers,
    }
    return f"    {job.wiki.site().script_url}?{urlencode(query)}"
