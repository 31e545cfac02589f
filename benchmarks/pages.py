"""How much a reader on a phone waits for: octets, requests and what moves meanwhile.

Every page is opened once by somebody who was never here, in headless Chromium of 360 by
740 pixels whose clocks are not the events'. Octets are those of gzip, without pictures.
Those of Commons are counted apart: browsers ask for them as soon as they know where
each stands, and paint without them. Counts, so that the machine has no say in them.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Route

from tests.support.browser.chromium import chromium
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tests.support.tool.page_weight import compressed
from tests.support.tool.server import served_tool

KB = 1000
SCREEN = {"width": 360, "height": 740}
MODES = ("in-person", "online", "hybrid")
TILES = "/static/space.svg?{z}{x}{y}"
PICTURES = (".svg", ".png", ".jpg")
PAGE, SCRIPT, SCRIPT_OF_FORMS = 100 * KB, 15 * KB, 60 * KB
REQUESTS, FIRST, SHIFT = 6, 60 * KB, 0.02

LISTS = ("/", "/events", "/blog", "/calendar/2026-11", "/events/12", "/blog/13")
"""Pages whose first paint is limited too."""
FORMS = ("/map", "/write/event", "/write/post")

_MEASURE = """() => new Promise( ( done ) => {
    const shifts = [];
    new PerformanceObserver( ( list ) => shifts.push( ...list.getEntries() ) )
        .observe( { type: 'layout-shift', buffered: true } );
    const [ paint ] = performance.getEntriesByName( 'first-contentful-paint' );
    setTimeout( () => done( {
        shift: shifts.reduce( ( sum, { value } ) => sum + value, 0 ),
        requests: performance.getEntriesByType( 'resource' ).map(
            ( { name, startTime } ) => [ name, startTime < paint.startTime ]
        )
    } ), 100 );
} )"""


@dataclass(frozen=True)
class Measured:
    """One page: octets in all, of script, and of what comes before the first paint."""

    path: str
    total: int
    script: int
    first: int
    requests: int
    pictures: int
    shift: float

    def excess(self) -> list[str]:
        """What is over its limit; empty where nothing is."""
        of_form = self.path in FORMS
        limits = {
            "octets": (self.total, PAGE),
            "octets of script": (self.script, SCRIPT_OF_FORMS if of_form else SCRIPT),
            "layout shift": (self.shift, SHIFT),
        }
        if not of_form:
            limits["requests before it is seen"] = (self.requests, REQUESTS)
            limits["octets before it is seen"] = (self.first, FIRST)
        return [
            f"{self.path}: {found} {what} (at most {most})"
            for what, (found, most) in limits.items()
            if found > most
        ]


def measured(context: BrowserContext, address: str, path: str) -> Measured:
    """Open a page with nothing kept from before, until it asks for nothing more."""
    page = context.new_page()
    answer = page.goto(f"{address}{path}", wait_until="networkidle")
    assert answer is not None
    assert answer.ok, path
    found: dict[str, Any] = page.evaluate(_MEASURE)
    html = compressed(answer.body())
    own = [(url, first) for url, first in found["requests"] if url.startswith(address)]
    octets = {url: _octets(context, url) for url, _ in own}
    page.close()
    return Measured(
        path,
        total=html + sum(octets.values()),
        script=sum(
            found for url, found in octets.items() if urlsplit(url).path.endswith(".js")
        ),
        first=html + sum(octets[url] for url, first in own if first),
        requests=1 + sum(first for _, first in own),
        pictures=sum(first for _, first in found["requests"])
        - sum(first for _, first in own),
        shift=found["shift"],
    )


def _octets(context: BrowserContext, url: str) -> int:
    if urlsplit(url).path.lower().endswith(PICTURES):
        return 0
    return compressed(context.request.get(url).body())


def visitor(browser: Browser, address: str, *, signed_in: bool) -> BrowserContext:
    """Somebody in Japan, with a picture of one pixel for each of Commons."""
    context = browser.new_context(viewport=SCREEN, timezone_id="Asia/Tokyo")

    def picture(route: Route) -> None:
        route.fulfill(
            body='<svg xmlns="http://www.w3.org/2000/svg"/>',
            content_type="image/svg+xml",
        )

    context.route(lambda url: not url.startswith(address), picture)
    if signed_in:
        page = context.new_page()
        page.goto(f"{address}/login")
        page.close()
    return context


def publish_pictures(tool: ToolApp) -> None:
    """Lists as long as they get, every entry with a picture."""
    tool.publish(
        *(
            event(
                100 + number,
                title=f"Walk {number}",
                start=f"2026-11-{24 + number % 6} 10:00",
                end=f"2026-11-{24 + number % 6} 12:00",
                image=f"Walk {number}.jpg",
                mode=MODES[number % len(MODES)],
            )
            for number in range(60)
        ),
        *(
            post(200 + number, title=f"Walk {number}", image=f"Walk {number}.jpg")
            for number in range(30)
        ),
    )


def main() -> int:
    """Print the figures of each page; 1 if one is over a limit."""
    excess: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        served_tool(Path(folder), tiles=TILES) as tool,
    ):
        publish_pictures(tool)
        address = tool.config.public_url
        for path in (*LISTS, *FORMS):
            context = visitor(browser, address, signed_in=path.startswith("/write"))
            page = measured(context, address, path)
            context.close()
            excess += page.excess()
            print(
                f"{path}: {page.total / KB:.0f} kB, {page.script / KB:.0f} of script; "
                f"before it is seen {page.requests} requests with "
                f"{page.first / KB:.0f} kB, and {page.pictures} for pictures of "
                f"Commons; layout shift {page.shift:.3f}"
            )
    for line in excess:
        print(line)
    return int(bool(excess))


if __name__ == "__main__":
    sys.exit(main())
