"""Marks of the Translate extension in the source of a page.

https://www.mediawiki.org/wiki/Help:Extension:Translate/Page_translation_example: tags
around what is to be translated, a numbered comment before each paragraph, variables.
"""

import re

from space.codec.scanner import hidden

_NUMBER = r"<!--T:[^<>\s-]{1,100}-->"
_MARKUP = re.compile(
    rf" {_NUMBER}(?=(?:</translate\s*>)?$)"  # behind a heading
    rf"|{_NUMBER} ?"  # before the text, and the space that Translate puts there
    r"|(?: (?=<translate(?: nowrap)?>$))?<translate(?:\s+nowrap)?\s*>"
    r"|</translate\s*>"
    r"|<languages\s*/>"
    r"|<tvar(?:\||\s+name\s*=)[^<>\n]{0,200}>"
    r"|</tvar\s*>|</>"
)
_QUOTING = frozenset(("nowiki", "pre", "source", "syntaxhighlight"))
_PLACE = re.compile("\x7f([0-9]+)\x7f")


def without_marks(text: str) -> str:
    """The text without the marks of the Translate extension.

    A line that has nothing else goes with them, and so does the one space that the
    extension writes between a unit's number and its text or heading.
    """
    lines = []
    for line in text.split("\n"):
        plain = _MARKUP.sub("", line)
        if plain == line or plain.strip():
            lines.append(plain)
    return "\n".join(lines)


def text_without_marks(text: str) -> str:
    """Wikitext without the marks, to be shown or copied; quoted marks stay.

    A part of a page may hold one half of a pair of tags, at which the extension gives
    up, and its numbers are of the page's own units.
    """
    quotes = [piece for piece in hidden(text) if piece.name in _QUOTING]
    pieces, position = [], 0
    for number, quote in enumerate(quotes):
        pieces += [text[position : quote.start], f"\x7f{number}\x7f"]
        position = quote.end
    plain = without_marks("".join([*pieces, text[position:]]))
    return _PLACE.sub(
        lambda match: text[quotes[int(match[1])].start : quotes[int(match[1])].end],
        plain,
    )
