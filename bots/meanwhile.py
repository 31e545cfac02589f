"""Work that is done every few seconds while something else lasts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def meanwhile(seconds: float, work: Callable[[], bool]) -> Iterator[None]:
    """Do work in a thread while the context lasts, every so many seconds.

    It answers whether it is to be done again.
    """
    over = Event()

    def keep() -> None:
        while not over.wait(seconds):
            if not work():
                return

    thread = Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
