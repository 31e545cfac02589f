"""How the time of a function grows with its text: ratios within one run."""

import os
from collections.abc import Callable
from time import process_time

from tests.support.hostile.shapes import Shape

SMALL = 1_000 if os.environ.get("SPACE_SOAK") else 250  # characters
DOUBLINGS = 5
STEEP = 3.2
"""Growth per doubling that is no longer linear: it is 2 for n, 4 for n squared."""
_UNSEEN = 0.01  # seconds of CPU below which nothing grows that anybody would notice
_TRIES = 3


def growth(read: Callable[[str], object], shape: Shape) -> float:
    """How much longer a text of twice the length takes; 0 where both take nothing.

    What looks steep is measured again, as others use the machine, too.
    """
    large = _cost(read, shape.of(SMALL * 2**DOUBLINGS), tries=1)
    if large < _UNSEEN:
        return 0.0
    small = _cost(read, shape.of(SMALL))
    if _steep(small, large):
        large = min(large, _cost(read, shape.of(SMALL * 2**DOUBLINGS)))
    return (large / max(small, 1e-6)) ** (1 / DOUBLINGS)


def _steep(small: float, large: float) -> bool:
    return large > small * STEEP**DOUBLINGS


def _cost(read: Callable[[str], object], text: str, tries: int = _TRIES) -> float:
    """Seconds of CPU, the fewest of some tries."""
    costs = []
    for _ in range(tries):
        start = process_time()
        read(text)
        costs.append(process_time() - start)
    return min(costs)
