"""Events as rows of a table (RFC 4180), for spreadsheets.

A cell that a spreadsheet would take for a formula begins with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection); numbers are numbers.
"""

import csv
import io
from collections.abc import Sequence

from space.codec.values.links import label
from space.dates.schedule import Schedule
from space.feeds.envelope import Envelope
from space.publication.people import person_of
from space.publication.places import point_of
from space.publication.publication import Publication
from space.schema.fields import Value, load_kind
from space.schema.visibility import choice
from space.text.clean import one_line
from space.wiki.urls import Urls

COLUMNS = (
    "id", "page", "title", "summary", "start", "end", "timezone", "starts", "ends",
    "status", "mode", "country", "city", "venue", "address", "latitude", "longitude",
    "precision", "wikidata", "website", "online_link", "registration_link",
    "link_access", "languages", "topics", "wikis", "type", "audience", "organizers",
    "image", "accessibility", "recurrence", "except", "series", "occurrence",
    "updated", "also", "confirmed",
)  # fmt: skip
"""Fields of the schema and what is derived; new ones come at the end, none moves."""

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code
_FORMULA = tuple("=+-@\t\r|%＝＋－＠")  # noqa: RUF001 - full width ones count as well


def row(publication: Publication, addresses: Urls) -> str:
    """The line of a published event; the same at any time, on any machine."""
    first = Schedule.of(publication.values).first
    known = {
        "page": addresses.page(publication.page_title),
        "starts": f"{first.start_utc:%Y-%m-%dT%H:%M:%SZ}",
        "ends": f"{first.end_utc:%Y-%m-%dT%H:%M:%SZ}",
        "updated": f"{publication.updated:%Y-%m-%dT%H:%M:%SZ}",
    }
    numbers = {"id": str(publication.page_id)}
    if point := point_of(publication.values):
        numbers["latitude"], numbers["longitude"] = point.texts()
    return _line(
        [
            numbers.get(name) or _safe(known.get(name) or _text(publication, name))
            for name in COLUMNS
        ]
    )


def _text(publication: Publication, name: str) -> str:
    field = load_kind(publication.kind).fields.get(name)
    if field is None:
        return ""
    value: Value = publication.values.get(name) or choice("event", {}, name)
    items = (value,) if isinstance(value, str) else value
    if field.reader == "user":
        return "; ".join(person_of(item).name for item in items)
    shown = label if field.reader == "inline" else one_line
    return "; ".join(map(shown, items))


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Sequence[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(cells)  # ends lines with CRLF, as the RFC does
    return file.getvalue()


TABLE = Envelope(BYTE_ORDER_MARK + _line(COLUMNS), "")
