"""Removal of e-mail addresses and ways into a meeting from imported texts.

A saved page is public for ever. Links for joining a meeting have their own field, with
a warning; invitations to chats, passcodes, meeting ids and dial-in numbers are removed
from every text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from space.imports.draft import Note
from space.imports.joining_words import (
    DIALLING,
    LABELS,
    LABELS_WITHOUT_SPACES,
    PHRASES,
)
from space.imports.web_addresses import (
    addresses,
    bare_invitations,
    is_chat,
    is_private_link,
)
from space.schema.kinds import Value

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_MAIL = re.compile(
    r"(?:mailto:)?(?:(?<![\w.+-])[\w.!#$%&'*+=?^`~-]{1,64}|\"[^\"\n]{1,64}\")"
    r"(?:@|%40|\uff20)"
    r"(?:[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|\[[0-9a-f.:]{3,40}\])",
    re.IGNORECASE,
)


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word).replace(r"\ ", r"[ \xa0]") for word in longest_first
    )


_NUMBER = r"[0-9](?:[ \xa0-]?[0-9]){2,23}#?"
_WORD = r"[^\s,;|()<>\[\]]{1,64}"
_SECRET = (
    rf"(?:{_NUMBER}(?![\w@])|(?=[^\s,;|()<>]{{0,63}}[0-9]){_WORD}"
    rf"|{_WORD}(?=[ \t]*(?:$|[,;|()\n])))"
)
_ASIDE = r"(?:[ \xa0]?\([^()\n]{0,40}\)|[ \xa0]?\uff08[^\uff08\uff09\n]{0,40}\uff09)?"
_NEXT_LINE = r"(?:\n(?=[0-9 -]{3,24}#?(?:\n|$)))?"
_IS = (
    rf"(?:[ \t\xa0]{{0,3}}[:\uff1a=\u2013][ \t\xa0]{{0,3}}{_NEXT_LINE}"
    r"|[ \xa0](?:is|ist|lautet|est|es|\u00e9|\u00e8|jest)[ \xa0]|#[ \xa0]?)"
)
_LABEL = (
    rf"(?:(?<![\w-])(?:{_any_of(LABELS)})s?(?!\w)|(?:{_any_of(LABELS_WITHOUT_SPACES)}))"
)
_BARE = rf"[ \t\xa0]{{1,3}}{_NUMBER}(?=[ \t]*(?:$|[,;.|()]))"
_ENTERED = (
    r"\b(?:enter|geben sie|saisissez|introduce)[ \xa0](?:the |pin )?[0-9]{3,12}#?"
)
_POSTCODE = re.compile(
    r"pin(?:[ -]?code)?[ :.-]{0,3}[1-9][0-9]{2} ?[0-9]{3}", re.IGNORECASE
)
_FROM_PHONES = r"(?: ?\([0-9][^()\n]{0,40}\))?"
_CREDENTIAL = re.compile(
    rf"{_LABEL}{_ASIDE}(?:{_IS}{_SECRET}{_FROM_PHONES}|{_BARE})|{_ENTERED}",
    re.IGNORECASE | re.MULTILINE,
)
_DIGITS = r"[0-9][0-9 ().\u2011-]{4,22}[0-9]"
_TAPPED = re.compile(
    rf"(?:tel:|sip:)?(?:(?:\+|00){_DIGITS} ?(?:,{{1,4}}|;|\u00d7|x)\*?[0-9]{{3,14}}"
    rf"|{_DIGITS},{{2,4}}\*?[0-9]{{3,14}}|{_DIGITS},[0-9]{{3,14}}(?=#))[#*,0-9]{{0,30}}",
    re.IGNORECASE,
)
"""A telephone number with digits that are dialled after it."""
_BEGIN = r"[\s*\u2022\u00b7-]{0,8}(?:\([A-Z]{2,3}\) ?)?"
_CALLED = r"[0-9][0-9 ()./\u2011\xa0-]{5,22}[0-9]#?"
_PHONE = rf"\(?\+?\(?{_CALLED}"
_ADDRESS_OF_ROOM = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_BLOCK_LINE = re.compile(
    rf"{_BEGIN}(?:{_PHONE}|{_ADDRESS_OF_ROOM}|[^\s:]{{0,40}}{ELLIPSIS})[^\n]{{0,90}}"
)
_SURE_LINE = re.compile(rf"{_BEGIN}(?:\+|00){_CALLED}[^0-9\n]{{0,60}}")
_CALLS = re.compile(
    rf"[\s*\u2022\u00b7(-]{{0,8}}(?:{_any_of(DIALLING)})", re.IGNORECASE
)
_HAS_NUMBER = re.compile(_PHONE)
_EMPTY = re.compile(r"\((?:[\s,;:|/-]*)\)|<\s*>|\[\s*\]|\uff08\s*\uff09")
_LOOSE = re.compile(r"^[\s,;:|/\u2022\u00b7*-]+|[\s,;|/-]+$")
_BULLET = re.compile(r"^\s{0,8}[*\u2022\u00b7-]\s+")
_WORDY = re.compile(r"\w")
_TAKEN = re.compile("[\0\1]")
_HEADING = 45  # characters
_COLONS = (":", "\N{FULLWIDTH COLON}")


@dataclass(frozen=True, slots=True)
class PublicText:
    """A text without private parts; the flags tell what was removed."""

    text: str
    had_mail: bool = False
    had_joining: bool = False


def without_private(
    text: str, own_field: str = "", *, has_meeting: bool = False
) -> PublicText:
    """A text of several lines without private parts.

    `own_field` is a link for joining that is kept in its own field, so its removal is
    not reported. `has_meeting` tells that the event has a meeting online.
    """
    links = [link for link in addresses(text) if is_private_link(link)]
    bare = bare_invitations(text)
    is_of_chats = all(map(is_chat, (*links, *(f"https://{link}" for link in bare))))
    links += bare
    shown, without_links = _without_links(text, {*links, own_field} - {""})
    lines, joining = _without_codes(
        shown.split("\n"),
        meets=bool(own_field) or not is_of_chats,
        has_meeting=has_meeting,
    )
    lines, tidy = _without_mail(lines)
    if without_links or joining:
        lines = [line for line in lines if _phrase(line) not in PHRASES]
    return PublicText(
        "\n".join(lines), tidy, joining or any(link != own_field for link in links)
    )


def public_line(text: str, *, has_meeting: bool = False) -> PublicText:
    """A text on one line without private parts; empty if no word is left."""
    made = without_private(text, has_meeting=has_meeting)
    line = " ".join(made.text.split())
    return PublicText(
        line if _WORDY.search(line) else "", made.had_mail, made.had_joining
    )


def public_values(values: Mapping[str, Value]) -> tuple[dict[str, Value], list[Note]]:
    """Values without private parts, and notes on what was removed.

    A website with a private part is removed as a whole. The field of a link for joining
    keeps it.
    """
    kept: dict[str, Value] = {}
    mail = joining = False
    has_meeting = "online_link" in values
    for name, value in values.items():
        texts = (value,) if isinstance(value, str) else value
        made = [_public_value(name, text, has_meeting=has_meeting) for text in texts]
        mail = mail or any(part.had_mail for part in made)
        joining = joining or any(part.had_joining for part in made)
        shown = tuple(part.text for part in made if part.text)
        if shown:
            kept[name] = shown[0] if isinstance(value, str) else shown
    return kept, notes_of(PublicText("", mail, joining))


def notes_of(*texts: PublicText) -> list[Note]:
    """Notes on the private parts removed from some texts."""
    mail = any(text.had_mail for text in texts)
    joining = any(text.had_joining for text in texts)
    return [Note("mail")] * mail + [Note("joining")] * joining


def _public_value(name: str, text: str, *, has_meeting: bool) -> PublicText:
    if name in {"website", "online_link"}:
        mail = _MAIL.search(text) is not None
        leads_in = is_private_link(text) or bool(bare_invitations(text))
        joining = name == "website" and leads_in
        return PublicText("" if mail or joining else text, mail, joining)
    made = public_line(text, has_meeting=has_meeting)
    return made if made.had_mail or made.had_joining else PublicText(text)


def _without_links(text: str, links: set[str]) -> tuple[str, bool]:
    """The text without links, and without lines that only introduce one."""
    longest_first = sorted(links, key=len, reverse=True)
    lines: list[str] = []
    any_changed = False
    for line in text.split("\n"):
        rest = line
        if "/" in line:
            rest = reduce(
                lambda kept, link: kept.replace(link, ""), longest_first, line
            )
        if rest == line:
            lines.append(line)
            continue
        any_changed = True
        rest = _EMPTY.sub("", rest).rstrip(" <>.")
        if _WORDY.search(rest) and not rest.endswith(_COLONS):
            lines.append(rest)
    return "\n".join(lines), any_changed


def _without_codes(
    lines: list[str], *, meets: bool, has_meeting: bool
) -> tuple[list[str], bool]:
    """The lines without meeting ids, passcodes and dial-in numbers; whether any were.

    Plain telephone numbers are dial-in numbers only in a text with a meeting (`meets`).
    `PIN 110001` is a postcode of India unless there is a meeting.
    """
    text = "\n".join(lines)
    codes = [match[0] for match in _CREDENTIAL.finditer(text)]
    count = len(codes)
    if not (has_meeting or meets) and all(map(_POSTCODE.fullmatch, codes)):
        count = 0
    if count:
        text = _CREDENTIAL.sub("\0", text)
    text, tapped = _TAPPED.subn("\1", text)
    meets = meets or bool(count or tapped)
    kept: list[str] = []
    in_block = False
    for line in text.split("\n"):
        calls = meets and _CALLS.match(line) is not None
        taken = "\0" in line or "\1" in line
        if calls and (_HAS_NUMBER.search(line) or taken or len(line) < _HEADING):
            in_block, count = True, count + 1
            continue
        blank = not line.strip()
        if _LOOSE.sub("", line).startswith("\1"):  # only the country is left
            continue
        if (in_block and _BLOCK_LINE.fullmatch(line)) or (
            meets and _SURE_LINE.fullmatch(line)
        ):
            count += 1
            continue
        in_block = in_block and blank
        if not taken:
            kept.append(line)
        elif rest := _rest(line):
            kept.append(rest)
    return kept, bool(count or tapped)


def _rest(line: str) -> str:
    """The rest of a line after a removal, empty without a word in it."""
    bullet = _BULLET.match(line)
    rest = _LOOSE.sub("", _EMPTY.sub("", _TAKEN.sub("", line)))
    if not _WORDY.search(rest) or rest.endswith(_COLONS):
        return ""
    return (bullet[0] if bullet else "") + rest


def _without_mail(lines: list[str]) -> tuple[list[str], bool]:
    text, count = _MAIL.subn(ELLIPSIS, "\n".join(lines))
    return text.split("\n"), count > 0


def _phrase(line: str) -> str:
    return line.strip(" \t.:>*_-").casefold()
