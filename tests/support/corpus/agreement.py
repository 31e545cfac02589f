"""What Python, Lua and the wiki have to read alike, over whole kinds of signs.

One table for all three: `tests/unit/codec`, `tests/lua` and `tests/wiki` run it.
"""

import unicodedata
from collections.abc import Iterator
from html.entities import html5
from itertools import batched

from space.schema.kinds import Field, load_kind
from tests.support.corpus.cases import value_cases

SPACES = tuple(
    chr(code)
    for code in range(0x10000)
    if unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp"}
    or chr(code) in "\t\n\r\x85"
)
"""Every space and line end of Unicode that a wiki page can hold."""
MARKS = tuple(
    "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Marks that nobody sees: of direction, of breaks, of order of bytes, and joiners."""
CASES = ("İ", "ı", "ß", "ẞ", "ǆ", "ǅ", "Ǆ", "ﬁ", "ŉ", "ǰ", "Σ", "ς", "ა", "Ა", "ᾳ", "ᾼ")
CASES = (*CASES, "K", "ſ", "Å", "ⅷ", "𐐨", "ꭰ", "ᏸ", "é", "đ", "ñ", "ж", "ա", "ﬓ", "Ⓐ")
"""Letters whose capital or small letter is not one other letter, and some whose is."""

REFERENCES = (
    *(f"&{name}" for name in sorted(html5)),  # those without a semicolon, too
    *("&רלמ;", "&رلم;", "&AMP", "&zzz;", "&Amp;", "&;", "&#;", "&#x;", "&#xg;"),
    *("&#65;", "&#0065;", "&#x41;", "&#X41;", "&#xfdd0;", "&#x1F389;", "&#x10FFFF;"),
    *("&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#12a;"),
)
"""All of HTML's names, MediaWiki's own, numbers, and what only looks like one."""

ODD = (
    *(
        "[[File:A.jpg|thumb|cap [[link]]]]",
        "[[File:A.jpg|thumb|[https://x.example y]]]",
    ),
    *("[[Test|[[File:A.jpg]]]]", "[[A|[[Category:B]]]]", "[[Image:a.png|[b]]]"),
    *("[[ category : B]]", "[[:Category:B]]", "[[:File:A.jpg|a]]", "[[A{{!}}B|C]]"),
    *("<NOWIKI>x</NOWIKI>", "<nowiki>''a'' {{b}} &amp; [[c]]</nowiki>", "a<nowiki/>b"),
    *("<langconvert from=zh to=zh-hans>x|y</langconvert>", "<Ref name=a />", "<PRE>"),
    *("[[{{lc|X}}|label]]", "[[a|{{b|c}}|d]]", "{{{1|}}}", "{{NAMESPACE}}", "{{a}}"),
    *("{{DEFAULTSORT:x}}", "{{lc:X}}", "{{#if:x|y}}", "{{FULLPAGENAMEE}}", "{{GLAM}}"),
    *(
        "{{ubl|a|2=c|1=b|x=y}}",
        "{{flatlist|\n* a\n* [[b]]\n}}",
        "{{u|jo}}",
        "{{U|a/b}}",
    ),
    *("{{template:u|x}}", "{{:u|x}}", "{{ubl|{{u|a}}|{{ubl|b|{{ubl|c}}}}}}", "{{!}}"),
    *(
        "a &#59; b; c",
        "a &semi; b",
        "&half;;&middot;",
        "a&nbsp;;b",
        "x; ; y",
        "__toc__",
    ),
    *("<!-- a -->b<!-- c", "a<br/>b", "<b>c</b >", "a < b > c", "''a''''b'''''c"),
)
"""Markup in values, each of another kind."""

NAMES = (
    *("Space event", "space event", "Space_event", " Space  event\n", "\nSpace event"),
    *("Template:Space event", "template : space_event", ":Template:Space event"),
    *(
        "\u200fSpace event",
        "Space event\u200e",
        "Space\u202a event",
        "Space\u3000event",
    ),
    *("Space\xa0event", "Space&#32;event", "Space&nbsp;event", "&#83;pace event"),
    *("<noinclude/>Space event", "<noinclude>Space</noinclude> event", "Space event#x"),
    *("Sp<!-- x -->ace event", "Space event<!-- x -->", "Space<!-- x -->event"),
    *("<onlyinclude />Space event", "safesubst:Space event", "msg:Space event"),
    *("SAFESUBST: Space event", "raw:Space event", "Space event <!-- a --> <!-- b -->"),
    *("Space\nevent", ":Space event", "Spaceevent", "SPACE EVENT", "Space event/x"),
    *(
        "Talk:Space event",
        "Template talk:Space event",
        "Space\u200bevent",
        "Space-event",
    ),
    *("Space%20event", "Space<nowiki/> event", "Template:Template:Space event"),
)
"""Ways to name the template of an event, and some that name another page."""
CALL = "|title=A|start=2026-11-28|timezone=UTC|country=NZ}}"


def spaced() -> Iterator[tuple[Field, str]]:
    """A value of each reader with every space and mark before, in and after it."""
    seen: set[str] = set()
    for case in value_cases():
        reader = case.field.reader
        if case.output is None or case.problems or reader in seen:
            continue
        seen.add(reader)
        value = case.input
        middle = len(value) // 2
        for sign in (*SPACES, *MARKS):
            yield case.field, value + sign
            yield case.field, sign + value
            yield case.field, f"{value[:middle]}{sign}{value[middle:]}"
            yield case.field, f"{value}{sign};{sign}{value}"
            yield case.field, sign


def cased() -> Iterator[tuple[Field, str]]:
    """Names and words that begin with, have or end in letters of odd cases."""
    fields = load_kind("event").fields
    names = ("topics", "organizers", "series", "country", "type", "languages", "wikis")
    for letter in CASES:
        for name in names:
            for raw in (f"{letter}x", f"x{letter}", f"x{letter}x"):
                yield fields[name], raw


def marked_up() -> Iterator[tuple[Field, str]]:
    """Every odd piece of markup in every kind of field."""
    fields = {field.reader: field for field in load_kind("event").fields.values()}
    for field in fields.values():
        for raw in ODD:
            yield field, raw


def referred() -> Iterator[tuple[Field, str]]:
    """Every character reference in a text and in a list, a few at a time."""
    fields = load_kind("event").fields
    for some in batched(REFERENCES, 12):
        yield fields["summary"], f"5 {' 6 '.join(some)} 7"
        yield fields["topics"], f"a {' b '.join(some)} c"
