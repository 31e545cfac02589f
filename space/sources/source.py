"""The port of sources: what the bot asks of one, and what it gets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from space.errors import SpaceError
from space.sources.entry import Entry


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """The answer of a source: HTTP's status, and the body in octets."""

    status: int
    body: bytes = b""


Ask = Callable[[str], SourceAnswer]
"""Asks for a path, in its turn: the bot keeps to a number of requests a minute.

Raises `WikiUnavailableError` where there is no answer, or one that asks to come later.
"""


def no_source(path: str) -> SourceAnswer:
    """An `Ask` where there is nobody to be asked."""
    raise SourceMissingError(f"nobody can be asked for {path}")


class SourceMissingError(SpaceError):
    """There is no such source here: nothing follows for what was read of it before."""


class SourceUnreadableError(SpaceError):
    """A source could not be read, and stays as it was; the message says why.

    It is in English and tells nothing of the answer but its kind and size.
    """


@dataclass(frozen=True, slots=True)
class Remark:
    """What operators are told of a source that was read, in English, in one line."""

    text: str


class Source(Protocol):
    """Somewhere events are announced."""

    @property
    def numbers(self) -> range:
        """Numbers that entries of this source and of its like may have, and no others.

        An entry's id in the store is `FIRST_ID` and its number.
        """
        ...

    def news(
        self, known: Mapping[int, Entry], now: datetime
    ) -> Iterator[Entry | Remark]:
        """Entries that are new or not as `known` ones, by number, at an aware time.

        What of the source could not be taken is a remark among them. `known` are those
        of `numbers`. An event that vanished is among the news as one that is gone.
        Raises `SourceMissingError`, `SourceUnreadableError`, and `WikiUnavailableError`
        where the wiki is in the way: what came before stays good.
        """
        ...
