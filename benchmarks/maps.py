"""How fast a map of 5,000 places leaves the web server, beside a file of the same."""

import sys
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.feeds import publications
from benchmarks.serving import Client, against_file, serving
from space.publication.publication import Publication

PLACES = 5_000
MAP = "/feeds/events.geojson"
TARGET = 3  # times as long as a file


def places() -> Iterator[Publication]:
    """The latest of the events, which are all to come, each in a place of its own."""
    for number, each in enumerate(list(publications())[-PLACES:]):
        here = f"{number % 80}.{number:04}1, {number % 170}.5"
        yield replace(each, values={**each.values, "coordinates": here})


def main() -> int:
    """Print the ratio; 1 if it is too high."""
    with serving(places()) as (folder, port, worker):
        client = Client(port, worker)
        _, text, _ = client.get(MAP)
        ratio, _ = against_file(client, folder, MAP)
        client.close()
    assert text.count(b'"type":"Feature",') == PLACES
    print(
        f"{PLACES} places served: {ratio:.1f} times a file of the same "
        f"(at most {TARGET})"
    )
    return int(ratio > TARGET)


if __name__ == "__main__":
    sys.exit(main())
