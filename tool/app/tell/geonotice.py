"""An entry of English Wikipedia's geonotices, to be requested from administrators.

https://en.wikipedia.org/wiki/Wikipedia:Geonotice has the instructions. Entries stand in
its `list.json` under a name that whoever adds one chooses. A bot takes them over, by
rules that are in `tasks/geonotice_sync.rb` of MusikBot's repository: a `text`, dates
that are read as such, and either the ISO code of a `country` or two `corners`, each of
a latitude and a longitude with a decimal point.
"""

import json
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from space.dates.moments import Span, utc_day
from space.publication.places import point_of
from space.publication.publication import Publication

SHOWN_FOR = timedelta(days=14)  # before the event
AROUND = 1  # degrees to each side of a point
_DAY = timedelta(days=1)


def geonotice(event: Publication, span: Span, text: str, today: date) -> str:
    """The JSON of an entry; empty for an event of no country and no point.

    `text` is wikitext. It is shown from two weeks before, or from `today`, to the end
    of the UTC day on which the event ends.
    """
    where = _where(event)
    if not where:
        return ""
    last = utc_day(span.end_utc - timedelta(microseconds=1))
    first = min(max(utc_day(span.start_utc) - SHOWN_FOR, today), last)
    entry = {"begin": _midnight(first), "end": _midnight(last + _DAY), **where}
    lines = (
        f'  "{key}": {json.dumps(value, ensure_ascii=False)}'
        for key, value in (entry | {"text": text}).items()
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def _where(event: Publication) -> dict[str, Any]:
    """Two corners of a square round its point, or else its country."""
    if point := point_of(event.values):
        latitude, longitude = (round(number, 1) for number in point.numbers())
        north, south = min(latitude + AROUND, 90), max(latitude - AROUND, -90)
        west, east = max(longitude - AROUND, -180), min(longitude + AROUND, 180)
        corners = [[north, west], [south, east]]
        return {"corners": [[_decimal(number) for number in each] for each in corners]}
    country = str(event.values.get("country", ""))
    return {"country": country} if country else {}


def _decimal(number: float) -> float:
    """A number that JSON writes with a decimal point, also where it is whole."""
    return float(round(number, 1))


def _midnight(day: date) -> str:
    """The instant with which a UTC day begins, as such entries have it."""
    return f"{format_date(day, 'd MMMM y', locale='en')} 00:00 UTC"
