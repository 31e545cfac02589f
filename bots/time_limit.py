"""Work that is waited for only so long, such as an answer that comes byte by byte."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Raised:
    """In place of a result, what was raised."""

    error: BaseException


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of work that ends within so many seconds, or what it raises.

    Raises `TimeoutError` for other work, which goes on in a thread of its own until it
    or the program ends. Signals are handled meanwhile.
    """
    ended: SimpleQueue[T | _Raised] = SimpleQueue()

    def do() -> None:
        try:
            ended.put(work())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            ended.put(_Raised(error))

    Thread(target=do, daemon=True).start()
    try:
        result = ended.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no whole answer within {seconds:.0f} s") from None
    if isinstance(result, _Raised):
        raise result.error
    return result
