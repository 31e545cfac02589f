"""How soon the page of the map answers a visitor, with 5,000 places on it.

From asking for the page, with nothing kept from before, until the map has followed the
first press of "Zoom in", in headless Chromium on this machine and without animation.
The same map with a few places is the reference, in turns; the least of some runs: the
one in which nobody else had a say. Tiles are blank: they come from elsewhere and
nothing waits for them.
"""

import re
import sys
from time import perf_counter

from playwright.sync_api import Browser, Route, expect

from benchmarks.maps import PLACES, places
from benchmarks.serving import serving
from tests.support.browser.chromium import chromium

PAGE = "/map"
FEW = 50  # places of the reference
TARGET = 4.0  # times as long
RUNS = 5
_BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def seconds(browser: Browser, address: str) -> float:
    """Until the first interaction is answered, for somebody who was never here."""
    context = browser.new_context(reduced_motion="reduce")
    context.route("https://maps.wikimedia.org/**", _blank)
    page = context.new_page()
    start = perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url(re.compile("#map="))
    found = perf_counter() - start
    marks = page.locator(".leaflet-marker-icon")
    expect(marks.first).to_be_visible()
    context.close()
    return found


def _blank(route: Route) -> None:
    route.fulfill(body=_BLANK, content_type="image/svg+xml")


def main() -> int:
    """Print the ratio; 1 if it is too high."""
    few = list(places())[-FEW:]
    with chromium() as browser, serving(places()) as full, serving(few) as bare:
        addresses = [f"http://127.0.0.1:{port}{PAGE}" for _, port, _ in (full, bare)]
        runs = [[seconds(browser, each) for each in addresses] for _ in range(RUNS)]
    found, reference = map(min, zip(*runs, strict=True))
    print(
        f"the map's page with {PLACES} places: first interaction after {found:.1f} s, "
        f"{found / reference:.1f} times that with {FEW} (at most {TARGET:g})"
    )
    return int(found > TARGET * reference)


if __name__ == "__main__":
    sys.exit(main())
