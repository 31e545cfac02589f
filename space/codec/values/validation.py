"""Whether values are what their schema and the rules between fields allow.

JSON Schema says what a field may hold; this module gives it the formats it names
(`space-moment`, …) and turns its errors into problems that a person can act on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from space.codec.values.contacts import is_private_contact
from space.codec.values.coordinates import read_coordinates
from space.codec.values.countries import codes
from space.codec.values.names import file_name
from space.codec.values.web_addresses import is_safe_url, read_url
from space.codec.values.wikis import is_database_name
from space.dates.moments import Moment, Span
from space.dates.recurrence import Recurrence
from space.dates.schedule import Schedule
from space.dates.zones import known_zone
from space.schema.kinds import Field, Values, load_kind
from space.schema.problems import Problem
from space.text.languages import read_language_code

_FINENESS = {"country": 0, "city": 1, "exact": 2}
_SHOWN = 80
_TOO_LARGE = {"maxItems": "too-many", "maxLength": "too-long"}
_UNFIT = {"minItems": "missing", "uniqueItems": "repeated"}
_TYPES = {"array": "not-list", "string": "not-single"}


def validate(kind_name: str, values: Values) -> tuple[Problem, ...]:
    """All problems of values on a page; empty when there is none.

    A field has at most one problem of each sort. Warnings are among them.
    """
    first: dict[tuple[str, str | None], Problem] = {}
    for problem in (*_of_the_whole(kind_name, values), *_of_fields(kind_name, values)):
        first.setdefault((problem.code, problem.field), problem)
    problems = list(first.values())
    if kind_name == "event":
        problems += _between_times(values, problems)
    contact = values.get("contact")
    if isinstance(contact, str) and is_private_contact(contact):
        problems.append(Problem("contact-private", "contact", severity="warning"))
    return tuple(problems)


def form_problems(kind_name: str, values: Values) -> tuple[Problem, ...]:
    """Problems for which a form refuses to save values that a page may have.

    A place finer than the event's precision: feeds would leave it out, but what is
    saved stays in the page's history.
    """
    precision = values.get("precision")
    if not isinstance(precision, str) or precision not in _FINENESS:
        return ()
    return tuple(
        Problem("precision", field.name, params=(precision,))
        for field in load_kind(kind_name).fields.values()
        if field.place
        and _FINENESS[field.place] > _FINENESS[precision]
        and values.get(field.name)
    )


def _between_times(values: Values, problems: list[Problem]) -> list[Problem]:
    bad = {problem.field for problem in problems}
    if bad & {"start", "end", "timezone"}:
        return []
    span = Span.of(values)
    if isinstance(span, Problem):
        return [span]
    mistakes: list[Problem] = []
    if "recurrence" in values and "recurrence" not in bad:
        mistakes += _between_rule_and_times(span, Schedule.of(values))
    if "also" not in bad:
        mistakes += _early(span, values)
    return mistakes


def _early(span: Span, values: Values) -> Iterator[Problem]:
    """A date beside the rule that lies before the start: no calendar would have it."""
    start = str(span.start)
    # A day alone has the time of the start, so it is early if its day is.
    early = (
        moment for moment in values.get("also", ()) if moment < start[: len(moment)]
    )
    for moment in islice(early, 1):
        yield _warning("also-before-start", "also", moment, start)


def _between_rule_and_times(span: Span, schedule: Schedule) -> Iterator[Problem]:
    """A start that the rule leaves out, and times that overlap."""
    rule, first = schedule.rule, schedule.first.start
    if rule is None:
        return
    if first != span.start and span.start not in schedule.added:
        yield _warning("start-beside-rule", "start", str(span.start), str(first))
    if span.end is None or rule.spacing is None:
        return
    after = span.start.date + timedelta(days=rule.spacing)
    following = str(replace(span.start, date=after))
    end = str(span.end)
    # The last day of whole days is one of them.
    if following < end or (span.all_day and following == end):
        yield _warning("end-overlaps", "end", end)


def _warning(code: str, field: str, *params: str) -> Problem:
    return Problem(code, field, params=params, severity="warning")


def _of_the_whole(kind_name: str, values: Values) -> Iterator[Problem]:
    """Problems of which fields there are."""
    for error in _validator(kind_name).iter_errors(values):
        expected: Any = error.validator_value
        match error.validator:
            case "required":
                yield from _missing(expected, values)
            case "anyOf":
                yield Problem("place-missing", "country")
            case "dependentRequired":
                for name, needed in expected.items():
                    yield from _missing(needed if name in values else (), values)


def _of_fields(kind_name: str, values: Values) -> Iterator[Problem]:
    """Problems of what single fields hold."""
    fields = load_kind(kind_name).fields
    for name, value in values.items():
        if name not in fields:
            yield Problem("unknown-field", params=(name[:_SHOWN],))
            continue
        whole, item = _field_validators(kind_name, name)
        errors = [
            *whole.iter_errors(list(value) if isinstance(value, tuple) else value)
        ]
        if item and isinstance(value, tuple):
            errors += [error for single in value for error in item.iter_errors(single)]
        for error in errors:
            yield _problem_of(
                fields[name],
                str(error.validator),
                str(error.validator_value),
                error.instance,
            )


def _missing(names: Iterable[str], values: Values) -> Iterator[Problem]:
    return (Problem("missing", name) for name in names if name not in values)


def _problem_of(field: Field, keyword: str, expected: str, value: Any) -> Problem:
    """The problem behind an error in a field's own value."""
    if code := _TOO_LARGE.get(keyword):
        return Problem(code, field.name, params=(expected, str(len(value))))
    if code := _TYPES[expected] if keyword == "type" else _UNFIT.get(keyword):
        return Problem(code, field.name)
    extra: tuple[str, ...] = ()
    if keyword == "enum":
        code, extra = "choice", (", ".join(field.choices),)
    elif keyword == "format" and field.reader == "url":
        problem = read_url(value)
        code = problem.code if isinstance(problem, Problem) else "url"
    else:
        code = expected.removeprefix("space-") if keyword == "format" else field.reader
    return Problem(code, field.name, params=(str(value)[:_SHOWN], *extra))


@cache
def _validator(kind_name: str) -> Draft202012Validator:
    """For a kind's rules of which fields there are, without what they hold."""
    apart = {"properties", "additionalProperties"}
    document = load_kind(kind_name).document
    rules = {word: rule for word, rule in document.items() if word not in apart}
    return Draft202012Validator(rules)


@cache
def _field_validators(
    kind_name: str, name: str
) -> tuple[Draft202012Validator, Draft202012Validator | None]:
    """For a field's value, and for the items of a list.

    Apart, since walking into properties and items takes jsonschema most of its time.
    """
    rules = dict(load_kind(kind_name).document["properties"][name])
    items = rules.pop("items", None)
    checker = _format_checker()
    return (
        Draft202012Validator(rules, format_checker=checker),
        Draft202012Validator(items, format_checker=checker) if items else None,
    )


@cache
def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, holds in _FORMATS.items():
        checker.checks(f"space-{name}", raises=(ValueError, LookupError))(
            _text_check(holds)
        )
    return checker


def _text_check(holds: Callable[[str], object]) -> Callable[[object], bool]:
    """A check for jsonschema, which asks about values of every type."""
    return lambda value: not isinstance(value, str) or bool(holds(value))


_FORMATS: dict[str, Callable[[str], object]] = {
    "coordinates": lambda text: read_coordinates(text) == text,
    "country": lambda text: text in codes(),
    "date": lambda text: Moment.parse(text, "UTC").all_day,
    "file": lambda text: file_name(text) == text,
    "language": lambda text: read_language_code(text) == text,
    "moment": lambda text: Moment.parse(text, "UTC"),
    "recurrence": Recurrence.parse,
    "url": is_safe_url,
    "wiki": is_database_name,
    "zone": known_zone,
}
