"""Checklist of an event, for who writes it and who reviews it; it blocks no saving."""

from collections.abc import Iterator

from space.authoring.checklist import Check
from space.codec.values.city_zones import fits_country
from space.dates.zones import known_zone
from space.schema.kinds import Values


def event_checks(values: Values) -> tuple[Check, ...]:
    """The checklist of an event, in the order of its form."""
    mode = values.get("mode", "in-person")
    return (
        *(_zone(values) if mode != "online" else ()),
        *(_joining(values) if mode != "in-person" else ()),
        Check("summary", bool(str(values.get("summary", "")).strip())),
    )


def _zone(values: Values) -> Iterator[Check]:
    """Whether an hour is told by clocks of the country; none without hour or zone."""
    zone, country = str(values.get("timezone", "")), str(values.get("country", ""))
    if " " in values.get("start", "") and country and known_zone(zone):
        yield Check("zone", fits_country(zone, country), (zone,))


def _joining(values: Values) -> Iterator[Check]:
    """Whether people learn how to join online."""
    yield Check("joining", not {"online_link", "registration_link"}.isdisjoint(values))
