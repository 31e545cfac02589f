"""Pages written: a new call, or single parameters of one, all other bytes kept."""

import re
from collections.abc import Mapping

from space.codec.arguments import Arguments, has_value, match_arguments
from space.codec.calls import Call, Parameter
from space.codec.items import raw_items
from space.codec.readers import read_value
from space.codec.reading import first_call, read_page, record_templates
from space.codec.writers import write_value
from space.schema import Field, Value, Values, kind

Change = tuple[int, int, str]
"""Offsets of what goes, and what comes in its place."""

_UNIT = re.compile(
    r"(?P<open>\s*<translate(?: nowrap)?>\s*(?:<!--T:[^<>]*-->\s*)?)"
    r"[^<>]*(?P<close>\s*</translate>\s*)"
)
_BLANK = " \t\r\n"
_LINE_END = re.compile(r"\n[ \t]*\Z")
_BAR_ON_NEW_LINE = re.compile(r"\n[ \t]*\|")


def write_page(kind_name: str, values: Values, body: str = "") -> str:
    """The wikitext of a page with these canonical values; absent fields are left out.

    Reading it gives the same values and body. Raises KeyError for an unknown field.
    """
    call = f"{{{{{kind(kind_name).template}\n{_lines(kind_name, values)}}}}}"
    return f"{call}\n{body}" if body else call


def _lines(kind_name: str, values: Values) -> str:
    """Parameters in the schema's order, one a line, aligned."""
    described = kind(kind_name).fields
    given = {described[name].name: value for name, value in values.items() if value}
    order = [field for field in described.values() if field.name in given]
    width = max((len(field.parameter) for field in order), default=0)
    return "".join(
        f"| {field.parameter:<{width}} = {write_value(field, given[field.name])}\n"
        for field in order
    )


def edit_page(  # noqa: PLR0913 - the page, what to change, and how to read it
    text: str,
    kind_name: str,
    changes: Mapping[str, Value | None],
    *,
    title: str,
    body: str | None = None,
    templates: Mapping[str, str] | None = None,
) -> str:
    """The page with these fields changed and every other byte kept.

    None (or nothing) removes a field. A value that the page has already changes
    nothing, unless the page says it with a problem. `body` replaces what follows
    the call. A page whose first call is not of this kind, or has no end, gets a new
    call before its text. Raises KeyError for an unknown field.
    """
    fields = {name: kind(kind_name).fields[name] for name in changes}
    call = first_call(text, templates or record_templates())
    if not isinstance(call, Call) or call.kind != kind_name:
        values = {name: value for name, value in changes.items() if value}
        return write_page(kind_name, values, text if body is None else body)
    reading = read_page(text, title=title, templates=templates)
    faulty = {each.field for each in reading.problems if each.severity == "error"}
    changed = {
        name: changes[name] or None
        for name in kind(kind_name).fields
        if name in fields
        and (name in faulty or (changes[name] or None) != reading.values.get(name))
    }
    edits = list(_edits(text, call, changed))
    if body is not None and body.lstrip("\n") != reading.body:
        edits.append((call.end, len(text), f"\n{body}" if body else ""))
    return _applied(text, edits)


def _edits(text: str, call: Call, changed: Mapping[str, Value | None]) -> list[Change]:
    """The changes in page order; insertions at one place in the schema's order."""
    given = {name: value for name, value in changed.items() if value is not None}
    if given and not call.parameters:
        name_end = call.start + len(text[call.start : call.name_end].rstrip(_BLANK))
        return [(name_end, call.end - 2, f"\n{_lines(call.kind, given)}")]
    arguments = match_arguments(text, call)
    edits: list[Change] = []
    for name, value in changed.items():
        field = kind(call.kind).fields[name]
        if value is None:
            written = arguments.written.get(name, ())
            edits += [(each.start, each.end, "") for each in written]
        elif name in arguments.chosen:
            edits.append(_replacement(text, arguments.chosen[name], field, value))
        else:
            before = _preceding(arguments, field)
            edits.append(_insertion(text, call, before, field, value))
    return sorted(edits, key=lambda edit: edit[:2])


def _replacement(text: str, parameter: Parameter, field: Field, value: Value) -> Change:
    """A new value between the space, or the marks of Translate, around the old one."""
    raw = text[parameter.value_start : parameter.end]
    written = _written(field, value, raw)
    if unit := _UNIT.fullmatch(raw):
        written = unit["open"] + written + unit["close"]
    else:
        blank = _BLANK if has_value(text, parameter) else " \t"
        lead = raw[: len(raw) - len(raw.lstrip(blank))]
        rest = raw[len(lead) :]
        written = lead + written + rest[len(rest.rstrip(_BLANK)) :]
    return parameter.value_start, parameter.end, written


def _written(field: Field, value: Value, raw: str) -> str:
    """The wikitext of a value; people who were there before stay as they were written.

    A canonical user is a name, but on the page it may be a link.
    """
    written = write_value(field, value)
    if field.reader != "user" or not isinstance(value, tuple):
        return written
    spellings: dict[Value | None, str] = {}
    for item in raw_items(raw):
        reading = read_value(field, item)
        if not reading.problems and "\n" not in item:
            spellings.setdefault(reading.value, item)
    kept = "; ".join(
        spellings.get((item,)) or write_value(field, (item,)) for item in value
    )
    return kept if read_value(field, kept).value == value else written


def _preceding(arguments: Arguments, field: Field) -> Parameter | None:
    """The parameter after which a new one of this field belongs."""
    before = None
    for name in kind(field.kind).fields:
        if name == field.name:
            return before
        if name in arguments.written:
            before = arguments.written[name][-1]
    return before


def _insertion(
    text: str, call: Call, before: Parameter | None, field: Field, value: Value
) -> Change:
    """A new parameter, laid out as the one before it."""
    start, at = (before.start, before.end) if before else (call.start, call.name_end)
    written = write_value(field, value)
    line = f"| {field.parameter:<{_width(text, call)}} = {written}"
    line_end = _LINE_END.search(text[start:at])
    if line_end:
        return at, at, line + line_end[0]
    if _BAR_ON_NEW_LINE.search(text[call.start : call.end]):
        return at, at, f"\n{line}"
    if text[at - 1] == " ":
        return at, at, f"| {field.parameter} = {written} "
    return at, at, f"|{field.parameter}={written}"


def _width(text: str, call: Call) -> int:
    """How wide the names of a call's parameters are, if they are aligned; else 0."""
    widths = {
        len(text[each.start + 1 : each.value_start - 1].lstrip()) - 1
        for each in call.parameters
        if each.named
    }
    return max(0, *widths) if len(widths) == 1 else 0


def _applied(text: str, edits: list[Change]) -> str:
    pieces = []
    position = 0
    for start, end, new in edits:
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])
