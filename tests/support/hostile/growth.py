"""How the time of a function grows with its text: ratios within one run."""

import gc
import os
from collections.abc import Callable
from time import process_time

from tests.support.hostile.shapes import Shape

SMALL = 1_000 if os.environ.get("SPACE_SOAK") else 128  # characters
DOUBLINGS = 5
STEEP = 3.2
"""Growth per doubling that is no longer linear: it is 2 for n, 4 for n squared."""
_LAST = 2  # doublings that are compared: before, what a call costs anyway weighs more
_UNSEEN = 0.005  # seconds of CPU below which nothing grows that anybody would notice
_TRIES = 3


def growth(
    read: Callable[[str], object], shape: Shape, doublings: int = DOUBLINGS
) -> float:
    """How much longer a text of twice the length takes; 0 where it takes nothing.

    What looks steep is measured again on longer texts: there a cost that only begins
    at some length weighs less, and what does grow is steep still.
    """
    ratio = _growth(read, shape, doublings)
    return _growth(read, shape, doublings + _LAST) if ratio > STEEP else ratio


def _growth(read: Callable[[str], object], shape: Shape, doublings: int) -> float:
    large = _cost(read, shape.of(SMALL * 2**doublings))
    if large < _UNSEEN:
        return 0.0
    small = _cost(read, shape.of(SMALL * 2 ** (doublings - _LAST)))
    return (large / max(small, 1e-6)) ** (1 / _LAST)


def _cost(read: Callable[[str], object], text: str, tries: int = _TRIES) -> float:
    """Seconds of CPU, the fewest of some tries.

    Without the garbage collector, which goes through what other tests left, too.
    """
    costs = []
    gc.disable()
    try:
        for _ in range(tries):
            start = process_time()
            read(text)
            costs.append(process_time() - start)
    finally:
        gc.enable()
    return min(costs)
