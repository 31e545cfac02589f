"""What is told of a post or an event, and as which texts.

All of it is in a publication, so nothing private is in any text; the links for taking
part are left out altogether, as they are on the page that each text leads to.
"""

import textwrap
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import regex

from space.codec.writers import escape

LONGEST_POST = 300  # characters, the fewest that a well-known network allows
WIDTH = 72  # columns of mail
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Announcement:
    """A post, or one time of an event, in the words of a language.

    `facts` are label and value of what goes on a line of its own in longer texts. Empty
    are `status` for what takes place as planned, `where` and `summary` where nothing is
    known, and `interwiki`, the prefix of the wiki, where other wikis know none.
    """

    title: str
    status: str
    colon: str
    comma: str
    when: str
    where: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    address: str
    page_title: str
    page_address: str
    interwiki: str
    day: str  # ISO
    please: str  # the sentence that asks to pass it on

    @property
    def heading(self) -> str:
        """The title, after what is other than planned."""
        return f"{self.status}{self.colon} {self.title}" if self.status else self.title

    @property
    def wiki_link(self) -> str:
        """A link to the page in wikitext, which works on any wiki."""
        shown = escape(self.title)
        if self.interwiki:
            return f"[[{self.interwiki}{self.page_title}|{shown}]]"
        return f"[{self.page_address} {shown.replace(']', '&#93;')}]"

    @property
    def village_pump(self) -> str:
        """A new section of a discussion page, as wikitext with a signature."""
        when_and_where = self._joined(self.comma, self.when, self.where)
        lines = (
            f"== {escape(self.heading)} ==",
            f"{self._marked}'''{self.wiki_link}'''\n\n{escape(when_and_where)}",
            escape(self.summary),
            f"{self.address} ~~~~",
        )
        return "\n\n".join(filter(None, lines))

    @property
    def list_entry(self) -> str:
        """A line of a list on a wiki page, as wikitext."""
        entry = self._joined(self.comma, self.wiki_link, escape(self.where))
        return f"* {self.day}{self.colon} {self._marked}{entry}"

    @property
    def notice(self) -> str:
        """A sentence without an end for a notice on another wiki, as wikitext."""
        parts = (self.wiki_link, escape(self.when), escape(self.where))
        return self._joined(self.comma, *parts)

    @property
    def mail(self) -> str:
        """The text of a mail."""
        facts = "\n".join(self._fact(*fact) for fact in self.facts)
        parts = (self.heading, facts, self.summary, self.address)
        return "\n\n".join(filter(None, parts))

    @property
    def mail_link(self) -> str:
        """A link that opens the mail in the reader's program."""
        fields = {"subject": self.heading, "body": self.mail.replace("\n", "\r\n")}
        return f"mailto:?{urlencode(fields, quote_via=quote)}"

    @property
    def mailing_list(self) -> str:
        """An announcement for a mailing list: plain text in lines of `WIDTH`."""
        facts = "\n".join(_wrapped(self._fact(*fact)) for fact in self.facts)
        parts = (
            f"{_wrapped(self.heading)}\n{'=' * min(WIDTH, len(self.heading))}",
            facts,
            _wrapped(self.summary),
            f"{self.address}\n{self.page_address}",
            _wrapped(self.please),
        )
        return "\n\n".join(filter(None, parts))

    @property
    def social_post(self) -> str:
        """A post of at most `LONGEST_POST` characters, for which the title is cut."""
        rest = f"{_BETWEEN}{self._joined(_BETWEEN, self.when, self.where)}"
        end = f"\n{self.address}"
        room = LONGEST_POST - len(rest) - len(end)
        return f"{_cut(self.heading, room)}{rest}{end}"

    @property
    def _marked(self) -> str:
        return f"'''{escape(self.status)}'''{self.colon} " if self.status else ""

    def _fact(self, label: str, value: str) -> str:
        return f"{label}{self.colon} {value}"

    @staticmethod
    def _joined(between: str, *parts: str) -> str:
        return between.join(filter(None, parts))


def _wrapped(text: str) -> str:
    """The text in lines of `WIDTH`; an address stays whole."""
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def _cut(text: str, room: int) -> str:
    """As much of the text as there is room for, never a part of a character."""
    if len(text) <= room:
        return text
    kept = ""
    for sign in regex.findall(r"\X", text):
        if len(kept) + len(sign) >= room:
            break
        kept += sign
    return f"{kept.rstrip()}…"
