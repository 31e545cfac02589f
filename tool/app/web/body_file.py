"""A long body of a stored response, in a file instead of memory.

The file has no other reader and goes with the response, so each process has its own.
"""

import gzip
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Self

from werkzeug.wsgi import FileWrapper

from space.errors import SpaceError

_LEVEL = 1  # of gzip: a third of the time of 6, for a feed that the next edit replaces
_BLOCK = 2**18  # octets, for servers that cannot send files


class UnwritableError(SpaceError):
    """No file can be written, as where the disk is full."""


@dataclass(frozen=True, slots=True)
class BodyFile:
    """A body of `length` octets; its file is deleted when nothing refers to it."""

    file: IO[bytes]
    length: int

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Self:
        """A body from its pieces, of which one at a time is in memory.

        Raises `UnwritableError`, and whatever the pieces do.
        """
        file = _new_file()
        for piece in pieces:
            _write(file, piece)
        return cls(file, file.tell())

    def compressed(self) -> Self:
        """The body in gzip. Raises `UnwritableError`."""
        file = _new_file()
        try:
            with (
                self.open() as plain,
                gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as zipped,
            ):
                shutil.copyfileobj(plain, zipped, _BLOCK)
            file.flush()
        except OSError as error:
            raise UnwritableError(error.strerror) from None
        return type(self)(file, file.tell())

    def send(self, request: Mapping[str, Any]) -> Iterable[bytes]:
        """The body for a WSGI server, which copies it without us if it can."""
        wrapper = request.get("wsgi.file_wrapper", FileWrapper)
        pieces: Iterable[bytes] = wrapper(self.open(), _BLOCK)
        return pieces

    def open(self) -> IO[bytes]:
        """The file, opened anew: each reader has a place in it of their own."""
        return Path(self.file.name).open("rb")


def _new_file() -> IO[bytes]:
    try:
        return NamedTemporaryFile(prefix="space-")
    except OSError as error:
        raise UnwritableError(error.strerror) from None


def _write(file: IO[bytes], piece: bytes) -> None:
    """Write a piece that is long, so that it is in the file at once."""
    try:
        file.write(piece)
        file.flush()
    except OSError as error:
        raise UnwritableError(error.strerror) from None
