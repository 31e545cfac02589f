"""The list beside a map: events by country and city."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from math import sqrt

from space.codec.values.countries import own_city
from space.publication.places import NO_PLACE, place_of
from space.schema.geo import Point
from space.text.languages import country_name
from space.text.order import alphabetical
from tool.app.views.items import EventView


@dataclass(slots=True)
class ListedPlace:
    """A city, or a country for events that tell no city, and its events."""

    number: int
    country: str
    city: str
    point: Point | None = None
    events: list[EventView] = field(default_factory=list)

    @property
    def radius(self) -> float:
        """Of its mark, in degrees; the area grows with the number of events."""
        return round(1.6 * sqrt(len(self.events)), 2)

    @property
    def x(self) -> float | None:
        """Degrees from the left edge of a map of 360 by 180; None without a point."""
        return None if self.point is None else round(self.point.longitude + 180, 2)

    @property
    def y(self) -> float | None:
        """Degrees from the upper edge of such a map; None without a point."""
        return None if self.point is None else round(90 - self.point.latitude, 2)


def places(events: Iterable[EventView], language: str) -> dict[str, list[ListedPlace]]:
    """The cities where events are held by the name of their country, both by name.

    Under the empty name are events that only take place online or tell no place. A city
    has the name and the point of its first event that gives one, so that a map marks it
    once. Of a series the first occurrence stands for all.
    """
    listed: dict[tuple[str, str], ListedPlace] = {}
    first_dates = {event.id: event for event in reversed(list(events))}
    for event in reversed(first_dates.values()):
        place = place_of(event.publication.values) or NO_PLACE
        country = country_name(place.country, language) if place.country else ""
        city = listed.setdefault(
            place.locality,
            ListedPlace(len(listed) + 1, country, own_city(place.city, place.country)),
        )
        city.events.append(event)
        city.point = city.point or place.point
    by_country: dict[str, list[ListedPlace]] = {}
    names = partial(alphabetical, language=language)
    for city in sorted(
        listed.values(), key=lambda city: (names(city.country), names(city.city))
    ):
        by_country.setdefault(city.country, []).append(city)
    return by_country
