"""The bot's JSON pages of events and posts, from which Lua shows lists and calendar.

They hold the fields that lists show and nothing else: never a body, a contact, an
address or a link for people who registered, since their history is public for ever.
`docs/data-pages.md` describes the format. All are made from the store alone and in one
order, so the same store gives the same pages.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from space.codec.values.links import label
from space.dates.moments import utc_midnight
from space.publication.occurrence import Occurrence
from space.publication.people import person_of
from space.publication.places import point_of
from space.publication.publication import Publication
from space.publication.registered import (
    attendance,
    is_registered,
    is_reviewed,
    source_of,
)
from space.publication.related import RelatedPosts, events_beside, related_posts
from space.publication.series import SeriesConfirmation
from space.publication.translations import Choice
from space.schema.kinds import Field, Values, load_kind
from space.schema.visibility import choice
from space.text.clean import one_line
from space.text.json_size import INDENT, indentation
from space.text.languages import normal

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
MAX_BYTES = 240 * 1024  # of a page; Lua reads 256 KiB well, and we only estimate
BLOCK = 100  # page ids of a page of what stands beside posts
NEXT_DATES = 6  # of a series that its own page names
_PART = "[2-9]|[1-9][0-9]{1,2}"
EVENT_NAMES = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}(/({_PART}))?\.json")
POST_NAMES = re.compile(rf"[0-9]{{4}}(/({_PART}))?\.json")
PART_NAMES = re.compile(rf"({_PART})\.json")
BLOCK_NAMES = re.compile(r"(0|[1-9][0-9]{0,11})\.json")
"""Names that pages have below `Events`, `Posts`, `Map` and `Queue`, and below `Talk`,
`Beside`, `Dates` and `Texts`; a page of another name is none of ours."""

MAX_MONTHS = 60  # in which one event may stand: a longer one is a slip

_RECURRENCE = frozenset({"recurrence", "also"})
_EVENT_EXTRAS = ("image", "image_alt", "website")
_EVENT_WHEN = ("page", "title", "start", "end", "zone", "from", "status", "mode")
_EVENT_LINE = (
    *(*_EVENT_WHEN, "country", "city", "languages", "texts", "text_pages"),
    *("source", "reviewed"),
)
_POST_EXTRAS = ("date", "image", "image_alt", "original")

Entry = dict[str, Any]
Pages = Mapping[str, Any]
"""Title → JSON value of the page, parts before the index that names them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries of one page in their order, and the octets that the wiki has of them."""

    entries: list[Entry]
    octets: int


class GroupedPages(dict[str, Any]):
    """Pages of groups of entries, with the octets of each part's entries by title."""

    def __init__(self) -> None:
        """No pages yet."""
        super().__init__()
        self.octets: dict[str, int] = {}


def event_pages(folder: str, rows: Iterable[Occurrence]) -> GroupedPages:
    """The pages `Events/<yyyy>-<mm>` and their index, of all occurrences.

    `folder` is the title above them ("User:<bot>/Space"). An occurrence stands in
    every month that it touches in its own zone or in UTC.
    """
    return grouped_pages(folder, "Events", "events", month_entries(rows))


def month_entries(rows: Iterable[Occurrence]) -> dict[str, list[Entry]]:
    """The entries of months, "2026-11", of all occurrences of some events, by start."""
    months: dict[str, list[Entry]] = {}
    confirmations: dict[int, Entry] = {}
    ordered = sorted(rows, key=by_start)
    left = Counter(row.publication.page_id for row in ordered if not row.dropped)
    for row in ordered:
        page_id = row.publication.page_id
        entry = event_entry(row)
        if row.dropped:
            entry["dropped"] = True
        else:
            left[page_id] -= 1
            if page_id not in confirmations:
                confirmations[page_id] = confirmation(row.publication)
            entry |= confirmations[page_id]
            goes_on = entry["status"] != "cancelled" and not _is_endless(entry)
            if left[page_id] and goes_on:
                entry["later"] = left[page_id]
        for month in _months(row):
            months.setdefault(month, []).append(entry)
    return months


def date_pages(folder: str, rows: Iterable[Occurrence], today: date) -> Pages:
    """The pages `Dates/<n>`, of the next dates of series with ids 100·n … 100·n+99.

    A series' own page reads one of them. Dates are those not over on a UTC day, by
    start: the first `NEXT_DATES`, and the number of further ones where they end. A
    series that is cancelled has none.
    """
    now = utc_midnight(today)
    coming: dict[int, list[Occurrence]] = {}
    for row in sorted(rows, key=by_start):
        values = row.publication.values
        if choice("event", values, "status") == "cancelled":
            continue
        if values.keys() & _RECURRENCE and row.ends > now:
            coming.setdefault(row.publication.page_id, []).append(row)
    pages: dict[str, Any] = {}
    for page_id, dates in sorted(coming.items()):
        entry: Entry = {
            "id": page_id,
            "next": [
                present({"start": row.start, "end": row.end})
                for row in dates[:NEXT_DATES]
            ],
        }
        further = len(dates) - NEXT_DATES
        if further > 0 and not _is_endless(confirmation(dates[0].publication)):
            entry["further"] = further
        title = f"{folder}/Dates/{page_id // BLOCK}.json"
        pages.setdefault(title, {"schema": 1, "events": []})["events"].append(entry)
    return pages


def _is_endless(entry: Entry) -> bool:
    """Whether the entry is of a series without a last date.

    How many of its dates are stored follows from the month, and means nothing.
    """
    return "confirmed" in entry and "until" not in entry


def post_pages(folder: str, posts: Iterable[Publication]) -> GroupedPages:
    """The pages `Posts/<yyyy>` by the UTC year of publication, and their index."""
    return grouped_pages(folder, "Posts", "posts", year_entries(posts))


def year_entries(posts: Iterable[Publication]) -> dict[str, list[Entry]]:
    """The entries of posts by the UTC year of their publication, newest first."""
    years: dict[str, list[Entry]] = {}
    newest_first = sorted(
        posts, key=lambda post: (post.published, post.page_id), reverse=True
    )
    for post in newest_first:
        year = f"{post.published.astimezone(UTC):%Y}"
        years.setdefault(year, []).append(_post(post))
    return years


def beside_pages(
    folder: str,
    posts: Iterable[Publication],
    coming: Iterable[Occurrence],
    today: date,
) -> Pages:
    """The pages `Beside/<n>`, of links beside the posts of ids 100·n … 100·n+99.

    A post's own page reads one of them, so a new post has few pages parsed again.
    `coming` are occurrences that are not over on a UTC day, by their start.
    """
    posts = sorted(posts, key=lambda post: post.page_id)
    by_id = {post.page_id: post for post in posts}
    leads = [post for post in posts if post.lead == post.page_id]
    related = related_posts(leads)
    first: dict[int, Occurrence] = {}
    for row in coming:
        first.setdefault(row.publication.page_id, row)
    events = events_beside(leads, (row.publication for row in first.values()), today)
    pages: dict[str, Any] = {}
    for post in posts:
        beside = related.get(post.lead, RelatedPosts())
        entry = present(
            {
                "before": _link(beside.before, post, by_id),
                "after": _link(beside.after, post, by_id),
                "related": [_link(page, post, by_id) for page in beside.related],
                "events": [_event(first[page]) for page in events.get(post.lead, ())],
                "versions": _versions(post),
            }
        )
        title = f"{folder}/Beside/{post.page_id // BLOCK}.json"
        if entry:
            page = pages.setdefault(title, {"schema": 1, "posts": []})
            page["posts"].append({"id": post.page_id, **entry})
    return pages


def _link(
    page: int | None, reader: Publication, posts: Mapping[int, Publication]
) -> Entry | None:
    """A post's page and title in the reader's language, or the next best it has."""
    post = posts.get(page or 0)
    if post is None:
        return None
    if post.versions:
        choice = Choice.of(post.versions, str(reader.values["language"]))
        post = posts.get(choice.version.page_id or 0, post)
    return {
        "page": post.page_title,
        "title": one_line(str(post.values["title"])),
        "language": post.values["language"],
    }


def _event(row: Occurrence) -> Entry:
    """An occurrence in one line beside a post: when and where it is."""
    entry = event_entry(row)
    return {name: entry[name] for name in _EVENT_LINE if name in entry}


def _versions(post: Publication) -> list[Entry]:
    return [
        {"language": version.language, "page": version.page_title}
        for version in post.others
    ]


def by_start(row: Occurrence) -> tuple[datetime, int]:
    """Sort key of occurrences: the start in UTC, then the page's id."""
    return row.begins, row.publication.page_id


def event_entry(row: Occurrence) -> Entry:
    """The entry of an occurrence on the pages of its months."""
    values = row.publication.values
    point = point_of(values)
    latitude, longitude = point.numbers() if point else (None, None)
    return _with_listed(
        row.publication,
        _EVENT_EXTRAS,
        {
            **_common(row.publication),
            "start": row.start,
            "end": row.end,
            "zone": values["timezone"],
            "from": instant(row.begins),
            "to": instant(row.ends),
            "status": choice("event", values, "status"),
            "mode": attendance(row.publication),
            "venue": label(str(values.get("venue", ""))),
            "lat": latitude,
            "lon": longitude,
            **_texts(row.publication),
            **_people("organizers", values),
            **_registered(row.publication),
        },
    )


def _registered(event: Publication) -> Entry:
    """What tells an event announced elsewhere from that of a page; empty for these."""
    if not is_registered(event.page_id):
        return {}
    return {"source": source_of(event), "reviewed": is_reviewed(event) or None}


def _texts(event: Publication) -> Entry:
    """Titles in other languages, by code, and their pages where no name tells them.

    Lists show no more of them, as a series has them with each of its dates.
    """
    reviewed = {
        normal(text.language): text for text in event.texts if text.page_id is not None
    }
    pages = {
        code: text.page_title
        for code, text in reviewed.items()
        if text.page_title != f"{event.page_title}/{code}"
    }
    titles = {code: one_line(text.title) for code, text in reviewed.items()}
    return {"texts": titles or None, "text_pages": pages or None}


def text_pages(folder: str, rows: Iterable[Occurrence]) -> Pages:
    """The pages `Texts/<n>`, of the languages of events with ids 100·n … 100·n+99.

    An event's own page reads one of them, to link its translations.
    """
    events = {row.publication.page_id: row.publication for row in rows}
    pages: dict[str, Any] = {}
    for page_id, event in sorted(events.items()):
        texts = [
            {"language": text.language, "page": text.page_title} for text in event.texts
        ]
        if texts:
            title = f"{folder}/Texts/{page_id // BLOCK}.json"
            page = pages.setdefault(title, {"schema": 1, "events": []})
            page["events"].append({"id": page_id, "texts": texts})
    return pages


def confirmation(publication: Publication) -> Entry:
    """A series' last confirmation and its rule's last day; empty for others."""
    sign = SeriesConfirmation.of(publication)
    if sign is None:
        return {}
    until = {"until": sign.end.isoformat()} if sign.end else {}
    return {"confirmed": sign.day.isoformat()} | until


def _post(post: Publication) -> Entry:
    values = post.values
    return _with_listed(
        post,
        _POST_EXTRAS,
        {
            **_common(post),
            **_people("authors", values),
            "topics": list(values.get("topics", ())),
            "published": instant(post.published),
            "lead": post.lead if post.lead != post.page_id else None,
            "versions": _versions(post),
        },
    )


def listed_fields(kind_name: str) -> tuple[Field, ...]:
    """Fields that a filter, `q` or a list on the wiki looks at, single values first."""
    kind = load_kind(kind_name)
    listed = (
        field
        for field in kind.fields.values()
        if field.index or field.name in kind.shown["wiki-list"]
    )
    return tuple(sorted(listed, key=lambda field: field.multiple))


def _with_listed(
    publication: Publication, extras: Iterable[str], entry: Entry
) -> Entry:
    """The entry with all listed fields that it has not, and with `extras`."""
    values = publication.values
    listed = [f for f in listed_fields(publication.kind) if f.name not in entry]
    for field in listed:
        if not field.multiple:
            entry |= _told(field, values)
    entry |= {name: values.get(name) for name in extras}
    for field in listed:
        if field.multiple:
            entry |= _told(field, values)
    return present(entry)


def _told(field: Field, values: Values) -> Entry:
    """A field as Lua is told of it: a list for several values and for people."""
    if field.reader == "user":
        return _people(field.name, values)
    if field.multiple:
        return {field.name: list(values.get(field.name, ()))}
    value = values.get(field.name) or choice(field.kind, values, field.name)
    return {field.name: label(str(value)) if field.reader == "inline" else value}


def _common(publication: Publication) -> Entry:
    values = publication.values
    return {
        "id": publication.page_id,
        "page": publication.page_title,
        "rev": publication.revision,
        "title": one_line(str(values["title"])),
        "summary": label(str(values.get("summary", ""))),
    }


def _people(name: str, values: Values) -> Entry:
    """Names, and the pages they lead to, by which filters know people as well."""
    value = values.get(name, ())
    items = (value,) if isinstance(value, str) else value
    people = [person_of(item) for item in items]
    return {
        name: [person.name for person in people if person.name],
        pages_key(name): [person.page for person in people if person.page],
    }


def pages_key(name: str) -> str:
    """The key beside a field of people that holds the pages they lead to."""
    return f"{name.removesuffix('s')}_pages"


def present(entry: Entry) -> Entry:
    """The entry without absent values (None, an empty text or list); zero stays."""
    return {name: value for name, value in entry.items() if value not in (None, "", [])}


def instant(moment: datetime) -> str:
    """A moment (aware) in UTC, to the minute."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _months(row: Occurrence) -> Iterator[str]:
    last_instant = max(row.begins, row.ends - timedelta(seconds=1))
    in_utc = [f"{moment:%Y-%m}" for moment in (row.begins, last_instant)]
    touched = [row.start[:7], (row.end or row.start)[:7], *in_utc]
    year, month = (int(part) for part in min(touched).split("-"))
    for number in range(MAX_MONTHS):
        further, index = divmod(month - 1 + number, 12)
        key = f"{year + further:04}-{index + 1:02}"
        if key > max(touched):
            return
        yield key


def grouped_pages(
    folder: str, name: str, field: str, groups: Mapping[str, list[Entry]]
) -> GroupedPages:
    """The pages `<name>/<key>` of groups of entries in a field, and their index."""
    pages = GroupedPages()
    index = []
    for key in sorted(groups):
        for number, part in enumerate(packed(groups[key]), 1):
            title = title_of(folder, f"{name}/{key}", number)
            pages[title] = {"schema": 1, field: part.entries}
            pages.octets[title] = part.octets
            index.append({"key": key, "part": number, "count": len(part.entries)})
    pages[title_of(folder, name, 1)] = {"schema": 1, "parts": index}
    return pages


def title_of(folder: str, name: str, part: int) -> str:
    """The title of a page's part, counted from 1; the first has no number."""
    return f"{folder}/{name}{f'/{part}' if part > 1 else ''}.json"


def parts_of(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in runs that fit a page each; none for no entries."""
    return (part.entries for part in packed(entries))


def packed(entries: Iterable[Entry]) -> Iterator[Part]:
    """The parts of `parts_of`, with their octets."""
    part: list[Entry] = []
    total = 0
    for entry in entries:
        octets = stored_size(entry)
        if part and total + octets > MAX_BYTES:
            yield Part(part, total)
            part, total = [], 0
        part.append(entry)
        total += octets
    if part:
        yield Part(part, total)


def stored_size(entry: Entry) -> int:
    """Octets of an entry in the list of a page, as MediaWiki stores it.

    That is indented, with `<`, `>` and `&` as escapes (MediaWiki's `FormatJson`).
    """
    text = _COMPACT.encode(entry)
    escaped = sum(text.count(character) for character in "<>&\u2028\u2029")
    octets, lines = indentation(entry)
    indented = (lines + 1) * 2 * INDENT
    return len(text.encode()) + octets + 5 * escaped + indented + len(",\n")
