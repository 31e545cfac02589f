"""Bytes that somebody uploaded, as text without what could mislead."""

import codecs
import re

MAX_BYTES = 512 * 1024
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([a-z0-9_-]{3,20})", re.IGNORECASE)
_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSETS = re.compile(
    r"iso-?8859-[0-9]{1,2}|windows-125[0-8]|koi8-[ru]|shift_jis|euc-(?:jp|kr)|big5"
    r"|gb2312|gbk|gb18030"
)
_USUAL = "windows-1252"  # a superset of ISO 8859-1, as browsers read it
_LINE_ENDS = re.compile("\r\n?")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, and those that turn the direction of the text after them."""


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, or what its mark or its own words say, or Latin-1.

    Never fails: bytes that fit nothing become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(_declared(data) or _USUAL, errors="replace")


def clean(text: str) -> str:
    r"""The text with `\n` as its only line end, without characters nobody sees."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    name = found[1].decode().lower() if found else ""
    if not _CHARSETS.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
