"""Wikitext as the plain text that people read, for searching and for counting.

Rough on purpose and linear in time: no page, however odd, may stop its index. What
templates show is not known without the wiki, so it is left out, as are references,
pictures and tags.
"""

import re

from space.text.clean import clean
from space.text.html.references import unescape

MAX_CHARACTERS = 20_000  # of what is kept: some 3,000 words

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<(ref|gallery|math|score|syntaxhighlight|templatestyles|style|script|timeline)"
    r"\b[^<>]*?(?:/>|>(?:(?!</?\1\b).)*(?:</\1\s*>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_BRACES = re.compile(r"\{\{|\}\}")
_TABLE = re.compile(
    r"^[ \t]*(?:\{\|[^\n]*|\|-[^\n]*|\|\}|(?:\|\+|!|\|)(?:[^|\n\[]*=[^|\n\[]*\|)?)",
    re.MULTILINE,
)
_CELLS = re.compile(r"\|\||!!")
_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_ADDRESS = re.compile(r"\[(?:https?:)?//[^\s\[\]]++\s*+([^\[\]\n]*+)\]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_MARKS = re.compile(r"'{2,5}|__[A-Z]{3,}__|^-{4,}|^[*#:;]+|^=+|=+\s*$", re.MULTILINE)
_PICTURE = re.compile(
    r"[^:|]{1,40}:[^|]*\.(?:jpe?g|png|svg|gif|webp|tiff?|webm|og[gv])"
)
_DEPTH = 40  # of links in links, as captions of pictures have them


def plain_text(wikitext: str) -> str:
    """The text on one line; what is longer than is kept ends at a space."""
    # What is cut off here could not come into what is kept, or only in a jest.
    text = _COMMENT.sub("", wikitext[: MAX_CHARACTERS * 20])
    text = _without_templates(_UNSEEN.sub(" ", text))
    for _ in range(_DEPTH):
        text, count = _LINK.subn(_label, text)
        if not count:
            break
    text = _ADDRESS.sub(r"\1", text)
    text = _CELLS.sub(" ", _TABLE.sub(" ", text))
    text = unescape(_TAG.sub(" ", _MARKS.sub("", text)))
    return _cut(" ".join(clean(text).split()))


def _without_templates(text: str) -> str:
    """The text outside of `{{…}}`; braces that nothing closes are text."""
    kept: list[str] = []
    opened: list[int] = []  # how many pieces were kept when each began
    at = 0
    for match in _BRACES.finditer(text):
        kept.append(text[at : match.start()])
        at = match.end()
        if match.group() == "{{":
            opened.append(len(kept))
        elif opened:
            del kept[opened.pop() :]
    return " ".join((*kept, text[at:]))


def _label(match: re.Match[str]) -> str:
    target, label = match[1], match[2]
    if _PICTURE.fullmatch(target.strip().lower()):
        return " "
    return target.lstrip(":") if label is None else label


def _cut(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    cut = text[:MAX_CHARACTERS]
    return cut.rsplit(" ", 1)[0] if " " in cut[-200:] else cut
