"""Character references of HTML, decoded from any text."""

import html
import re

_HUGE = re.compile(r"&#[0-9]{100,}+;?")  # Python reads no number of thousands of digits


def unescape(text: str) -> str:
    """The text with characters for references; U+FFFD for one of no character."""
    return html.unescape(_HUGE.sub("\N{REPLACEMENT CHARACTER}", text))
