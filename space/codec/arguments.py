"""The arguments of a call matched with the fields of its kind."""

from dataclasses import dataclass, field
from functools import cache

from space.codec.calls import Call, Parameter
from space.codec.scanner import without_comments
from space.schema.fields import Field, kind
from space.text.folding import is_blank

_CONTROLS = frozenset({"nocat"})  # for the template, not about the post or event


@dataclass(frozen=True, slots=True)
class Arguments:
    """Which parameter counts for a field, and which count for nothing.

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
    found = Arguments()
    names = _fields_by_name(call.kind)
    for parameter in call.parameters:
        described = names.get(parameter.name)
        if described:
            found.written.setdefault(described.name, []).append(parameter)
        elif parameter.name not in _CONTROLS and _says_something(text, parameter):
            found.unknown.append(parameter)
    for name, described in kind(call.kind).fields.items():
        if name in found.written:
            _choose(text, found, described)
    return found


def _choose(text: str, found: Arguments, described: Field) -> None:
    written = found.written[described.name]
    if len(written) == 1:
        found.chosen[described.name] = written[0]
        return
    last = {parameter.written: parameter for parameter in written}
    spellings = sorted(last.values(), key=lambda each: _rank(each, described))
    said = (each for each in spellings if has_value(text, each))
    chosen = next(said, spellings[0])
    found.chosen[described.name] = chosen
    found.shadowed.extend(
        (each, described.name)
        for each in written
        if each is not chosen and has_value(text, each)
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
    names = dict(kind(kind_name).by_parameter())
    for described in kind(kind_name).fields.values():
        if described.positional:
            names.setdefault(str(described.positional), described)
    return names
