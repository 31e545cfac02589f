"""CSV (RFC 4180): events as the rows of a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe in front
(https://owasp.org/www-community/attacks/CSV_Injection); numbers stay numbers.
"""

import csv
import io
import re
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from space.dates.schedule import Schedule
from space.feeds.envelope import Envelope
from space.feeds.words import LABELLED
from space.publication.places import point_of
from space.publication.plain_values import plain_texts
from space.publication.publication import Publication
from space.publication.registered import attendance, link_of, mark
from space.schema.kinds import load_kind
from space.wiki.urls import Urls

_FIRST_COLUMNS = (
    "id", "page", "title", "summary", "start", "end", "timezone", "starts", "ends",
    "status", "mode", "country", "city", "venue", "address", "latitude", "longitude",
    "precision", "wikidata", "website", "online_link", "registration_link",
    "link_access", "languages", "topics", "wikis", "type", "audience", "organizers",
    "image", "accessibility", "recurrence", "except", "series", "occurrence",
    "updated",
)  # fmt: skip
"""Those of the schema's first version, with what is derived from its fields."""

_TEXT_LANGUAGE = (1, 1, 5), "text_language"
"""The column of the language of title and summary where they are a translation's, and
the version of the schema after which it came."""

_BETWEEN = "; "
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code
# Full width signs count as well; where a comma is for decimals, `;` begins a cell.
_FORMULA = re.compile(r"(^|;\s*)(?=[=+\-@\t\r|%＝＋－＠])")  # noqa: RUF001


@cache
def columns() -> tuple[str, ...]:
    """Names of all columns: every public field, and what is derived.

    Fields that the schema got later stand at the end, by the version that brought
    them, so that no column ever moves.
    """
    later = [
        (field.since, field.name)
        for field in load_kind("event").fields.values()
        if field.since and not field.private
    ]
    names = [name for _, name in sorted([*later, _TEXT_LANGUAGE], key=itemgetter(0))]
    return (*_FIRST_COLUMNS, *names)


@cache
def sheet(*, labelled: bool = False) -> Envelope:
    """The file round the rows: its byte order mark and the names of the columns.

    Those of labels come after all others.
    """
    labels = [f"{name}_label" for name in LABELLED] if labelled else []
    return Envelope(BYTE_ORDER_MARK + line([*columns(), *labels]), "")


def row(publication: Publication, urls: Urls) -> str:
    """The row of a published event, with CRLF at its end."""
    first = Schedule.of(publication.values).first
    text = publication.translation
    derived = {
        "summary": mark(publication, urls.host),
        "page": link_of(publication, urls),
        "text_language": text.language if text else "",
        "starts": f"{first.start_utc:%Y-%m-%dT%H:%M:%SZ}",
        "ends": f"{first.end_utc:%Y-%m-%dT%H:%M:%SZ}",
        "updated": f"{publication.updated:%Y-%m-%dT%H:%M:%SZ}",
    }
    numbers = {"id": str(publication.page_id)}
    if point := point_of(publication.values):
        numbers["latitude"], numbers["longitude"] = point.texts()
    return line(
        [
            numbers.get(name) or safe(derived.get(name) or _text(publication, name))
            for name in columns()
        ]
    )


def _text(publication: Publication, name: str) -> str:
    if name == "mode":
        return attendance(publication)
    field = load_kind(publication.kind).fields.get(name)
    if field is None:
        return ""
    return _BETWEEN.join(plain_texts(field, publication.values))


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", text)


def split_cell(cell: str) -> list[str]:
    """The codes of a cell with a list; empty for an empty one."""
    return cell.split(_BETWEEN) if cell else []


def line(cells: Sequence[str]) -> str:
    """A row of these cells, with CRLF at its end."""
    file = io.StringIO()
    csv.writer(file).writerow(cells)  # ends lines with CRLF, as the RFC does
    return file.getvalue()
