"""Calls of our templates in a page's own text: where they are and what they hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from space.codec.scanner import HIDDEN, Element, Elements, mask

LIMIT = 32_768  # characters of a call; a real one has about a thousand
UNCLOSED_LIMIT = 20
HEAD = 2_048  # characters in which the call nearly always is; the rest waits
_BLANK = re.compile(rf"[\s_{HIDDEN}]+")
_NAMESPACE = re.compile(r"template\s*:\s*", re.IGNORECASE)
NAME_SHOWN = 80  # characters of a parameter's name that are kept


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a call, with offsets into the page's text.

    `name` is in lower case with single spaces, or a number for one without a name.
    From `start`, its bar, to `end` it is all of the argument, from `value_start`
    only the value, with the space around it.
    """

    name: str
    written: str  # the name as it stands there
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


def template_name(written: str) -> str:
    """A template's name as the wiki files it, without its namespace."""
    name = _NAMESPACE.sub("", _BLANK.sub(" ", written).strip(), count=1).strip()
    return name[:1].upper() + name[1:]


def parameter_name(written: str) -> str:
    """A parameter's name as the schemas write it: `Online_Link` is `online link`."""
    spaced = written.replace(HIDDEN, " ").replace("_", " ")
    return " ".join(spaced.split()).lower()[:NAME_SHOWN]


@lru_cache(maxsize=64)
def _opening(names: tuple[str, ...]) -> re.Pattern[str]:
    """Matches where a call of one of these templates may begin."""
    gap = rf"[\s_{HIDDEN}]"
    written = "|".join(
        f"[{name[0].upper()}{name[0].lower()}]{f'{gap}+'.join(parts)}"
        for name in names
        for parts in [[re.escape(part) for part in name[1:].split(" ")]]
    )
    return re.compile(
        rf"\{{\{{{gap}*(?:(?i:template){gap}*:{gap}*)?(?:{written}){gap}*"
        r"(?=\||\}\}|$)"
    )


def find_calls(text: str, templates: Mapping[str, str]) -> Iterator[Call | Unclosed]:
    """All calls of these templates (name → kind), in the order of the page.

    A call inside another call of ours counts as part of that one. After a few calls
    that never end the rest of the page is not looked at: the work stays linear.
    """
    kinds = {template_name(name): kind for name, kind in templates.items()}
    opening = _opening(tuple(sorted(kinds)))
    end = unclosed = 0
    masked = mask(text, HEAD)
    if first := opening.search(masked, 0, HEAD):
        found = _find_call(masked, text, first, kinds, HEAD)
        if isinstance(found, Call):
            end = found.end
            yield found
    masked = mask(text)
    for match in opening.finditer(masked, end):
        if match.start() < end or unclosed > UNCLOSED_LIMIT:
            continue
        found = _find_call(masked, text, match, kinds, len(text))
        if isinstance(found, Call):
            end = found.end
        elif found:
            unclosed += 1
        if found:
            yield found


def _find_call(
    masked: str, text: str, match: re.Match[str], kinds: Mapping[str, str], end: int
) -> Call | Unclosed | None:
    """The call that begins where `match` does; None if it is a `{{{parameter}}}`.

    Brackets before the call cannot change where it ends, but for its own braces.
    """
    run = start = match.start()
    while run and masked[run - 1] == "{":
        run -= 1
    kind = kinds[template_name(match[0][2:])]
    stop = start + LIMIT
    scan = Elements(masked, run, min(stop, end))
    for element in scan:
        if element.start == start and element.kind == "template":
            return _call(masked, text, kind, element)
        if element.start == start - 1 and element.kind == "argument":
            return None
    inner = next((bracket for bracket in scan.open if bracket[0] > start), None)
    return Unclosed(kind, start, inner, cut=stop < len(text))


def _call(masked: str, text: str, kind: str, element: Element) -> Call:
    parameters = []
    number = 0
    for part in element.parts[1:]:
        if part.equals is None:
            number += 1
            written, value_start = str(number), part.start
        else:
            written = text[part.start : part.equals].strip()
            value_start = part.equals + 1
        name = masked[part.start : part.equals] if part.equals else written
        parameters.append(
            Parameter(
                name=parameter_name(name),
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
