"""All faults by name, in the order of docs/faults.md."""

from collections.abc import Mapping

from sandbox.faults.broken import (
    BOMB,
    CUT,
    DRIP_BODY,
    DRIP_HEADERS,
    EMPTY,
    HTML,
    HUGE,
    NO_OBJECT,
    NONE,
    OTHER_OBJECT,
    REDIRECT,
    RESET,
    SILENT,
    SLOW,
    STATUSES,
    TRUNCATED,
)
from sandbox.faults.fault import Fault
from sandbox.faults.refused import (
    BLOCKS,
    CONSUMER_REFUSED,
    INTERNAL_ERROR,
    PASSING,
    REFUSALS,
    SIGNED_OUT,
)

BROKEN = (
    SILENT,
    DRIP_HEADERS,
    DRIP_BODY,
    RESET,
    TRUNCATED,
    CUT,
    EMPTY,
    HTML,
    NO_OBJECT,
    OTHER_OBJECT,
    HUGE,
    BOMB,
    REDIRECT,
)
"""No answer, or none that can be read."""

REFUSED = (*PASSING, *SIGNED_OUT, CONSUMER_REFUSED, *BLOCKS, *REFUSALS)
"""The wiki's own refusals."""

AFTER_ACTING = tuple(
    fault.after_acting()
    for fault in (
        *BROKEN,
        *(fault for fault in STATUSES if fault.name.startswith("5")),
        INTERNAL_ERROR,
    )
)
"""The answer is lost, although the wiki did what it was asked to."""

ALL: Mapping[str, Fault] = {
    fault.name: fault
    for fault in (NONE, SLOW, *BROKEN, *STATUSES, *REFUSED, *AFTER_ACTING)
}
"""Name → fault."""
