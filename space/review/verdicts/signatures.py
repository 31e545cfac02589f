"""Signatures of verdict lines: the account, and the time as it is written.

A signature is a link to a user's page, talk page or contributions and, after it, the
time the wiki wrote (`~~~~`, https://www.mediawiki.org/wiki/Help:Signatures). Users
shape the links as they like; the last one before the time is theirs
(`space.wiki.talk.signatures.user_links`). The time is in the wiki's own
language and zone, so only its clock and its numbers are read.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from space.wiki.talk.signatures import account_of

LINE_LIMIT = 1_000
"""Characters of a line in which a signature is looked for."""

SAVING = timedelta(minutes=10)
"""How long before its revision a signature may be written: the wiki prepares a save
while the person still types the summary."""

_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?!\d)"
    r"(?P<rest>[^()\[\]{}<>\n]{0,60})\((?P<zone>[^\W_][\w+:/-]{0,31})\)"
)
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class LineSignature:
    """A signature on a verdict line.

    `stamp` is the time as it is written, `minute` the minute of its day, `numbers` are
    those in it, the day of the month among them. `start` and `end` are its place in the
    line, from behind the link to the end of the time.
    """

    account: str
    stamp: str
    zone: str
    minute: int
    numbers: frozenset[int]
    start: int
    end: int

    def agrees(self, saved: datetime) -> bool:
        """Whether it was written when its revision was saved.

        True where it cannot be known: on a wiki whose own zone is not UTC.
        """
        if self.zone != "UTC":
            return True
        moments = (saved - timedelta(minutes=late) for late in range(_minutes(SAVING)))
        return any(
            moment.hour * 60 + moment.minute == self.minute
            and moment.day in self.numbers
            for moment in moments
        )


def find_signature(line: str, links: re.Pattern[str]) -> LineSignature | None:
    """The signature of a line (comments and nowiki masked); None without one."""
    line = line[:LINE_LIMIT]
    clock = _last(_CLOCK.finditer(line))
    found = list(links.finditer(line, 0, clock.start())) if clock else []
    account = account_of(found[-1]) if found else ""
    if clock is None or not account:
        return None
    start, end = _own_link(found).end(), clock.end()
    stamp = _SPACE.sub(" ", line[start:end]).strip()
    return LineSignature(
        account=account,
        stamp=stamp,
        zone=clock["zone"],
        minute=int(clock["hour"]) * 60 + int(clock["minute"]),
        numbers=frozenset(map(int, _NUMBER.findall(stamp)[:12])),
        start=start,
        end=end,
    )


def _own_link(found: list[re.Match[str]]) -> re.Match[str]:
    """The last link to the page of who signed; to their contributions without one."""
    pages = [link for link in found if not link["contributions"]]
    if pages and account_of(pages[-1]) == account_of(found[-1]):
        return pages[-1]
    return found[-1]


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    found = deque(matches, maxlen=1)
    return found[0] if found else None


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1)) + 1
