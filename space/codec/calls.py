"""Calls of our templates in a page's own text: where they are and what they hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from space.bounds import BOUNDS
from space.codec.entities import decode
from space.codec.scanner import HIDDEN, Element, Elements, mask, without_comments
from space.codec.values.links import blanked
from space.schema.kinds import Field, load_kind
from space.text.folding import bare, capitalize, fold, is_blank, lookup

LIMIT = BOUNDS.value  # characters of a call; a real one has about a thousand
UNCLOSED_LIMIT = 20
HEAD = 2_048  # characters in which the call nearly always is; the rest waits
# A name has no brackets and no tags. Where the text is cut, more may follow.
_OPENING = re.compile(r"\{\{([^{}|\[\]<>]*)(?=\||\}\}|\Z)")
_MODIFIERS = re.compile(
    r"(?:safesubst *: *)?(?:msg *: *)?(?:raw *: *)?", re.IGNORECASE | re.ASCII
)
_TEMPLATE = "template"
NAME_SHOWN = 80  # characters of a parameter's name that are kept


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a call, with offsets into the page's text.

    `name` is in lower case with single spaces, or a number for one without a name.
    From `start`, its bar, to `end` it is all of the argument, from `value_start`
    only the value, with the space around it.
    """

    name: str
    written: str  # the name as it stands there, without comments
    start: int
    value_start: int
    end: int
    named: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one of our templates, from `start` to `end` of the page's text."""

    kind: str
    start: int
    end: int
    name_end: int
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A call without an end within `LIMIT`; the wiki may show it as plain text.

    `inner` is the offset and the look of a bracket in it that is not closed
    either and keeps the call's own braces from counting.
    """

    kind: str
    start: int
    inner: tuple[int, str] | None
    cut: bool  # whether the page goes on after the part that was searched


@lru_cache(maxsize=1024)
def template_name(written: str) -> str:
    """The title of the called template, normalized: `Space event`, without `Template:`.

    Another namespace stays, in lower case; of the main one only the colon does.
    https://www.mediawiki.org/wiki/Manual:Page_title
    """
    name = blanked(decode(written.replace(HIDDEN, "")))
    name = _MODIFIERS.sub("", name, count=1)
    prefix, colon, title = name.removeprefix(":").partition(":")
    prefix = lookup(prefix) if colon else ""
    if not colon:
        prefix, title = ("" if name.startswith(":") else _TEMPLATE), name.strip(": ")
    title = capitalize(title.partition("#")[0].strip(" "))
    return title if prefix == _TEMPLATE else f"{prefix}:{title}"


def parameter_name(written: str) -> str:
    """A parameter's name as the schemas write it: `Online_Link` is `online link`."""
    return fold(bare(written.replace(HIDDEN, "")))[:NAME_SHOWN]


def find_calls(text: str, templates: Mapping[str, str]) -> Iterator[Call | Unclosed]:
    """All calls of these templates (name → kind), in the order of the page.

    A call inside another call of ours counts as part of that one. After a few calls
    that never end the rest of the page is not looked at: the work stays linear.
    """
    kinds = {template_name(name): kind for name, kind in templates.items()}
    end = unclosed = 0
    masked = mask(text, HEAD)
    for match in _OPENING.finditer(masked, 0, HEAD):
        if kind := kinds.get(template_name(match[1])):
            call = _find_call(masked, text, match.start(), kind, HEAD)
            if isinstance(call, Call):
                end = call.end
                yield call
            break
    masked = mask(text)
    for match in _OPENING.finditer(masked, end):
        if match.start() < end or unclosed > UNCLOSED_LIMIT:
            continue
        if not (kind := kinds.get(template_name(match[1]))):
            continue
        call = _find_call(masked, text, match.start(), kind, len(text))
        if isinstance(call, Call):
            end = call.end
        elif call:
            unclosed += 1
        if call:
            yield call


def _find_call(
    masked: str, text: str, start: int, kind: str, end: int
) -> Call | Unclosed | None:
    """The call whose braces open at `start`; None if it is a `{{{parameter}}}`.

    Brackets before the call cannot change where it ends, but for its own braces.
    """
    run = start
    while run and masked[run - 1] == "{":
        run -= 1
    stop = start + LIMIT
    scan = Elements(masked, run, min(stop, end))
    for element in scan:
        if element.start == start and element.kind == "template":
            return _call(text, kind, element)
        if element.start == start - 1 and element.kind == "argument":
            return None
    inner = next((bracket for bracket in scan.open if bracket[0] > start), None)
    return Unclosed(kind, start, inner, cut=stop < len(text))


def _call(text: str, kind: str, element: Element) -> Call:
    parameters = []
    number = 0
    for part in element.parts[1:]:
        if part.equals is None:
            number += 1
            written, value_start = str(number), part.start
        else:
            written = without_comments(text[part.start : part.equals]).strip()
            value_start = part.equals + 1
        parameters.append(
            Parameter(
                name=parameter_name(written),
                written=written,
                start=part.start - 1,
                value_start=value_start,
                end=part.end,
                named=part.equals is not None,
            )
        )
    return Call(
        kind, element.start, element.end, element.parts[0].end, tuple(parameters)
    )


_CONTROLS = frozenset({"nocat"})  # for the template, not about the post or event


@dataclass(frozen=True, slots=True)
class Arguments:
    """Parameters matched to fields: chosen, shadowed and unknown ones.

    `written` has every parameter of a field in page order, `shadowed` those of them
    that another one hides, with the field's name.
    """

    chosen: dict[str, Parameter] = field(default_factory=dict)
    written: dict[str, list[Parameter]] = field(default_factory=dict)
    shadowed: list[tuple[Parameter, str]] = field(default_factory=list)
    unknown: list[Parameter] = field(default_factory=list)


def match_arguments(text: str, call: Call) -> Arguments:
    """Find each field's parameter.

    Of one name the last counts, as for the wiki. Among several spellings the exact one
    is preferred, then others of the name, then aliases, and any to an empty one.
    """
    arguments = Arguments()
    names = _fields_by_name(call.kind)
    for parameter in call.parameters:
        described = names.get(parameter.name)
        if described:
            arguments.written.setdefault(described.name, []).append(parameter)
        elif parameter.name not in _CONTROLS and _says_something(text, parameter):
            arguments.unknown.append(parameter)
    for name, described in load_kind(call.kind).fields.items():
        if name in arguments.written:
            _choose(text, arguments, described)
    return arguments


def _choose(text: str, arguments: Arguments, described: Field) -> None:
    written = arguments.written[described.name]
    if len(written) == 1:
        arguments.chosen[described.name] = written[0]
        return
    last = {parameter.written: parameter for parameter in written}
    spellings = sorted(last.values(), key=lambda parameter: _rank(parameter, described))
    said = (parameter for parameter in spellings if has_value(text, parameter))
    chosen = next(said, spellings[0])
    arguments.chosen[described.name] = chosen
    arguments.shadowed.extend(
        (parameter, described.name)
        for parameter in written
        if parameter is not chosen and has_value(text, parameter)
    )


def _rank(parameter: Parameter, described: Field) -> int:
    if parameter.written == described.parameter:
        return 0
    return 1 if parameter.name == described.parameter else 2


def has_value(text: str, parameter: Parameter) -> bool:
    """Whether more than space and comments stands in a parameter."""
    raw = text[parameter.value_start : parameter.end]
    return not is_blank(without_comments(raw))


def _says_something(text: str, parameter: Parameter) -> bool:
    return parameter.named or has_value(text, parameter)


@cache
def _fields_by_name(kind_name: str) -> dict[str, Field]:
    names = dict(load_kind(kind_name).by_parameter())
    for described in load_kind(kind_name).fields.values():
        if described.positional:
            names.setdefault(str(described.positional), described)
    return names
