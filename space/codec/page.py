"""Pages read: the values of the first call of one of our templates."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from space.bounds import BOUNDS
from space.codec.calls import (
    LIMIT,
    Arguments,
    Call,
    Unclosed,
    find_calls,
    has_value,
    match_arguments,
)
from space.codec.readers import read_value
from space.codec.values.validation import validate
from space.schema.kinds import Value, Values, load_kind
from space.schema.problems import Problem

RECORDS = ("post", "event", "translation")
_NAMESPACES = frozenset(("draft", "event", "project", "user"))
_UNKNOWN_TOLD = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of a page: values, links, body, problems.

    `kind` is None for a page that calls none of our templates. `values` are
    canonical and may lack what `problems` tell of; in `linked` people are the links
    that stand on the page, in the values they are names. `body` is the text after the
    call; `unknown` are parameters that no field has. `start` and `end` are the call's
    offsets, `written` its parameters that say something: a field's name, or what stands
    there for one that no field has, and the wikitext of the value.
    """

    kind: str | None
    values: Values
    problems: tuple[Problem, ...] = ()
    body: str = ""
    call_line: int | None = None
    unknown: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    linked: Values = field(default_factory=lambda: MappingProxyType({}))
    written: tuple[tuple[str, str], ...] = ()

    @property
    def readable(self) -> bool:
        """Whether nothing keeps the page out; warnings do not."""
        return not any(problem.severity == "error" for problem in self.problems)


def record_templates() -> Mapping[str, str]:
    """The templates whose call makes a page a record → its kind."""
    return {load_kind(name).template: name for name in RECORDS}


def subpage_name(title: str) -> str:
    """The last part of a title, as `{{SUBPAGENAME}}` gives it."""
    name = title.rpartition("/")[2]
    prefix, colon, rest = name.partition(":")
    return rest.strip() if colon and prefix.lower() in _NAMESPACES else name.strip()


def first_call(text: str, templates: Mapping[str, str]) -> Call | Unclosed | None:
    """The first call that ends, else the first that does not."""
    unclosed = None
    for call in find_calls(text, templates):
        if isinstance(call, Call):
            return call
        unclosed = unclosed or call
    return unclosed


def read_page(
    text: str, *, title: str, templates: Mapping[str, str] | None = None
) -> Reading:
    """Read a page's own wikitext; any text gives a reading, never an exception.

    `templates` maps names of templates, and of redirects to them, to kinds. Of a page
    past the bounds (`space.bounds`) only the kind is read.
    """
    templates = templates or record_templates()
    if len(text) > BOUNDS.page:
        return _too_long(text[: BOUNDS.page], templates)
    call = first_call(text, templates)
    if call is None:
        return Reading(kind=None, values=MappingProxyType({}), body=text)
    if isinstance(call, Unclosed):
        return _unclosed(text, call)
    return _read_call(text, call, title)


def read_calls(text: str, kind_name: str) -> tuple[Reading, ...]:
    """Read every call of a kind's template, in the order of the page.

    The readings have no body; `start` and `end` say what lies around a call. What
    stands beyond the bounds (`space.bounds`) is not read.
    """
    templates = {load_kind(kind_name).template: kind_name}
    calls = islice(find_calls(text[: BOUNDS.page], templates), BOUNDS.calls)
    return tuple(
        replace(_read_call(text, call), body="")
        if isinstance(call, Call)
        else _unclosed(text, call)
        for call in calls
    )


def _too_long(start: str, templates: Mapping[str, str]) -> Reading:
    call = first_call(start, templates)
    if call is None:
        return Reading(kind=None, values=MappingProxyType({}))
    line = _line(start, call.start)
    return Reading(
        kind=call.kind,
        values=MappingProxyType({}),
        problems=(Problem("page-too-long", line=line, params=(str(BOUNDS.page),)),),
        call_line=line,
        start=call.start,
        end=call.start,
    )


def _unclosed(text: str, call: Unclosed) -> Reading:
    line = _line(text, call.start)
    if call.inner:
        offset, bracket = call.inner
        inner_line = line + text.count("\n", call.start, offset)
        problem = Problem("unclosed-inside", line=inner_line, params=(bracket,))
    elif call.cut:
        problem = Problem("call-too-long", line=line, params=(str(LIMIT),))
    else:
        problem = Problem("unclosed", line=line)
    return Reading(
        kind=call.kind,
        values=MappingProxyType({}),
        problems=(problem,),
        call_line=line,
        start=call.start,
        end=call.start,
    )


def _read_call(text: str, call: Call, title: str = "") -> Reading:
    arguments = match_arguments(text, call)
    line = _line(text, call.start)
    lines = {
        name: line + text.count("\n", call.start, parameter.start)
        for name, parameter in arguments.chosen.items()
    }
    values, people, problems = _values(text, call.kind, arguments)
    if title and load_kind(call.kind).home:
        values = {"title": subpage_name(title), **values}
    unread = {problem.field for problem in problems}
    problems += [
        problem
        for problem in validate(call.kind, values)
        if problem.field not in unread
        or problem.code not in {"missing", "place-missing"}
    ]
    return Reading(
        kind=call.kind,
        values=MappingProxyType(values),
        problems=(
            *(
                replace(problem, line=lines.get(problem.field or "", line))
                for problem in problems
            ),
            *_arguments_problems(text, call, arguments, line),
        ),
        body=text[call.end :].lstrip("\n"),
        call_line=line,
        unknown=tuple(
            dict.fromkeys(parameter.written for parameter in arguments.unknown)
        ),
        start=call.start,
        end=call.end,
        linked=MappingProxyType({**values, **people}),
        written=tuple(_written(text, call, arguments)),
    )


def _written(text: str, call: Call, arguments: Arguments) -> Iterator[tuple[str, str]]:
    names = {
        parameter.start: name
        for name, parameters in arguments.written.items()
        for parameter in parameters
    }
    for parameter in call.parameters:
        if has_value(text, parameter):
            name = names.get(parameter.start, parameter.written)
            yield name, text[parameter.value_start : parameter.end].strip()


def _values(
    text: str, kind_name: str, arguments: Arguments
) -> tuple[dict[str, Value], dict[str, Value], list[Problem]]:
    """Canonical values, values with links where they differ, and problems.

    In the schema's order; the country is read first, as it suggests zones, and the
    start before the end, which may be a time of that day.
    """
    values: dict[str, Value] = {}
    linked: dict[str, Value] = {}
    problems: list[Problem] = []
    country = None
    first = {"country": 0, "start": 1}
    for name in sorted(arguments.chosen, key=lambda name: first.get(name, len(first))):
        parameter = arguments.chosen[name]
        raw = text[parameter.value_start : parameter.end]
        field = load_kind(kind_name).fields[name]
        day = _day_of_start(values) if name == "end" else None
        reading = read_value(field, raw, country=country, day=day)
        problems += reading.problems
        if reading.value is not None:
            values[name] = reading.value
        if reading.linked is not None and reading.linked != reading.value:
            linked[name] = reading.linked
        if name == "country" and isinstance(reading.value, str):
            country = reading.value
    order = load_kind(kind_name).fields
    ordered = {name: values[name] for name in order if name in values}
    return ordered, linked, problems


def _day_of_start(values: Values) -> str | None:
    """The date on which an event starts; None for whole days and without a start."""
    day, _, time = str(values.get("start", "")).partition(" ")
    return day if time else None


def _arguments_problems(
    text: str, call: Call, arguments: Arguments, line: int
) -> Iterator[Problem]:
    """Warnings of parameters that do not count, as nobody sees why otherwise."""
    for parameter, name in arguments.shadowed[:_UNKNOWN_TOLD]:
        at = line + text.count("\n", call.start, parameter.start)
        yield Problem(
            "duplicate-parameter", name, at, (parameter.written,), severity="warning"
        )
    names = [field.parameter for field in load_kind(call.kind).fields.values()]
    for parameter in arguments.unknown[:_UNKNOWN_TOLD]:
        at = line + text.count("\n", call.start, parameter.start)
        near = difflib.get_close_matches(parameter.name, names, n=1)
        params = (parameter.written[:80], *(near or names[:1]))
        yield Problem("unknown-parameter", None, at, params, severity="warning")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
