"""Dates that a published series dropped, which readers are told are cancelled.

A date that readers could see may be taken out of a series: by `except`, out of `also`,
by an earlier end or another rule. It is told as cancelled as long as the series itself
goes on: in the same zone, at the same hour, and from a start that is on the old dates
or has the old start among its own. Otherwise the series was moved as a whole, and none
of its old dates is told. Nor is a date that was over when it was taken out. A date that
comes back is not told any more. Of a series that is cancelled none is told apart.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from space.dates.moments import Moment, Span, utc_day, utc_midnight
from space.dates.schedule import Schedule
from space.publication.publication import STRUCK_OUT_FOR, Publication
from space.schema.kinds import Values
from space.schema.visibility import choice

MOST = 24
"""Dates of one series that are told, the earliest."""
MOST_BY_RULE = 6
"""Dates of them that one change of the rule or of its end takes out."""


def dropped_dates(
    before: Values | None, after: Values, known: Sequence[str], since: datetime
) -> tuple[str, ...]:
    """Starts of the dates that a series has dropped, in order, when its values change.

    `before` are the values that readers saw until the change, None where they cannot be
    read any more; `known` are dates dropped earlier, `since` is the aware time of the
    change. Raises ValueError as `Schedule.of`.
    """
    schedule = Schedule.of(after)
    zone, all_day = schedule.first.start.zone, schedule.first.all_day
    dropped = {Moment.parse(text, zone) for text in known}
    if before is not None:
        if not _goes_on(Schedule.planned(before), Schedule.planned(after)):
            return ()
        dropped.update(_taken_out(Schedule.of(before), schedule, since))
    first = utc_midnight(utc_day(since) - STRUCK_OUT_FOR)
    told = (
        str(start)
        for start in dropped
        if start.utc >= first and start.all_day == all_day and not schedule.has(start)
    )
    return tuple(sorted(told)[:MOST])


def told_dates(publication: Publication, today: date) -> tuple[Span, ...]:
    """The dropped dates that are told on a UTC day, with the times they would have."""
    is_off = choice("event", publication.values, "status") == "cancelled"
    if not publication.dropped or is_off:
        return ()
    schedule = Schedule.of(publication.values)
    zone, first = schedule.first.start.zone, utc_midnight(today - STRUCK_OUT_FOR)
    starts = (Moment.parse(text, zone) for text in publication.dropped)
    return tuple(schedule.span_from(start) for start in starts if start.utc >= first)


def _goes_on(before: Schedule, after: Schedule) -> bool:
    """Whether one series goes on, from its start or from another of its dates."""
    old, new = before.first.start, after.first.start
    return before.has(new) or after.has(old)


def _taken_out(before: Schedule, after: Schedule, since: datetime) -> Iterator[Moment]:
    """Dates to come of `before` that are none of `after`, in order, up to the limit."""
    starts = (span.start for span in before.times(utc_day(since)))
    gone = (start for start in starts if start.utc > since and not after.has(start))
    return islice(gone, MOST if before.rule == after.rule else MOST_BY_RULE)
