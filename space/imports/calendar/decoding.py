"""Decoding of uploaded octets, and removal of invisible characters."""

import codecs
import re

from space.bounds import BOUNDS

MAX_BYTES = BOUNDS.upload
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([a-z0-9_-]{3,20})", re.IGNORECASE)
_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSETS = re.compile(
    r"iso-?8859-[0-9]{1,2}|windows-125[0-8]|koi8-[ru]|shift_jis|euc-(?:jp|kr)|big5"
    r"|gb2312|gbk|gb18030"
)
_USUAL = "windows-1252"  # a superset of ISO 8859-1, as browsers read it
_LINE_ENDS = re.compile("\r\n?")
_BYTE_LINES = re.compile(rb"(\r\n?|\n)")
_LETTER_BYTE = re.compile(rb"(?<=[A-Za-z\xc0-\xfd])[\xc0-\xfd]|[\xc0-\xfd](?=[A-Za-z])")
_ALTERNATE = 20  # bytes, of which every second is zero in UTF-16
_FIRST_BYTES = range(0xC2, 0xF5)  # of characters that take several
_BAD = "\N{REPLACEMENT CHARACTER}"
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, and overrides of the text direction."""


def decode(data: bytes) -> str:
    """The text of a file; an invalid octet becomes U+FFFD.

    The encoding is UTF-8, UTF-16 or UTF-32 by the byte order mark, UTF-8 if most
    non-ASCII octets are, else the charset that the file names, else windows-1252.
    Characters that a fold of iCalendar cuts in two are joined first (RFC 5545 §3.1).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            if encoding != "utf-8":
                return data.decode(encoding, errors="replace")
    for begin, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) > 1 and not any(data[begin:_ALTERNATE:2]):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _mended(data, _declared(data))


def clean(text: str) -> str:
    r"""The text with `\n` as its only line end, without invisible characters."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def _mended(data: bytes, named: str | None) -> str:
    """The text of octets that are not valid UTF-8; `named` is the declared charset."""
    whole = _unsplit(data, "utf-8")
    text = whole.decode(errors="replace")
    wrong = text.count(_BAD)
    right = sum(character > "\x7f" for character in text) - wrong
    is_cut = text.endswith(_BAD) and data[-1] in _FIRST_BYTES
    # Legacy encodings hold few valid sequences by chance; Asian ones hold more.
    if right * (1 if named else 4) < wrong and not (is_cut and wrong == 1):
        encoding = named or _USUAL
        return _unsplit(data, encoding).decode(encoding, errors="replace")
    lines, raw = text.split("\n"), whole.split(b"\n")
    last = len(lines) - 1 if is_cut else len(lines)
    for number in range(last):
        if _BAD in lines[number] and _is_legacy(lines[number], raw[number]):
            lines[number] = raw[number].decode(named or _USUAL, errors="replace")
    return "\n".join(lines)


def _is_legacy(line: str, raw: bytes) -> bool:
    """Whether a line that is not UTF-8 has words in a legacy encoding."""
    wrong = line.count(_BAD)
    right = sum(character > "\x7f" for character in line) - wrong
    return right == 0 and len(_LETTER_BYTE.findall(raw)) == wrong


def _unsplit(data: bytes, encoding: str) -> bytes:
    """The octets without folds inside a character of an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    first, *parts = _BYTE_LINES.split(data)
    kept = [first]
    decoder.decode(first)
    for end, line in zip(parts[::2], parts[1::2], strict=True):
        is_split = line[:1] in {b" ", b"\t"} and bool(decoder.getstate()[0])
        if not is_split:
            decoder.reset()
            kept.append(end)
        rest = line[1:] if is_split else line
        decoder.decode(rest)
        kept.append(rest)
    return b"".join(kept)


def _declared(data: bytes) -> str | None:
    charset = _DECLARED.search(data[:_HEAD])
    name = charset[1].decode().lower() if charset else ""
    if not _CHARSETS.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
