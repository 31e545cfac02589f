"""Names of properties and components of an event that the import leaves out."""

from collections.abc import Iterator

from space.imports.calendar.property_names import (
    OF_NO_INTEREST,
    SINGLE,
    TAKEN,
    UNTOLD_PARTS,
)
from space.imports.calendar.vevents import Event


def leftovers(event: Event, *others: str) -> tuple[str, ...]:
    """Names of properties and components that are left out in part or as a whole.

    `others` are names that other readers left out. Names with `X-` are for the program
    that wrote them and are not counted.
    """
    return tuple(sorted({*_unknown(event), *_second(event), *others}))


def _unknown(event: Event) -> Iterator[str]:
    for name, lines in event.properties.items():
        if name in TAKEN or name in OF_NO_INTEREST or name.startswith("X-"):
            continue
        if any(line.value.strip() for line in lines):
            yield name
    yield from (
        name
        for name in event.parts
        if name not in UNTOLD_PARTS and not name.startswith("X-")
    )


def _second(event: Event) -> Iterator[str]:
    """Names of properties that occur with several values where a page has one."""
    for name in SINGLE:
        said = {line.text.strip() for line in event.all(name)} - {""}
        if len(said) > 1:
            yield name
    if event.first("DTEND") and event.first("DURATION"):
        yield "DURATION"
    repeats = event.first("RRULE", "RDATE") and not event.first("RECURRENCE-ID")
    for name in ("EXDATE", "EXRULE"):
        if event.first(name) and not repeats:
            yield name
    if event.first("EXRULE") and not event.first("RRULE"):
        yield "EXRULE"
