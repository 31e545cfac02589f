"""The picker of a form for how an event repeats: its inputs, and the rule they say."""

from collections.abc import Mapping
from dataclasses import dataclass

from space.authoring.repeats import NEVER, OTHER, PATTERNS, PLACES, RulePattern
from space.codec.values.dates import ascii_digits, read_moment
from space.dates.recurrence import WEEKDAYS
from tool.app.views.repeats import ENDS

NAME = "recurrence"
PARTS = (
    *("repeats", "interval", "days", "month-day", "place", "weekday"),
    *("end", "until", "count"),
)
INPUTS = (NAME, *(f"{NAME}-{part}" for part in PARTS))

Typed = Mapping[str, tuple[str, ...]]


def typed_rule(rule: str) -> dict[str, tuple[str, ...]]:
    """What a person would choose for a rule; one that cannot be chosen is typed."""
    choice = RulePattern.read(rule)
    if choice is None:
        return {f"{NAME}-repeats": (OTHER,), NAME: (rule,)}
    typed = {
        "repeats": choice.pattern,
        "interval": choice.interval,
        "month-day": choice.month_day,
        "place": choice.place,
        "weekday": choice.weekday,
        "end": "count" if choice.count else "until" if choice.until else "never",
        "until": choice.until,
        "count": choice.count,
    }
    inputs = {f"{NAME}-{part}": (text,) for part, text in typed.items()}
    return inputs | {f"{NAME}-days": choice.days}


def rule_typed(typed: Typed) -> str:
    """The rule that was chosen; without the picker's inputs, the one typed."""
    chosen = RecurrenceInput(typed)
    if chosen.pattern == OTHER or not chosen.part("repeats"):
        return " ".join(typed.get(NAME, ()))
    return chosen.choice.write()


@dataclass(frozen=True, slots=True)
class RecurrenceInput:
    """The picker as it shows what was chosen or typed."""

    typed: Typed

    def part(self, name: str) -> str:
        """What stands in one of its inputs."""
        return "".join(self.typed.get(f"{NAME}-{name}", ())).strip()

    @property
    def until_type(self) -> str:
        """The type of the input for the end; text where browsers would drop it."""
        until = self.part("until")
        return "date" if not until or read_moment(until) == until else "text"

    @property
    def pattern(self) -> str:
        """How it repeats: one of `space.authoring.repeats.PATTERNS`."""
        chosen = self.part("repeats") or (OTHER if self.rule else NEVER)
        return chosen if chosen in PATTERNS else OTHER

    @property
    def rule(self) -> str:
        """The rule as it was typed."""
        return " ".join(self.typed.get(NAME, ()))

    @property
    def end(self) -> str:
        """How it ends: one of `ENDS`."""
        return self.part("end") or ENDS[0]

    @property
    def choice(self) -> RulePattern:
        """What was chosen."""
        until, end = self.part("until"), self.end
        return RulePattern(
            pattern=self.pattern,
            interval=ascii_digits(self.part("interval")),
            days=self.typed.get(f"{NAME}-days", ()),
            month_day=ascii_digits(self.part("month-day")),
            place=self.part("place") or PLACES[0],
            weekday=self.part("weekday") or WEEKDAYS[0],
            count=(ascii_digits(self.part("count")) or "?") if end == "count" else "",
            until=(read_moment(until) or until or "?") if end == "until" else "",
        )
