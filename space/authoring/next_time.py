"""Values of an event for the form of the next one like it."""

from dataclasses import replace

from space.authoring.repeats import RulePattern
from space.schema.kinds import Value, Values

_OF_ITS_DATE = frozenset(
    (
        *("start", "end", "status", "except", "also", "confirmed", "occurrence"),
        "registration_link",
    )
)
"""Fields that hold for one date, or for the people who have signed up for it."""


def for_next_time(values: Values) -> Values:
    """What stays of an event's values: all but its dates, status and registration.

    A page that stood for one date of a series stands for none, so it has no series; a
    rule loses its last day.
    """
    kept: dict[str, Value] = {
        name: value for name, value in values.items() if name not in _OF_ITS_DATE
    }
    if "occurrence" in values:
        kept.pop("series", None)
    if "recurrence" in kept:
        rule = _without_last_day(str(kept.pop("recurrence")))
        kept |= {"recurrence": rule} if rule else {}
    return kept


def _without_last_day(rule: str) -> str:
    """The rule, or none where it cannot be told apart from its last day."""
    if "UNTIL" not in rule:
        return rule
    choice = RulePattern.read(rule)
    return replace(choice, until="").write() if choice else ""
