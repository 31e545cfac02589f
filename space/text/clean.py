"""Cleaning of plain text for feeds: line ends and control characters."""

import re

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
r"""Characters that XML 1.0 §2.2 or RFC 5545 §3.3.11 do not allow, or nobody needs."""


def clean(text: str) -> str:
    r"""The text with `\n` as its only line end and no control characters."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(clean(text).split())
