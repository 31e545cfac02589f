"""The file whose age tells the platform whether a process that never ends still works.

Each look for news is a request, and so is nearly all that takes long. A process that
has sent none for a quarter of an hour hangs, and is started again: the health check of
`jobs.yaml` asks for a file of this name that is younger.
"""

from contextlib import AbstractContextManager
from pathlib import Path

from bots.meanwhile import meanwhile
from space.wiki.values import RequestCount

NAME = "alive"
"""The file, in the folder of the process."""
_EVERY = 5.0  # seconds


def signs_of_life(
    folder: Path, requests: RequestCount, every: float = _EVERY
) -> AbstractContextManager[None]:
    """Touch the file now, and when requests were sent since the last look at them."""
    file = folder / NAME
    file.touch()
    seen = requests.total

    def look() -> bool:
        nonlocal seen
        if requests.total != seen:
            seen = requests.total
            file.touch()
        return True

    return meanwhile(every, look)
