"""The layout of a call: offsets of values among space and comments.

Edits take these offsets, so that comments, marks of the Translate extension and the
author's spaces, alignment and line ends stay.
"""

import re
from dataclasses import dataclass

from space.codec.calls import Call, Parameter
from space.codec.scanner import DROPPED, hidden

BLANK = " \t\r\n"
_TVAR = re.compile(r"</?tvar|</>", re.IGNORECASE)  # part of the value they stand in
_FIRST_BLANK = re.compile(r"[ \t]*")
_BLANKS = re.compile(rf"[{BLANK}]*")
_LINE_REST = re.compile(r"[ \t]*(?:\r?\n)?")
_INDENT = re.compile(r"\n([ \t]*)\Z")
_NAME = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """Offsets of a parameter's value: the value itself is `start` to `end`.

    `line_end` is behind the comments that follow on the value's own line. All three
    are equal for an empty value without a comment.
    """

    start: int
    end: int
    line_end: int


def _aside(text: str) -> list[tuple[int, int]]:
    """Comments and tags that are no part of a value at whose end they stand."""
    return [
        (piece.start, piece.end)
        for piece in hidden(text)
        if piece.name in DROPPED and not _TVAR.match(text, piece.start)
    ]


def place_in(raw: str) -> ValueSpan:
    """Where the value stands in the raw text of a parameter, or where it would."""
    aside = _aside(raw)
    start, end = 0, len(raw)
    for piece_start, piece_end in aside:
        if raw[start:piece_start].strip(BLANK):
            break
        start = piece_end
    start = _end(_BLANKS, raw, start)
    if start == len(raw):
        blank = _end(_FIRST_BLANK, raw, 0)
        return ValueSpan(blank, blank, _line_end(raw, aside, blank))
    for piece_start, piece_end in reversed(aside):
        if raw[piece_end:end].strip(BLANK):
            break
        end = piece_start
    end = len(raw[:end].rstrip(BLANK))
    return ValueSpan(start, end, _line_end(raw, aside, end))


def _line_end(raw: str, aside: list[tuple[int, int]], end: int) -> int:
    for piece_start, piece_end in aside:
        if piece_start >= end:
            if raw[end:piece_start].strip(" \t"):
                break
            end = piece_end
    return end


def place_of(text: str, parameter: Parameter) -> ValueSpan:
    """Where a parameter's value stands in the page."""
    offset = parameter.value_start
    place = place_in(text[offset : parameter.end])
    return ValueSpan(place.start + offset, place.end + offset, place.line_end + offset)


def end_of_line(text: str, start: int, end: int) -> int:
    """Where the space that follows `start` ends, behind its first line break."""
    return min(_end(_LINE_REST, text, start), end)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


@dataclass(frozen=True, slots=True)
class Style:
    """The space around one named parameter.

    `before` its name, `behind` that, `lead` before the value, all as strings; `width`
    is that of the name with the space behind it where names are aligned, else 0.
    """

    before: str
    behind: str
    lead: str
    width: int = 0

    def write(self, name: str, value: str) -> str:
        """A parameter, without its bar and the space behind its value."""
        behind = " " * (self.width - len(name)) or self.behind
        if self.width and self.behind and self.width <= len(name):
            behind = " "
        return f"{self.before}{name}{behind}={self.lead}{value}"


def style_near(text: str, call: Call, near: Parameter | None) -> Style:
    """The style of a new parameter: that of the one it follows, or of the nearest."""
    named = [parameter for parameter in _nearest(call, near) if parameter.named]
    if not named:
        space = " " if re.search(r"\s\||\|\s", text[call.start : call.end]) else ""
        return Style(space, space, space)
    before, _, behind = _name_parts(text, named[0])
    usual = filled_near(text, call, near)
    lead = " " * bool(behind)
    if usual:
        lead = text[usual.value_start : place_of(text, usual).start]
        lead = lead[: _end(_FIRST_BLANK, lead, 0)]
    return Style(before, behind, lead, _width(text, call, named))


def filled_near(text: str, call: Call, near: Parameter | None) -> Parameter | None:
    """The nearest named parameter whose value begins on the line of its name."""
    telling = (
        parameter
        for parameter in _nearest(call, near)
        if parameter.named and _begins_on_line(text, parameter)
    )
    return next(telling, None)


def _nearest(call: Call, near: Parameter | None) -> list[Parameter]:
    """The parameters of a call, the nearest first, of two the one before."""
    order = list(call.parameters)
    at = order.index(near) if near else 0
    places = sorted(range(len(order)), key=lambda place: (abs(place - at), place))
    return [order[place] for place in places]


def _begins_on_line(text: str, parameter: Parameter) -> bool:
    place = place_of(text, parameter)
    lead = text[parameter.value_start : place.start]
    return place.start < place.end and "\n" not in lead


def _name_parts(text: str, parameter: Parameter) -> tuple[str, str, str]:
    """The space before a name, the name, and the space behind it."""
    written = text[parameter.start + 1 : parameter.value_start - 1]
    match = _NAME.fullmatch(written)
    before, name, behind = match.groups() if match else ("", written, "")
    return before, name, behind


def _width(text: str, call: Call, named: list[Parameter]) -> int:
    """The width of aligned names with the space behind them; 0 if not aligned.

    A single one on a line of its own counts as aligned.
    """
    parts = [_name_parts(text, parameter)[1:] for parameter in named]
    if set("".join(behind for _, behind in parts)) != {" "}:
        return 0
    lengths = {(len(name), len(name + behind)) for name, behind in parts}
    width = min(wide for _, wide in lengths)
    if any(wide != width and length < width for length, wide in lengths):
        return 0
    if len(named) == 1:
        around = _name_parts(text, named[0])[0] + gap_behind(text, call, named[0])
        return width if "\n" in around else 0
    if len(lengths) > 1 and len({wide - length for length, wide in lengths}) == 1:
        return 0
    aligned = {length for length, wide in lengths if wide == width}
    return width if len(aligned) > 1 or min(aligned) < width - 1 else 0


def gap_behind(text: str, call: Call, near: Parameter) -> str:
    """The space between a value and the next bar, after the parameter nearest to this.

    Behind the last one stands what ends the call, and behind a missing value the space
    may be that before a value: those are not asked. Where no other is, the space
    behind the template's name counts.
    """
    for parameter in _nearest(call, near):
        place = place_of(text, parameter)
        is_telling = place.start < place.line_end or place.line_end < parameter.end
        if parameter is not call.parameters[-1] and is_telling:
            return _gap(text[place.line_end : parameter.end])
    raw = text[call.start + 2 : call.name_end]
    return _gap(raw[place_in(raw).line_end :])


def _gap(rest: str) -> str:
    blanks = rest[: _end(_BLANKS, rest, 0)]
    indent = _INDENT.search(rest)
    if "\n" not in blanks or not indent:
        return blanks.replace("\n", "").replace("\r", "")
    return ("\r\n" if "\r\n" in blanks else "\n") + indent[1]
