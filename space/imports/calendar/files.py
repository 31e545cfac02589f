"""Opening of uploaded files, and refusal of files that are no calendar or text.

An archive with one calendar is opened, up to the maximum length of a calendar. Other
files that are neither a calendar nor an announcement are refused by their kind.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from space.imports.calendar.decoding import MAX_BYTES, decode
from space.imports.calendar.vevents import is_calendar

RefusalCode = Literal[
    "archive",  # holds no calendar, or cannot be opened
    "archive-large",  # holds a calendar that is too long
    "archive-many",  # holds several calendars, which are named
    "binary",  # no text, and nothing known
    "contacts",
    "data",  # XML or JSON
    "empty",
    "long",  # a calendar of more lines or events than are read
    "page",  # HTML
    "pdf",
    "picture",
    "table",
]
_PICTURES = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|BM.{4}\0{4}|II\*\0|MM\0\*"
    rb"|\0\0\0.ftyp(?:heic|heix|mif1|avif)|\0\0\x01\0",
    re.DOTALL,
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_GZIP = b"\x1f\x8b"
_ARCHIVES = (b"Rar!\x1a", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
_PLAIN_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""Compression methods that can be read in bounded pieces."""
_ENDINGS = (".ics", ".ical", ".icalendar", ".ifb", ".vcs")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(ValueError, OverflowError, IndexError),
)
_SHOWN = 10
_NAME_LENGTH = 80
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
_PAGE = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DATA = re.compile(
    r"<\?xml|<svg\b|<rss\b|\{\s*\"|\[\s*(?:\{\s*\"|\"vcalendar)", re.IGNORECASE
)
_CONTACTS = re.compile(r"^[ \t]{0,8}BEGIN:VCARD\b", re.IGNORECASE | re.MULTILINE)
_CELL = re.compile(r"[,;\t]")
_QUOTED_ROW = re.compile(r'"[^"\n]*"(?:[,;\t]"[^"\n]*"){2,}')
_HEADINGS = frozenset(
    (
        *("subject", "title", "name", "summary", "event", "event name", "date"),
        *("start", "end", "start date", "end date", "start time", "end time", "time"),
        *("location", "place", "venue", "description", "all day event", "url", "city"),
        *("private", "reminder", "categories", "category", "country", "timezone"),
    )
)


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """The reason why a file or text cannot be imported."""

    code: RefusalCode
    params: tuple[str, ...] = ()


_TOO_LARGE = FileRefusal("archive-large", (str(MAX_BYTES // 1024),))


def open_file(data: bytes) -> str | FileRefusal:
    """The text of an uploaded file, or of the only calendar in an archive."""
    if not data.strip():
        return FileRefusal("empty")
    if data.startswith(_ZIP):
        opened = _unzipped(data)
    elif data.startswith(_GZIP):
        opened = _gunzipped(data)
    else:
        return _kind_of(data) or decode(data)
    return decode(opened) if isinstance(opened, bytes) else opened


def refuse(text: str) -> FileRefusal | None:
    """The reason to refuse a clean text, None if it may be an event."""
    start = text.lstrip()[:2000]
    if is_calendar(text):
        return None
    if _PAGE.match(start):
        return FileRefusal("page")
    if _CONTACTS.search(text):
        return FileRefusal("contacts")
    if _DATA.match(start):
        return FileRefusal("data")
    return FileRefusal("table") if _is_table(start) else None


def _kind_of(data: bytes) -> FileRefusal | None:
    """The refusal of a file by its first octets, None for a text."""
    start = data[:2000]
    if _PICTURES.match(start):
        return FileRefusal("picture")
    if b"%PDF-" in start[:1024] and not start.startswith(b"BEGIN:"):
        return FileRefusal("pdf")
    if start.startswith(_ARCHIVES) or start[257:262] == b"ustar":
        return FileRefusal("archive")
    if start.startswith(b"{\\rtf"):
        return FileRefusal("binary")
    text = decode(data)
    unprintable = len(_UNPRINTABLE.findall(text))
    if unprintable * 20 > len(text) and not is_calendar(text):
        return FileRefusal("binary")
    return None


def _unzipped(data: bytes) -> bytes | FileRefusal:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            calendars = [
                entry for entry in archive.infolist() if _is_named_calendar(entry)
            ]
            if len(calendars) > 1:
                names = [entry.filename[-_NAME_LENGTH:] for entry in calendars[:_SHOWN]]
                more = ["\N{HORIZONTAL ELLIPSIS}"] if len(calendars) > _SHOWN else []
                return FileRefusal(
                    "archive-many", (str(len(calendars)), ", ".join([*names, *more]))
                )
            if not calendars or calendars[0].compress_type not in _PLAIN_METHODS:
                return FileRefusal("archive")
            with archive.open(calendars[0]) as file:
                inside = file.read(MAX_BYTES + 1)
    except _BROKEN:
        return FileRefusal("archive")
    return _bounded(inside)


def _is_named_calendar(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    hidden = name.rpartition("/")[2].startswith(".") or name.startswith("__macosx/")
    return name.endswith(_ENDINGS) and not hidden


def _gunzipped(data: bytes) -> bytes | FileRefusal:
    try:
        inside = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, MAX_BYTES + 1)
    except zlib.error:
        return FileRefusal("archive")
    bounded = _bounded(inside)
    if isinstance(bounded, bytes) and not is_calendar(decode(bounded)):
        return FileRefusal("archive")
    return bounded


def _bounded(inside: bytes) -> bytes | FileRefusal:
    return inside if len(inside) <= MAX_BYTES else _TOO_LARGE


def _is_table(text: str) -> bool:
    """Whether lines are rows: known headings, quoted cells, or cells of one number."""
    rows = [line for line in text.split("\n") if line.strip()]
    if not rows:
        return False
    cells = [cell.strip(' "').casefold() for cell in _CELL.split(rows[0])]
    if len(cells) >= 2 and sum(cell in _HEADINGS for cell in cells) >= 2:
        return True
    if _QUOTED_ROW.fullmatch(rows[0].strip()):
        return True
    sizes = {len(_CELL.findall(row)) for row in rows[:-1][:10]}
    return len(rows) > 3 and len(sizes) == 1 and min(sizes) >= 3
