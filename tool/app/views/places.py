"""Events by the place they are at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

from space.publication.places import point_of
from space.schema.geo import Point
from tool.app.views.items import EventView, country_name, text


@dataclass(slots=True)
class ListedPlace:
    """A city, or a country where no city is told, and what takes place there."""

    number: int
    country: str
    city: str
    point: Point | None = None
    events: list[EventView] = field(default_factory=list)

    @property
    def radius(self) -> float:
        """How big its mark is: the area grows with the number of events."""
        return round(1.6 * sqrt(len(self.events)), 2)

    @property
    def x(self) -> float | None:
        """Where it is on a map of 360 by 180 degrees, from its left edge."""
        return None if self.point is None else round(self.point.longitude + 180, 2)

    @property
    def y(self) -> float | None:
        """The same from the upper edge."""
        return None if self.point is None else round(90 - self.point.latitude, 2)


def places(events: Iterable[EventView], language: str) -> dict[str, list[ListedPlace]]:
    """Country → its places, both by name; what is only online is under "".

    An event's point becomes that of its place, so that a map marks a city once. Of a
    series the first date stands for all.
    """
    found: dict[tuple[str, str], ListedPlace] = {}
    first_dates = {event.id: event for event in reversed(list(events))}
    for event in reversed(first_dates.values()):
        values = event.publication.values
        online = event.mode == "online"
        code = "" if online else text(values, "country")
        country = country_name(code, language) if code else ""
        city = "" if online else text(values, "city")
        place = found.setdefault(
            (country, city), ListedPlace(len(found) + 1, country, city)
        )
        place.events.append(event)
        place.point = place.point or point_of(values)
    by_country: dict[str, list[ListedPlace]] = {}
    for place in sorted(found.values(), key=lambda each: (each.country, each.city)):
        by_country.setdefault(place.country, []).append(place)
    return by_country
