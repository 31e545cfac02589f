"""Texts that strangers may send to make a reader slow: one piece, many times."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

STAMP = "[[User:Eve|Eve]] ([[User talk:Eve|talk]]) 10:00, 1 November 2026 (UTC)"


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any length: `before`, then `piece` repeated, then `after`."""

    piece: str
    before: str = ""
    after: str = ""

    def of(self, size: int) -> str:
        """The text of about `size` characters."""
        times = max(1, size // max(1, len(self.piece)))
        return f"{self.before}{self.piece * times}{self.after}"


def _named(*pieces: str) -> dict[str, Shape]:
    return {piece: Shape(piece) for piece in pieces}


_ONE_CHARACTER = _named(
    *("[", "{", "<", "&", "'", "=", "_", "|", "~", "*", "#", ":", ";", ",", "-", "/"),
    *("\\", '"', "(", "@", "%", ".", "0", "a", " ", "\t", "\n", "\r", "\x01", "\x7f"),
    *("\u200e", "\u202e", "\u0301", "\u0301\u0316", "\u3000", "অ", "😀", "﷽", "İ"),
)
_OPENINGS = _named(
    *("[[", "[[ ", "[[:", "[[a|", "[[User:", "[[User:a|", "[[Special:Contributions/"),
    *("[//a", "[http://a ", "[http://a b", "{{", "{{{", "-{", "{{a|", "{{a|b=", "{|\n"),
    *("<b>", "<a ", "<a href='", '<a href="', "<div>", "<div ", "<ul><li>", "<p>"),
    *("<!--", "<!-", "<!", "<?", "</", "</b", "</a ", "<![CDATA[", "<table><tr><td>"),
    *(
        "<nowiki>",
        "<nowiki",
        "<ref>",
        "<ref ",
        "<pre>",
        "<math>",
        "<tvar|",
        "<gallery ",
    ),
    *("<translate>", "<!--T:1-->", "<!--T:", "<includeonly>", "<onlyinclude ", "<br "),
    *("<blockquote>", "<q>", "<cite ", "<script>", "<style>", "<svg>", "<template>"),
    *("<math><annotation encoding=tex>", "<video>", "<h1>", "<select><option>"),
    *("<i><b>", "<a href=//x>", "<span style='font-weight:bold'>", "<font><b><p>"),
)
_WHOLE = _named(
    *("[[a]]", "[[a|b]]", "[//a]", "{{a}}", "{{{a}}}", "{{a|b}}", "<b></b>", "<br>"),
    *("&amp;", "&#59;", "&#", "&a", "&lt;b&gt;", "''a''", "'''a'''", "__TOC__", "__a"),
    *("~~~~", "== ", "==a==\n", "\n=", "\n==", "=a=\n", "*a\n", "**", ":a\n", "\n: "),
    *(
        "{{Space review|approve}}\n",
        "{{Space review|approve",
        "{{Space event|title=a}}",
    ),
    *("{{Space event|title=a", "{{Space event\n", "{{subst:", "{{unsigned|", "{{ubl|"),
    *("{{unsigned|a|10:00, 1 November 2026 (UTC)}}\n", "{{!}}", "{{u|a}}", "{{ubl|a}}"),
    *(f"{STAMP}\n", f"{STAMP} ", "10:00, 1 November 2026 (UTC)", "10:00 (UTC) "),
    *(
        "[[User:Eve]]",
        "[[User:Eve]] ",
        "[[User talk:Eve]] ",
        "[[User:Eve]] 10:00 (UTC) ",
        "10:00 (",
    ),
    *("2026-11-28 ", "28 November 2026 ", "10:00 ", "+49 30 1234 ", "(+", "1, ", "a;"),
    *(
        "a b",
        "aB ",
        "a.",
        "a@",
        "a@b.c ",
        '"a"@',
        "http://a",
        "http://a ",
        "//a/",
        "\n ",
    ),
    *("|title=a", "|title=a\n", "| a = [[b]]\n", "|a", "|\n", "\n|-", "||", "!!", "|+"),
    *("\r\n", " \n", "\n\n", "\n\t", "a\n", "- ", "----", "'' ", "_ ", " &", "a/"),
    *("passcode", "passcode: ", "pin 1", "meeting id: 12 ", "zoom.us/", "tel:", "+1"),
    *("P1D", "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VTIMEZONE\n", "BEGIN:A\nEND:A\n"),
    *(
        "DTSTART:20261128T100000Z\n",
        "SUMMARY;A=",
        "SUMMARY;A=a",
        'SUMMARY;A="',
        "A:b\n",
    ),
    *("RDATE:20261128T100000Z,", "X-A:b\n", "EXDATE:20261128\n", ';A="a"', "=\n"),
    *("BEGIN:VALARM\n", "BEGIN:STANDARD\n", "ATTENDEE:a\n", "CATEGORIES:a,", "\\,"),
    *("FREQ=DAILY;", "BYDAY=MO,", "[" * 2 + " " * 60 + "\n", "[[ :", "[[User : "),
)
_LONG_LINES = {
    "blank links": Shape("[[" + " " * 940 + "\n"),
    "blank tags": Shape("<b" + " " * 940 + "\n"),
    "long bold": Shape("'''" + "a" * 940),
    "long words": Shape("a" * 940 + " "),
    "dashes": Shape("-" * 940 + "\n"),
    "digits": Shape("1" * 940 + " "),
}


_OPENED_ONCE = {
    f"{opening!r} once, then {filler!r}": Shape(filler, opening)
    for opening in (
        *("[//", "[http://", "[http://a ", "[[", "[[a|", "[[User:", "{{", "{{a|"),
        *("{{{", "<a ", "<a b='", "<a b=", "</a", "<!--", "<", "&", "&#", "'''"),
        *("= ", "(", "@", "[[File:", "{{unsigned|", "{{unsigned|a|", "__", "http://"),
        *("10:00 ", "\n"),
    )
    for filler in ("a", " ", "1", "-", "a ", "=", "\n", "[", "'")
}


ALL: Mapping[str, Shape] = MappingProxyType(
    {**_ONE_CHARACTER, **_OPENINGS, **_WHOLE, **_LONG_LINES, **_OPENED_ONCE}
)
"""Shapes of any text, by a name."""

FEW: Mapping[str, Shape] = MappingProxyType(
    {
        name: ALL[name]
        for name in (
            *("[//a", "'[//' once, then 'a'", "'[http://a ' once, then ' '", "[[ "),
            *("blank links", "{{", "{{{", "-{", "<b>", "<a ", "<!--", "<ul><li>"),
            *(
                "{{Space review|approve}}\n",
                "{{Space event|title=a",
                "&amp;",
                "'''a'''",
            ),
            *(
                "<nowiki>",
                "<translate>",
                "~~~~",
                "==a==\n",
                "\n=",
                "=",
                "|",
                "|title=a",
            ),
            *("[[User:Eve]] ", f"{STAMP}\n", "10:00, 1 November 2026 (UTC)", "a;", " "),
            *(
                "{{unsigned|",
                "a",
                "\n",
                "\u202e",
                "\u0301\u0316",
                "😀",
                "**",
                "http://a ",
            ),
            *("BEGIN:VEVENT\n", "BEGIN:A\nEND:A\n", "A:b\n", "passcode: "),
            *(
                "'&#' once, then '1'",
                "<i><b>",
                "<table><tr><td>",
                "\\,",
                "+49 30 1234 ",
            ),
            *("'(' once, then '1'",),
        )
    }
)
"""The shapes that `make test` tries; `make soak` tries all."""
