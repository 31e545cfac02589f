"""When and where an event is, as its newest text says, for those who review it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from space.codec.values.countries import own_city
from space.dates.schedule import Schedule
from space.publication.occurrence import representative
from space.schema.kinds import Value, Values
from space.schema.visibility import choice, public_values

_WHEN = ("start", "end", "timezone", "recurrence", "except", "also")
_WHERE = ("mode", "country", "city")


def event_values(values: Values) -> Mapping[str, Value]:
    """The values that `EventFacts` are made of, no place finer than the text shows."""
    shown = public_values("event", values)
    return {name: shown[name] for name in (*_WHEN, *_WHERE) if name in shown}


@dataclass(frozen=True, slots=True)
class EventFacts:
    """The days of an event, by the clocks of its own zone, and where it is.

    Of a series `first` and `last` are those of its next date. `mode` is a choice of the
    schema, `country` a code; `country` and `city` are empty where the text has none.
    """

    first: date
    last: date
    mode: str = ""
    country: str = ""
    city: str = ""

    @classmethod
    def of(cls, values: Values, today: date) -> Self | None:
        """The facts as of a UTC day; None for a text without a time."""
        try:
            schedule = Schedule.of(values)
        except ValueError:
            return None
        times = schedule.times(today) or (schedule.first,)
        span = representative(times, lambda span: span.last_day < today)
        country = str(values.get("country", ""))
        return cls(
            first=span.start.date,
            last=span.last_day,
            mode=choice("event", values, "mode"),
            country=country,
            city=own_city(str(values.get("city", "")), country),
        )

    def is_over(self, today: date) -> bool:
        """Whether its last day is past on a UTC day."""
        return self.last < today

    def is_soon(self, today: date, days: int) -> bool:
        """Whether it goes on, or begins within so many days from a UTC day."""
        return not self.is_over(today) and self.first <= today + timedelta(days=days)
