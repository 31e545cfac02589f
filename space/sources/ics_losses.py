"""What of a public calendar could not be taken, which nobody would notice otherwise."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from space.errors import SpaceError


class Loss(StrEnum):
    """Why an event is left out, or what of it is; each in the words of a remark."""

    START = "without a start that can be read"
    ZONE = "without a time zone that is known"
    TITLE = "without a title"
    LENGTH = "in series whose times are too long"
    END = "with an end that cannot be"
    RULE = "with a rule that is not taken"
    DATES = "with changed dates that are not taken"


class LostError(SpaceError):
    """An event is left out as a whole."""

    def __init__(self, loss: Loss) -> None:
        super().__init__(str(loss))
        self.loss = loss


def told(losses: Iterable[Loss]) -> str:
    """The losses of a calendar in English, by kind; empty for none."""
    counts = Counter(losses)
    return "; ".join(f"{_events(counts[loss])} {loss}" for loss in Loss if counts[loss])


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count} events"
