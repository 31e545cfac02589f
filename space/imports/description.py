"""A description from elsewhere: a summary, and wikitext that shows the rest.

Files hold plain text or a little HTML; on the wiki nothing of it may act. A link for
joining and addresses of people are taken out: what is saved is public for ever.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from space.codec.writers import escape

MAX_LENGTH = 20_000
SUMMARY = 500  # characters that the field takes
_HTML = re.compile(
    r"<(?:/?(?:a|b|br|div|em|i|li|ol|p|span|strong|u|ul)\b|!)", re.IGNORECASE
)
_ANCHOR = re.compile(r"<a\b([^<>]*+)>([^<>]*+)</a\s*+>", re.IGNORECASE)
_TARGET = re.compile(r"\bhref=[\"']?([^\"'\s]+)", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/ul|/ol|/h[1-6]|ul|ol)\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[/!a-z][^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_COLONS = (":", "\N{FULLWIDTH COLON}")
_TRAILING = ".,;:!?)]>"
_MAIL = re.compile(
    r"(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)
_RULER = re.compile(r"[-:~_=*. ]{5,}")
_BULLET = re.compile(r"\s{0,8}[*\u2022\u00b7-]\s+(?=\S)")
_PARAGRAPHS = re.compile(r"\n{2,}")
_MEETINGS = (
    *("meet.google.com", "zoom.us", "zoom.com", "teams.microsoft.com"),
    *("teams.live.com", "meet.jit.si", "webex.com", "whereby.com", "gotomeeting.com"),
    *("meet.wikimedia.org", "bigbluebutton.org", "bluejeans.com", "meet.goto.com"),
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a description is made into; `meeting` is a link for joining, if it has one.

    `had_mail` says that addresses were left out, `cut` that its end was.
    """

    summary: str
    body: str
    meeting: str = ""
    had_mail: bool = False
    cut: bool = False


def read_description(text: str, *known: str) -> Description:
    """Read a description; `known` are addresses that have fields of their own."""
    cut = len(text) > MAX_LENGTH
    plain = _plain(text[:MAX_LENGTH])
    meetings = [link for link in addresses(plain) if is_meeting(link)]
    meant = {*meetings, *filter(is_meeting, known)}
    plain = "\n".join(_without(plain.split("\n"), meant))
    without, mails = _MAIL.subn("\N{HORIZONTAL ELLIPSIS}", plain)
    lines = _lines(without, frozenset(known) - {""})
    paragraphs = _PARAGRAPHS.split("\n".join(lines).strip("\n"))
    first = " ".join(paragraphs[0].split())
    bulleted = any(map(_BULLET.match, paragraphs[0].split("\n")))
    if len(first) > SUMMARY or bulleted:
        first = ""
    rest = paragraphs[1:] if first else paragraphs
    return Description(
        first,
        "\n\n".join(map(_wikitext, rest)).strip("\n"),
        meetings[0] if meetings else "",
        had_mail=mails > 0,
        cut=cut,
    )


def addresses(text: str) -> list[str]:
    """The addresses of web pages in a text, in order."""
    return [found.rstrip(_TRAILING) for found in _ADDRESS.findall(text[:MAX_LENGTH])]


def is_meeting(address: str) -> bool:
    """Whether an address is one at which people meet, and strangers could walk in."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return False
    return any(host == known or host.endswith(f".{known}") for known in _MEETINGS)


def _without(lines: list[str], links: Collection[str]) -> Iterator[str]:
    """The lines without links; one that only leads up to a link goes with it."""
    longest_first = sorted(links, key=len, reverse=True)
    for line in lines:
        rest = line
        for link in longest_first if "://" in line else ():
            rest = rest.replace(link, "")
        leads_up = not rest.strip() or rest.rstrip(" <>.").endswith(_COLONS)
        if rest == line or not leads_up:
            yield rest


def _plain(text: str) -> str:
    """The text without HTML, if it has any."""
    if not _HTML.search(text):
        return text
    text = _ANCHOR.sub(_anchor, text.replace("\n", " \n"))
    text = _ITEM.sub("\n* ", _BREAK.sub("\n", text))
    return unescape(_TAG.sub("", text))


def _anchor(match: re.Match[str]) -> str:
    target, shown = _TARGET.search(match[1]), match[2].strip()
    address = target[1] if target else shown
    same = shown.rstrip("/") in {"", address.rstrip("/")}
    return address if same else f"{shown}: {address}"


def _lines(text: str, known: frozenset[str]) -> Iterator[str]:
    for line in text.split("\n"):
        bare = line.strip()
        if bare not in known and not _RULER.fullmatch(bare):
            yield line.rstrip()


def _wikitext(paragraph: str) -> str:
    """A paragraph whose lines stay lines; bullets become a list."""
    pieces: list[str] = []
    listed = False
    for line in paragraph.split("\n"):
        bullet = _BULLET.match(line)
        words = " ".join(line[bullet.end() if bullet else 0 :].split())
        if not words:
            continue
        if pieces:
            pieces.append("\n" if bullet and listed else "\n\n")
        pieces.append(f"* {escape(words)}" if bullet else escape(words))
        listed = bullet is not None
    return "".join(pieces)
