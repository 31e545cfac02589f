"""The folder of one process of the bots, and the end of those that killed ones left.

A process holds a lock on its folder, which ends with it however it ends; so a folder
that nobody holds is nobody's.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

PREFIX = "space-bots-"


@contextmanager
def process_folder() -> Iterator[Path]:
    """An empty folder of this process alone, as long as the context lasts."""
    _sweep()
    folder, lock = _made()
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        os.close(lock)


def _made() -> tuple[Path, int]:
    """A new folder, and the file descriptor with the lock on it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _locked(folder)
        if lock is not None:
            if folder.exists():
                return folder, lock
            os.close(lock)  # It was swept before it was held.


def _sweep() -> None:
    """Delete folders that nobody holds."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = _locked(folder)
        if lock is not None:
            rmtree(folder, ignore_errors=True)
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """A file descriptor with the lock on a folder of ours; None if it is not to be had.

    It may be another account's, held, gone, or no folder.
    """
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(number).st_uid == os.geteuid():
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return number
        except OSError:
            pass
        os.close(number)
    return None
