"""Writing of pages: a new call, or edits of parameters that keep all other bytes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from space.codec.calls import Arguments, Call, Parameter, match_arguments
from space.codec.items import raw_items
from space.codec.layout import (
    BLANK,
    ValueSpan,
    end_of_line,
    filled_near,
    gap_behind,
    place_of,
    style_near,
)
from space.codec.page import Reading, first_call, read_page, record_templates
from space.codec.readers import CODES, PEOPLE, read_value
from space.codec.scanner import hidden
from space.codec.writers import write_value
from space.schema.kinds import Field, Value, Values, load_kind

_TAG = re.compile(
    r"<(?P<closing>/?)(?:translate|noinclude|onlyinclude)(?:\s[^<>]*)?>", re.IGNORECASE
)
_UNIT_NUMBER = re.compile(r"<!--T:[^<>]*-->")


def write_page(kind_name: str, values: Values, body: str = "") -> str:
    """The wikitext of a page with these canonical values; absent fields are left out.

    Reading it gives the same values and body. People may be links, as `Reading.linked`
    has them. Raises KeyError for an unknown field.
    """
    call = f"{{{{{load_kind(kind_name).template}\n{_lines(kind_name, values)}}}}}"
    return f"{call}\n{body}" if body else call


def unlinked(kind_name: str, linked: Values) -> Values:
    """Canonical values from values in which people are links, as `Reading.linked`."""
    fields = load_kind(kind_name).fields
    return {
        name: read_value(fields[name], write_value(fields[name], value)).value or value
        if fields[name].reader in PEOPLE
        else value
        for name, value in linked.items()
    }


def _lines(kind_name: str, values: Values) -> str:
    """Parameters in the schema's order, one a line, aligned."""
    described = load_kind(kind_name).fields
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
    linked: bool = False,
    reading: Reading | None = None,
) -> str:
    """The page with these fields changed and every other byte kept.

    None (or nothing) removes a field. A value that the page has already changes
    nothing, unless the page says it with a problem. `body` replaces what follows
    the call. With `linked` people are given as `Reading.linked` has them, and a name
    alone takes a link away; else it keeps the one that stands there. A page whose
    first call is not of this kind, or has no end, gets a new call before its text.
    `reading` is the reading of `text`, for callers that have it already.
    Raises KeyError for an unknown field.
    """
    unknown = changes.keys() - load_kind(kind_name).fields.keys()
    if unknown:
        raise KeyError(min(unknown))
    templates = templates or record_templates()
    call = first_call(text, templates)
    if not isinstance(call, Call) or call.kind != kind_name:
        values = {name: value for name, value in changes.items() if value}
        return write_page(kind_name, values, text if body is None else body)
    reading = reading or read_page(text, title=title, templates=templates)
    changed = _changed(reading, changes, linked=linked)
    if body is not None and body.lstrip("\n") != reading.body:
        text = text[: call.end] + (f"\n{body}" if body else "")
    for name in sorted(changed, key=lambda name: changed[name] is None):
        call = first_call(text, templates)
        assert isinstance(call, Call)  # noqa: S101 - an edit leaves the call whole
        text = _Edit(text, call, load_kind(kind_name).fields[name], linked).to(
            changed[name]
        )
    return text


def _changed(
    reading: Reading, changes: Mapping[str, Value | None], *, linked: bool
) -> dict[str, Value | None]:
    """The changes that differ from the page or mend a problem, in schema order.

    An end that is a time of the start's day is among them where the start is.
    """
    faulty = {
        problem.field for problem in reading.problems if problem.severity == "error"
    }
    old = reading.linked if linked else reading.values
    if "start" in changes and changes["start"] != old.get("start"):
        following = _following(reading)
        changes, faulty = {**following, **changes}, faulty | following.keys()
    return {
        name: changes[name] or None
        for name in load_kind(reading.kind or "").fields
        if name in changes
        and (name in faulty or (changes[name] or None) != old.get(name))
    }


def _following(reading: Reading) -> Values:
    """The end as it is read, where the page has a time alone; else empty."""
    raw, end = dict(reading.written).get("end"), reading.values.get("end")
    if raw is None or end is None:
        return {}
    field = load_kind(reading.kind or "").fields["end"]
    return {} if read_value(field, raw).value else {"end": end}


@dataclass(frozen=True, slots=True)
class _Edit:
    """An edit of one field in one call of the page `text`."""

    text: str
    call: Call
    field: Field
    linked: bool

    def to(self, value: Value | None) -> str:
        """The page with this value; None removes the field."""
        arguments = match_arguments(self.text, self.call)
        if value is None:
            return self._without(arguments.written.get(self.field.name, []))
        if not self.call.parameters:
            return self._first(value)
        if self.field.name in arguments.chosen:
            return self._with(arguments.chosen[self.field.name], value)
        return self._inserted(arguments, value)

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    def _first(self, value: Value) -> str:
        """The page with the first parameter of its call."""
        name = self.text[self.call.start : self.call.name_end].rstrip(BLANK)
        line_end = "\r\n" if "\r\n" in self.text else "\n"
        lines = f"\n{_lines(self.call.kind, {self.field.name: value})}"
        start = self.call.start + len(name)
        return self._spliced(start, self.call.end - 2, lines.replace("\n", line_end))

    def _with(self, parameter: Parameter, value: Value) -> str:
        """The page with a new value between what stands around the old one."""
        place = place_of(self.text, parameter)
        if place.start == place.end:
            return self._filled(parameter, place, value)
        written, replaced = self._written(value, place)
        old = self.text[replaced.start : replaced.end]
        opening, asides, closing = _kept(old)
        if asides and asides.strip() in written:  # comments of items that stay
            asides = ""
        new = opening + written + asides + closing
        return self._spliced(replaced.start, replaced.end, new)

    def _filled(self, parameter: Parameter, place: ValueSpan, value: Value) -> str:
        """The page with a value where none was, in the space that others have."""
        text, call = self.text, self.call
        blank = text[parameter.value_start : place.end]
        rest = text[place.end : parameter.end]
        style = style_near(text, call, parameter)
        other = filled_near(text, call, parameter)
        lead = blank or (style.lead if parameter.named else "")
        if rest and rest[0] not in BLANK:  # a comment
            rest = f" {rest}"
        elif not rest and other and parameter.named:  # a bar on the same line
            lead = style.lead
            gap = gap_behind(text, call, other)
            is_last = parameter is call.parameters[-1]
            is_tight = is_last and (not blank or "\n" in gap)
            rest = "" if is_tight else _inline(gap, blank)
        written = lead + write_value(self.field, value) + rest
        return self._spliced(parameter.value_start, parameter.end, written)

    def _inserted(self, arguments: Arguments, value: Value) -> str:
        """The page with a new parameter, laid out as the one before it."""
        text, call = self.text, self.call
        before = _preceding(arguments, self.field)
        style = style_near(text, call, before)
        written = write_value(self.field, value)
        new = f"|{style.write(self.field.parameter, written)}"
        if before is None:
            first = call.parameters[0]
            return self._spliced(
                first.start, first.start, new + gap_behind(text, call, first)
            )
        place = place_of(text, before)
        at, gap = place.line_end, gap_behind(text, call, before)
        # Without a value, the space before a bar is the one before a value, too.
        blank = text[before.value_start : at] if place.start == at else ""
        is_last = before is call.parameters[-1]
        tail = ""
        if blank and "\n" not in gap:
            gap, tail = "", gap if at == before.end else ""
        elif place.start == at == before.end and not is_last:
            gap, tail = "", _inline(gap, blank)
        return self._spliced(at, at, gap + new + tail)

    def _without(self, written: list[Parameter]) -> str:
        """The page without these parameters.

        One with a comment beside its value keeps its place and says nothing.
        """
        pieces = []
        position = 0
        for parameter in written:
            start, end, new = self._cut(parameter)
            pieces += [self.text[position : max(start, position)], new]
            position = end
        return "".join([*pieces, self.text[position:]])

    def _cut(self, parameter: Parameter) -> tuple[int, int, str]:
        """The span to cut for a removed parameter, and its replacement."""
        place = place_of(self.text, parameter)
        beside = self.text[parameter.value_start : place.line_end]
        if any(_kept(beside)):
            new = "".join(_kept(self.text[place.start : place.end]))
            doubled = not new and self.text[place.end : place.end + 1] == " "
            return place.start, place.end + doubled, new
        if parameter is self.call.parameters[-1]:
            return self._end_before(parameter), place.line_end, ""
        end = end_of_line(self.text, place.line_end, parameter.end)
        start = len(self.text[: parameter.start].rstrip(" \t"))
        whole_line = self.text[start - 1] == self.text[end - 1] == "\n"
        return start if whole_line else parameter.start, end, ""

    def _end_before(self, last: Parameter) -> int:
        """The offset behind the text before the last parameter, without space."""
        end = len(self.text[: last.start].rstrip(BLANK))
        if len(self.call.parameters) == 1:
            return end
        before = self.call.parameters[-2]
        line_end = place_of(self.text, before).line_end
        return max(end, line_end) if line_end < before.end else end

    def _written(self, value: Value, place: ValueSpan) -> tuple[str, ValueSpan]:
        """The wikitext of a new value, and what it replaces.

        Items of a list that were there before stay as they were written, with the
        comments beside them. A canonical user is a name, on the page it may be a link.
        """
        written = write_value(self.field, value)
        if not isinstance(value, tuple):
            return written, place
        tail = self.text[place.end : place.line_end]
        end = place.end if _TAG.search(tail) else place.line_end
        raw = self.text[place.start : end]
        if _TAG.search(raw):
            return written, place
        spellings = self._spellings(raw)
        kept = "; ".join(
            spellings.get(item) or write_value(self.field, (item,)) for item in value
        )
        again = read_value(self.field, kept)
        if again.problems or value not in (again.linked, again.value):
            return written, place
        return kept, replace(place, end=end)

    def _spellings(self, raw: str) -> dict[str, str]:
        """Item of a list → its wikitext on the page."""
        spellings: dict[str, str] = {}
        for item in raw_items(raw, commas=self.field.reader in CODES):
            reading = read_value(self.field, item)
            if reading.problems or "\n" in item:
                continue
            forms = [reading.linked] if self.linked else [reading.linked, reading.value]
            for form in forms:
                if isinstance(form, tuple) and len(form) == 1:
                    spellings.setdefault(form[0], item)
        return spellings


def _inline(gap: str, blank: str) -> str:
    """The space before a bar on the line of a value, where other bars have `gap`."""
    return " " * bool(blank) if "\n" in gap else gap


def _preceding(arguments: Arguments, field: Field) -> Parameter | None:
    """The parameter after which a new one of this field belongs."""
    before = None
    for name in load_kind(field.kind).fields:
        if name == field.name:
            return before
        if name in arguments.written:
            before = arguments.written[name][-1]
    return before


def _kept(raw: str) -> tuple[str, str, str]:
    """Parts of an old value that outlive it: opening tags, comments, closing tags.

    Only tags whose other half is outside the value. Unit numbers (`<!--T:1-->`) go,
    as the Translate extension gives a new text new ones.
    """
    opened: list[str] = []
    closed: list[str] = []
    asides = ""
    for piece in hidden(raw):
        written = raw[piece.start : piece.end]
        tag = _TAG.fullmatch(written)
        if tag and not tag["closing"]:
            opened.append(written)
        elif tag and opened:
            opened.pop()
        elif tag:
            closed.append(written)
        elif piece.name in ("comment", "includeonly"):
            asides += "" if _UNIT_NUMBER.fullmatch(written) else f" {written}"
    return "".join(opened), asides, "".join(closed)
