"""Forms generated from the schema: raw inputs, canonical values and problems.

`Typed` holds raw inputs, so that a form can always be shown again as it was sent
(law 4 of docs/architecture.md). `read_form` reads canonical values from it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time

from space.codec.editing import unlinked
from space.codec.readers import read_input
from space.codec.values.validation import form_problems, validate
from space.schema.kinds import Field, FormPart, Kind, Value, Values
from space.schema.problems import Problem
from tool.app.form import event_precision, event_zone, named_codes, recurrence
from tool.app.form.borders import point_problems
from tool.app.form.raw_inputs import Typed, text_in
from tool.app.form.raw_length import body_problems, raw_problems
from tool.app.form.recurrence import RecurrenceInput

SEPARATOR = named_codes.SEPARATOR
_PARTS = ("date", "time")
_WIDGETS = {
    "choice": "select",
    "date": "date",
    "moment": "moment",
    "recurrence": "repeats",
    "url": "url",
    "zone": "zone",
}


def widget(of: Field) -> str:
    """Kind of control for a field: the schema's `widget`, else the reader's default."""
    if of.widget:
        return of.widget
    if named_codes.has_names(of):
        return "names"
    if of.multiple:
        return "checkboxes" if of.choices else "text"
    return _WIDGETS.get(of.reader, "text")


def inputs(of: Field) -> tuple[str, ...]:
    """Names of the inputs of a field; most fields have one."""
    if of.reader == "zone":
        return (of.name, event_zone.PROPOSED)
    if of.name == event_precision.PRECISION:
        return (of.name, event_precision.PROPOSED)
    match widget(of):
        case "moment":
            return tuple(f"{of.name}-{part}" for part in _PARTS)
        case "repeats":
            return recurrence.INPUTS
    return (of.name,)


def typed_in(kind: Kind, values_of: Callable[[str], list[str]]) -> Typed:
    """Raw inputs of a kind's form; `values_of` returns the values of an input name."""
    names = (name for of in kind.fields.values() for name in inputs(of))
    return {name: tuple(values_of(name)) for name in names}


def typed_from(kind: Kind, values: Values) -> Typed:
    """Raw inputs that read as these canonical values."""
    typed: dict[str, tuple[str, ...]] = {}
    for name, value in values.items():
        of = kind.fields[name]
        if widget(of) == "moment":
            day, _, clock = str(value).partition(" ")
            typed |= {f"{name}-date": (day,), f"{name}-time": (clock,)}
        elif widget(of) == "repeats":
            typed |= recurrence.typed_rule(str(value))
        elif isinstance(value, tuple):
            typed[name] = value
        else:
            typed[name] = (value,)
    if kind.name != "event":
        return typed
    return {**typed, **event_zone.proposed(values), **event_precision.proposed(values)}


@dataclass(frozen=True, slots=True)
class Control:
    """A field of a form: its raw inputs and its problems."""

    field: Field
    typed: Typed
    problems: tuple[Problem, ...] = ()

    @property
    def widget(self) -> str:
        """The kind of control, see `widget`."""
        return widget(self.field)

    @property
    def id(self) -> str:
        """HTML id of the input, for its label and for links from the problems."""
        return f"field-{self.field.name.replace('_', '-')}"

    @property
    def described_by(self) -> str:
        """Value of `aria-describedby`: ids of the help text and of any problems."""
        described = [] if self.field.plain else [f"{self.id}-help"]
        return " ".join((*described, f"{self.id}-problem"))

    @property
    def failed(self) -> bool:
        """Whether the field has an error, with which the form is not saved."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def text(self) -> str:
        """The raw text of a control with one input."""
        return SEPARATOR.join(self.typed.get(self.field.name, ()))

    def named(self, language: str) -> str:
        """The raw text, with names in a language for its codes."""
        return named_codes.named(
            self.field, self.typed.get(self.field.name, ()), language
        )

    @property
    def typed_values(self) -> tuple[str, ...]:
        """The raw items of a list, without empty ones and repetitions."""
        texts = self.text.split(SEPARATOR.strip())
        return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))

    @property
    def counted(self) -> bool:
        """Whether the input counts its characters and takes no more than the field."""
        return self.field.reader == "text" and self.widget == "text"

    @property
    def type(self) -> str:
        """HTML type of the input; `text` where a browser would drop the raw text."""
        if self.widget == "date":
            return _type("date", self.text, date.fromisoformat)
        return "url" if self.widget == "url" else "text"

    @property
    def day(self) -> str:
        """The raw date of a moment."""
        return self._part("date")

    @property
    def day_type(self) -> str:
        """HTML type of the input of the date."""
        return _type("date", self.day, date.fromisoformat)

    @property
    def clock(self) -> str:
        """The raw time of a moment."""
        return self._part("time")

    @property
    def proposed(self) -> str:
        """What the form has proposed by itself; empty for what takes no proposal."""
        return text_in(self.typed, f"{self.field.name}-proposed")

    @property
    def clock_type(self) -> str:
        """HTML type of the input of the time."""
        return _type("time", self.clock, time.fromisoformat)

    @property
    def recurrence(self) -> RecurrenceInput:
        """The inputs of a recurrence rule."""
        return RecurrenceInput(self.typed)

    def chosen(self, choice: str) -> bool:
        """Whether a choice is selected; the default is while none was chosen."""
        chosen = tuple(text for text in self.typed.get(self.field.name, ()) if text)
        return choice in chosen or (not chosen and choice == self.field.default)

    def strays(self, options: list[tuple[str, str]]) -> tuple[str, ...]:
        """Chosen values that are no options, shown by the form so that none is lost."""
        values = {value for value, _ in options}
        chosen = self.typed.get(self.field.name, ())
        return tuple(text for text in chosen if text and text not in values)

    def _part(self, name: str) -> str:
        return "".join(self.typed.get(f"{self.field.name}-{name}", ()))


Parts = tuple[tuple[FormPart, list[Control | None]], ...]
"""Parts of a form with their controls; None stands for the page's text."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: controls in the schema's order, and the page's text below them.

    `values` are the canonical values that could be read. `linked` are these values with
    people as the links that were typed, for writing the page. `problems` belong to no
    field.
    """

    kind: Kind
    controls: tuple[Control, ...]
    body: str = ""
    values: Values = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    linked: Values = field(default_factory=dict)

    def text_of(self, name: str) -> str:
        """The raw text of a field with one input; empty without such a field."""
        texts = (
            control.text for control in self.controls if control.field.name == name
        )
        return next(texts, "")

    @property
    def parts(self) -> Parts:
        """Parts that are always visible, with their controls; None is the text."""
        return self._parts(more=False)

    @property
    def more_parts(self) -> Parts:
        """Parts under "More options", with their controls."""
        return self._parts(more=True)

    def _parts(self, *, more: bool) -> Parts:
        controls = {control.field.name: control for control in self.controls}
        return tuple(
            (part, [controls.get(name) for name in part.fields])
            for part in self.kind.form
            if part.more == more
        )

    @property
    def more_is_open(self) -> bool:
        """Whether a control under "More options" has a problem."""
        return any(
            control and control.problems
            for _, controls in self.more_parts
            for control in controls
        )

    @property
    def errors(self) -> list[tuple[Control | None, Problem]]:
        """Errors in the order of the page; the control is None for no field."""
        of_no_field = [(None, problem) for problem in self.problems]
        of_fields = [
            (control, problem)
            for _, controls in (*self.parts, *self.more_parts)
            for control in controls
            if control
            for problem in control.problems
        ]
        return [
            (control, problem)
            for control, problem in (*of_no_field, *of_fields)
            if problem.severity == "error"
        ]

    def without_problems(self) -> "Form":
        """The form without problems, for one that is only half filled in."""
        controls = tuple(replace(control, problems=()) for control in self.controls)
        return replace(self, controls=controls, problems=())

    def with_guesses(self, language: str) -> "Form":
        """The form with what people may have meant by names that are none."""
        controls = tuple(
            replace(
                control,
                problems=tuple(
                    named_codes.guessed(problem, control.field, language)
                    for problem in control.problems
                ),
            )
            for control in self.controls
        )
        return replace(self, controls=controls)

    def without_gaps(self) -> "Form":
        """The form without problems of what is still to be filled in."""
        return replace(
            self,
            controls=tuple(
                replace(control, problems=tuple(filter(_is_no_gap, control.problems)))
                for control in self.controls
            ),
        )

    def with_problems(self, *problems: Problem) -> "Form":
        """The form with more problems, each at the control of its field."""
        return replace(
            self,
            controls=tuple(
                replace(
                    control,
                    problems=control.problems + _of(problems, control.field.name),
                )
                for control in self.controls
            ),
            problems=self.problems + _of(problems, None),
        )


def blank_form(kind: Kind, linked: Values, body: str = "") -> Form:
    """A form with these values and no problems."""
    typed = typed_from(kind, linked)
    controls = tuple(Control(of, typed) for of in kind.fields.values())
    return Form(kind, controls, body, unlinked(kind.name, linked), linked=linked)


def unread_form(kind: Kind, typed: Typed, body: str) -> Form:
    """A form with raw inputs of which none is read: it has no values, no problems."""
    controls = tuple(Control(of, typed) for of in kind.fields.values())
    return Form(kind, controls, body)


def read_form(kind: Kind, typed: Typed, body: str) -> Form:
    """Read raw inputs into a form with values and problems.

    An input far longer than its field may be is a problem, and not read.
    """
    values: dict[str, Value] = {}
    linked: dict[str, Value] = {}
    problems: list[Problem] = [*body_problems(body)]
    country = _country(kind, typed)
    for of in kind.fields.values():
        if too_much := _raw_problems(of, typed):
            problems += too_much
            continue
        if unfinished := _unfinished(of, typed):
            problems.append(Problem(unfinished, of.name))
            continue
        reading = read_input(of, _text(of, typed), country=country)
        problems += reading.problems
        if reading.value is not None and reading.value != of.default:
            values[of.name] = reading.value
            linked[of.name] = reading.linked or reading.value
    unread = {problem.field for problem in problems}
    problems += [
        problem
        for problem in (
            *validate(kind.name, values),
            *form_problems(kind.name, values),
            *point_problems(values),
            *event_zone.zone_problems(typed, values),
        )
        if problem.field not in unread
    ]
    form = replace(unread_form(kind, typed, body), values=values, linked=linked)
    return form.with_problems(*problems)


def _raw_problems(of: Field, typed: Typed) -> tuple[Problem, ...]:
    return raw_problems(
        of, [text for name in inputs(of) for text in typed.get(name, ())]
    )


def _text(of: Field, typed: Typed) -> str:
    if of.reader == "zone" or of.name == event_precision.PRECISION:
        return text_in(typed, of.name)
    if widget(of) == "repeats":
        return recurrence.rule_typed(typed)
    if widget(of) == "moment":
        return " ".join(part for part in _moment(of, typed) if part)
    parts = (part for name in inputs(of) for part in typed.get(name, ()))
    text = SEPARATOR.join(part for part in parts if part.strip())
    return named_codes.coded(of, text)


def _moment(of: Field, typed: Typed) -> tuple[str, str]:
    """Raw date and time of a moment; an end without a date takes that of the start."""
    day, clock = ("".join(typed.get(name, ())).strip() for name in inputs(of))
    if clock and not day and of.name == "end":
        day = "".join(typed.get("start-date", ())).strip()
    return day, clock


def _unfinished(of: Field, typed: Typed) -> str | None:
    """The code of a problem where one input of a field is useless without another."""
    match widget(of):
        case "moment":
            day, clock = _moment(of, typed)
            return "date-alone-missing" if clock and not day else None
        case "repeats":
            return "series-end-missing" if RecurrenceInput(typed).lacks_end else None
    return None


def _country(kind: Kind, typed: Typed) -> str | None:
    of = kind.fields.get("country")
    if of is None or _raw_problems(of, typed):
        return None
    value = read_input(of, _text(of, typed)).value
    return value if isinstance(value, str) else None


def _is_no_gap(problem: Problem) -> bool:
    return problem.code not in {"missing", "place-missing"}


def _of(problems: tuple[Problem, ...], name: str | None) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.field == name)


def _type(usual: str, text: str, parse: Callable[[str], object]) -> str:
    """`usual` if `parse` accepts the text or it is empty, else `text`."""
    try:
        if text:
            parse(text)
    except ValueError:
        return "text"
    return usual
