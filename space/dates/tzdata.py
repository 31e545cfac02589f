"""Transitions of time zones and the rules after them, from the tzdata package.

`zoneinfo` reads the same files but tells only offsets, while a calendar has to
write down when they change. Format: RFC 8536 (TZif), its footer POSIX.1 `TZ`.
"""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files

_HEADER = struct.Struct(">4s c 15x 6L")
_TYPE = struct.Struct(">l?B")
_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_TIME = r"[+-]?\d+(?::\d+){0,2}"
_RULE = rf"M(\d+)\.(\d)\.(\d)(?:/({_TIME}))?"
_FOOTER = re.compile(
    rf"({_NAME})({_TIME})(?:({_NAME})({_TIME})?,{_RULE},{_RULE})?", re.ASCII
)
_HOUR = 3600
_YEAR = 400 * 24 * _HOUR  # more than one, so that both yearly changes are seen


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A local time type: seconds east of UTC, abbreviation, summer time or not."""

    offset: int
    name: str
    summer: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """A moment (Unix time) at which clocks change."""

    at: int
    before: LocalTime
    after: LocalTime

    @property
    def wall(self) -> datetime:
        """The moment on the clock that is about to change, marked as UTC."""
        return datetime.fromtimestamp(self.at, UTC) + timedelta(
            seconds=self.before.offset
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A yearly change: the nth weekday (0 is Sunday, week 5 the last) of a month.

    `time` is in seconds after that day's midnight and may be negative or more than
    a day.
    """

    month: int
    week: int
    weekday: int
    time: int
    before: LocalTime
    after: LocalTime

    def transition(self, year: int) -> Transition:
        """The change of one year."""
        first = date(year, self.month, 1)
        day = first + timedelta((self.weekday - first.isoweekday()) % 7)
        day += timedelta(weeks=self.week - 1)
        while day.month != self.month:
            day -= timedelta(weeks=1)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        at = int(midnight.timestamp()) + self.time - self.before.offset
        return Transition(at, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone's past, and the rules (two or none) for all that comes after."""

    first: LocalTime
    transitions: tuple[Transition, ...]
    rules: tuple[Rule, ...]

    def between(self, start: int, end: int) -> Iterator[Transition]:
        """The changes after `start` up to and including `end`, oldest first."""
        for change in self.transitions:
            if start < change.at <= end and change.before != change.after:
                yield change
        recorded_until = self.transitions[-1].at if self.transitions else start
        if end > recorded_until:
            yield from self._ruled(max(start, recorded_until), end)

    def _ruled(self, start: int, end: int) -> list[Transition]:
        """The changes that the rules make after `start` up to and including `end`."""
        years = range(_year(start), _year(end) + 2)
        changes = (rule.transition(year) for year in years for rule in self.rules)
        return sorted(
            (change for change in changes if start < change.at <= end),
            key=lambda change: change.at,
        )

    def at(self, moment: int) -> LocalTime:
        """The local time type at a moment in Unix time."""
        index = bisect_right(self.transitions, moment, key=lambda change: change.at)
        local = self.transitions[index - 1].after if index else self.first
        if index == len(self.transitions):
            for change in self.between(moment - _YEAR, moment):
                local = change.after
        return local

    @property
    def ruled_since(self) -> int | None:
        """The moment from which on the rules alone give every change, and no other.

        None where there are no rules, or nothing but rules.
        """
        if not (self.rules and self.transitions):
            return None
        since = self.transitions[-1].at + 1
        for change in reversed(self.transitions):
            # Clocks may skip a change that the rules would make, as Cuba's do in 2026.
            if self._ruled(change.at - 1, since - 1) != [change]:
                break
            since = change.at
        return since


def _year(moment: int) -> int:
    return datetime.fromtimestamp(moment, UTC).year


@cache
def read_zone(name: str) -> Zone:
    """A zone by its IANA name; raises FileNotFoundError for one that tzdata lacks."""
    data = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    counts = _HEADER.unpack_from(data)[2:]
    return _second_block(data, _HEADER.size + _block_size(counts, time_size=4))


def _block_size(counts: tuple[int, ...], *, time_size: int) -> int:
    isut, isstd, leap, times, types, chars = counts
    return (
        times * (time_size + 1)
        + types * _TYPE.size
        + chars
        + leap * (time_size + 4)
        + isstd
        + isut
    )


def _second_block(data: bytes, offset: int) -> Zone:
    """Read the 64-bit block and the footer (RFC 8536 §3); the 32-bit one is skipped."""
    counts = _HEADER.unpack_from(data, offset)[2:]
    _, _, _, times, types, chars = counts
    offset += _HEADER.size
    end = offset + _block_size(counts, time_size=8)
    moments = struct.unpack_from(f">{times}q", data, offset)
    offset += 8 * times
    indexes = data[offset : offset + times]
    offset += times
    names = data[offset + types * _TYPE.size :][:chars]
    kinds = []
    for seconds, summer, start in _TYPE.iter_unpack(
        data[offset : offset + types * _TYPE.size]
    ):
        abbreviation = names[start : names.index(b"\0", start)].decode()
        kinds.append(LocalTime(seconds, abbreviation, summer))
    afters = [kinds[index] for index in indexes]
    changes = zip(moments, [kinds[0], *afters], afters, strict=False)
    return Zone(
        first=kinds[0],
        transitions=tuple(Transition(*change) for change in changes),
        rules=_rules(data[end:].decode().strip()),
    )


def _rules(footer: str) -> tuple[Rule, ...]:
    match = _FOOTER.fullmatch(footer)
    if match is None:
        raise ValueError(f"not a POSIX TZ string as tzdata writes it: {footer}")
    if match[3] is None:
        return ()
    standard = LocalTime(-_seconds(match[2]), match[1].strip("<>"), summer=False)
    offset = -_seconds(match[4]) if match[4] else standard.offset + _HOUR
    summer = LocalTime(offset, match[3].strip("<>"), summer=True)
    starts = _rule(match.groups()[4:8], standard, summer)
    ends = _rule(match.groups()[8:12], summer, standard)
    return (starts, ends)


def _rule(parts: tuple[str | None, ...], before: LocalTime, after: LocalTime) -> Rule:
    month, week, weekday = (int(part or 0) for part in parts[:3])
    time = _seconds(parts[3] or "2")
    return Rule(month, week, weekday, time, before, after)


def _seconds(text: str) -> int:
    """`[+-]h[:m[:s]]` of a POSIX TZ string."""
    hours, minutes, seconds = (*text.lstrip("+-").split(":"), "0", "0")[:3]
    total = int(hours) * _HOUR + int(minutes) * 60 + int(seconds)
    return -total if text.startswith("-") else total
