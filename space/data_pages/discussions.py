"""The bot's JSON pages of discussions: threads for lists, numbers for each page.

`Talk.json` has the threads of lists, `Talk/<n>.json` the number of comments on each
page of a hundred page ids. They hold titles, times and numbers, but no comment and no
name, since their history is public for ever.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from space.data_pages.pages import MAX_BYTES, Entry, Pages, stored_size
from space.publication.discussion import Talked, ThreadRow
from space.publication.publication import Publication
from space.text.clean import one_line

BLOCK = 100
THREADS = 200
"""How many of each order are on the page."""


def talk_data_pages(
    folder: str,
    threads: Iterable[ThreadRow],
    publications: Mapping[int, Publication],
    talked: Mapping[int, Talked],
) -> Pages:
    """The pages of discussions, by title.

    `threads` may repeat; the newest, by their last comment, are on `Talk.json`, as many
    as fit. `publications` are the pages that threads are about and `talked` the numbers
    of their comments, both by page id.
    """
    blocks: dict[int, dict[str, Any]] = {}
    for page, talk in sorted(talked.items()):
        block = blocks.setdefault(page // BLOCK, {})
        block[f"p{page}"] = _numbers(talk)
    pages: dict[str, Any] = {
        f"{folder}/Talk/{number}.json": {"schema": 1, "pages": block}
        for number, block in blocks.items()
    }
    unique = {(row.talk_id, row.id): row for row in threads}
    newest = sorted(unique.values(), key=lambda row: (row.active, row.talk_id, row.id))
    entries = (_entry(row, publications.get(row.page_id)) for row in reversed(newest))
    pages[f"{folder}/Talk.json"] = {
        "schema": 1,
        "threads": list(_fitting(entries, MAX_BYTES)),
    }
    return pages


def _numbers(talk: Talked) -> Entry:
    entry: Entry = {"comments": talk.comments}
    if talk.active:
        entry["active"] = _time(talk.active)
    return entry | ({"interested": talk.interested} if talk.interested else {})


def _fitting(entries: Iterable[Entry], room: int) -> Iterator[Entry]:
    for entry in entries:
        room -= stored_size(entry)
        if room < 0:
            return
        yield entry


def _entry(row: ThreadRow, publication: Publication | None) -> Entry:
    entry: Entry = {
        "id": row.id,
        "title": one_line(row.title),
        "about": row.page_id,
        "page": row.talk_title,
        "subject": one_line(row.subject),
        "kind": row.kind,
        "begun": _time(row.begun),
        "active": _time(row.active),
        "comments": row.comments,
        "people": row.people,
        "answered": row.answered,
    }
    if row.archived:
        entry["archived"] = True
    if row.aside:
        entry["aside"] = True
    if publication is not None:
        values = publication.values
        languages = values.get("languages") or values.get("language") or ()
        entry["topics"] = list(values.get("topics", ()))
        entry["languages"] = (
            [languages] if isinstance(languages, str) else list(languages)
        )
    return {name: value for name, value in entry.items() if value not in ("", [])}


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
