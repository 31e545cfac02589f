"""`zone_cities.json`, by which zones are found: zone → folded names of its city."""

import json

from babel.localedata import load, locale_identifiers

from space.dates.zones import names
from space.text.folding import fold


def zone_cities() -> str:
    """The file's text: CLDR's exemplar cities in all of its languages, one zone a line.

    A name of two zones is left out.
    """
    zones: dict[str, set[str]] = {}
    for language in locale_identifiers():
        if len(language.partition("_")[2]) == 2:  # a country's variety of a language
            continue
        for zone, said in load(language)["time_zones"].items():
            city = fold(str(dict(said).get("city") or ""))
            if city and zone in names():
                zones.setdefault(city, set()).add(zone)
    cities: dict[str, list[str]] = {}
    for city, owners in sorted(zones.items()):
        first, *others = owners
        if not others:
            cities.setdefault(first, []).append(city)
    lines = (
        f"\t{json.dumps(zone)}: {json.dumps(found, ensure_ascii=False)}"
        for zone, found in sorted(cities.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"
