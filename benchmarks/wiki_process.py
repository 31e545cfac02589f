"""An in-memory wiki in a process of its own, and how another process asks it.

So neither its memory nor its time of the processor is that of the bots.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from space.wiki.values import RequestCount
from tests.fakes.memory_wiki import MemoryWiki

PROCESSES = multiprocessing.get_context("spawn")
BATCH = 500  # rows of a list that come at once, as from the action API

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class RemoteWiki:
    """The port of a wiki in another process; rows of lists come as they are read."""

    connection: Connection

    @property
    def requests(self) -> RequestCount:
        """What was asked so far."""
        return self._answer("requests", None)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return partial(self._call, name)

    def _call(self, name: str, *arguments: Any, **options: Any) -> Any:
        answer = self._answer(name, (tuple(map(_sendable, arguments)), options))
        return self._rows(*answer) if isinstance(answer, _Rows) else answer

    def _rows(self, number: int) -> Iterator[Any]:
        while batch := self._answer("", number):
            yield from batch

    def _answer(self, name: str, given: Any) -> Any:
        self.connection.send((name, given))
        answer = self.connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


class _Rows(tuple[int]):
    """The number under which the rows of a list are to be had."""

    __slots__ = ()


def _sendable(argument: Any) -> Any:
    """An argument as it can go to another process: of many values a list."""
    is_many = isinstance(argument, Iterable) and not isinstance(argument, str)
    return list(argument) if is_many else argument


def answer(connection: Connection, wiki: MemoryWiki) -> None:
    """Answer for a wiki until nobody is there to ask."""
    lists: list[Iterator[Any]] = []
    while True:
        try:
            name, given = connection.recv()
        except EOFError:
            return
        connection.send(_answered(wiki, lists, name, given))


def _answered(
    wiki: MemoryWiki, lists: list[Iterator[Any]], name: str, given: Any
) -> Any:
    if not name:
        return list(islice(lists[given], BATCH))
    if given is None:
        return getattr(wiki, name)
    arguments, options = given
    try:
        found = getattr(wiki, name)(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - the other process is to have it
        return error
    if isinstance(found, Iterator):
        lists.append(found)
        return _Rows((len(lists) - 1,))
    return found


@contextmanager
def elsewhere(serve: Callable[..., None], *given: Any) -> Iterator[Connection]:
    """A process that serves at the other end of a connection."""
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=serve, args=(theirs, *given), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join()


def alone(work: Callable[..., Found], *arguments: Any) -> Found:
    """What a work says that is done in a process of its own."""
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=_tell, args=(theirs, work, *arguments))
    process.start()
    theirs.close()
    found: Found = ours.recv()
    process.join()
    return found


def _tell(connection: Connection, work: Callable[..., Any], *arguments: Any) -> None:
    connection.send(work(*arguments))
