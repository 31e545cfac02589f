"""Inputs of a form for a recurrence rule (RRULE), and the rule that they give."""

from dataclasses import dataclass

from space.authoring.repeats import NEVER, OTHER, PATTERNS, PLACES, RulePattern
from space.codec.values.dates import ascii_digits, read_moment
from space.dates.recurrence import WEEKDAYS
from tool.app.form.raw_inputs import Typed
from tool.app.views.repeats import ENDS

NAME = "recurrence"
PARTS = (
    *("repeats", "interval", "days", "month-day", "place", "weekday"),
    *("end", "until", "count"),
)
_LONGEST_DATE = 16  # characters of a canonical one, with a time
INPUTS = (NAME, *(f"{NAME}-{part}" for part in PARTS))


def typed_rule(rule: str) -> dict[str, tuple[str, ...]]:
    """Raw inputs for a rule; a rule without a pattern of the form stays raw text."""
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
    """The rule of the chosen pattern; the raw text where no pattern was sent."""
    chosen = RecurrenceInput(typed)
    if chosen.pattern == OTHER or not chosen.part("repeats"):
        return " ".join(typed.get(NAME, ()))
    return chosen.choice.write()


@dataclass(frozen=True, slots=True)
class RecurrenceInput:
    """The inputs of a recurrence rule, as the form shows them."""

    typed: Typed

    def part(self, name: str) -> str:
        """The raw text of one of the inputs in `PARTS`, stripped."""
        return "".join(self.typed.get(f"{NAME}-{name}", ())).strip()

    @property
    def until_type(self) -> str:
        """HTML type of the UNTIL input; `text` where a browser would drop the text."""
        until = self.part("until")
        if len(until) > _LONGEST_DATE:
            return "text"
        return "date" if not until or read_moment(until) == until else "text"

    @property
    def pattern(self) -> str:
        """The chosen pattern, one of `space.authoring.repeats.PATTERNS`."""
        chosen = self.part("repeats") or (OTHER if self.rule else NEVER)
        return chosen if chosen in PATTERNS else OTHER

    @property
    def rule(self) -> str:
        """The raw text of the rule."""
        return " ".join(self.typed.get(NAME, ()))

    @property
    def end(self) -> str:
        """How the series ends, one of `ENDS`."""
        return self.part("end") or ENDS[0]

    @property
    def lacks_end(self) -> bool:
        """Whether the series is to end, but nobody has said when."""
        repeats = self.pattern not in {NEVER, OTHER}
        return repeats and self.end in ENDS[1:] and not self.part(self.end)

    @property
    def choice(self) -> RulePattern:
        """The chosen parts; COUNT or UNTIL is `?`, an error, if chosen but empty."""
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
