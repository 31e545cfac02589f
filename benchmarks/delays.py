"""How soon readers see what was accepted or taken back, while the bots watch.

On the sandbox wiki, with the tool beside it: each five seconds an event gets another
title that somebody approves, or a page is deleted. Looked at are the calendar feed with
the event's page of the tool, and the data pages of months. What passes is beside how
long the bots wait by themselves: between two looks while much happens, and between two
times that they make data pages.

`python -m benchmarks.delays --changes 120` is the long run, for a machine that does
nothing else; by default it is short.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil, inf
from urllib.error import HTTPError
from urllib.request import urlopen

from bots.tasks.watch import BUSY, TASKS_EVERY
from sandbox.client import Client
from sandbox.product import Product
from space.codec.editing import write_page
from tests.support.wiki.deployed import BOT, deploy
from tests.support.wiki.sandbox import Sandbox, claim_place

CHANGES = 12
EVERY = 5.0  # seconds between two changes
GOES = 4  # one change in so many deletes a page
IN_FEED, TAKEN_BACK = 3.0, 3.0  # looks of a busy watch
ON_DATA_PAGE = 2.0  # times that data pages are made
PATIENCE = 300.0  # seconds after the last change
PAUSE = 0.5  # seconds between two looks of ours
SHARE = 0.95  # of the changes that are to be seen so soon


@dataclass(slots=True)
class Change:
    """A title of a page that comes or goes, and when that was, by a clock in seconds.

    `served` and `written` are after how many seconds readers of the tool and of the
    wiki saw it; infinite while nobody did.
    """

    page: int
    title: str
    goes: bool
    at: float
    served: float = inf
    written: float = inf

    def look(self, served: Sequence[str], written: str, now: float) -> None:
        """Take it that this is what readers get."""
        if all((self.title in text) is not self.goes for text in served):
            self.served = min(self.served, now - self.at)
        if (self.title in written) is not self.goes:
            self.written = min(self.written, now - self.at)

    @property
    def is_seen(self) -> bool:
        """Whether all readers see it."""
        return max(self.served, self.written) < inf


@dataclass(slots=True)
class Scene:
    """A wiki with people, events by number, and what was changed so far."""

    wiki: Sandbox
    tool_url: str
    author: Client
    reviewer: Client
    admin: Client
    events: dict[int, tuple[int, str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    first: datetime = field(
        default_factory=lambda: datetime.now(UTC) + timedelta(days=3)
    )

    def publish(self, number: int, title: str) -> None:
        """Give an event a title, and approve that."""
        start = self.first + timedelta(days=7 * (number % 12))
        values = {
            "title": title,
            "start": start.strftime("%Y-%m-%d %H:%M"),
            "timezone": "Africa/Accra",
            "country": "GH",
        }
        page = f"Space/Events/{number}"
        saved = self.author.edit(page, write_page("event", values, "Join us."))
        verdict = f"\n{{{{subst:Space approve|rev={saved['newrevid']}}}}}"
        self.reviewer.post(action="edit", title=f"Talk:{page}", appendtext=verdict)
        self.events[number] = saved["pageid"], title

    def change(self, number: int) -> None:
        """Publish another title of an event, or delete it."""
        goes = number % GOES == 1
        if goes:
            self.admin.post(action="delete", title=f"Space/Events/{number}")
        else:
            self.publish(number, f"Walk {number} by night")
        self.changes.append(
            Change(*self.events[number], goes=goes, at=time.monotonic())
        )

    def look(self) -> None:
        """See what readers get of what they have not seen yet."""
        feed = _read(f"{self.tool_url}/feeds/events.ics").replace("\r\n ", "")
        written = self._data_pages()
        for each in self.changes:
            if not each.is_seen:
                page = _read(f"{self.tool_url}/events/{each.page}")
                each.look((feed, page), written, time.monotonic())

    def _data_pages(self) -> str:
        found = self.wiki.anonymous().get(
            action="query",
            generator="allpages",
            gapnamespace=2,
            gapprefix=f"{BOT}/Space/Events/",
            gaplimit="max",
            prop="revisions",
            rvprop="content",
            rvslots="main",
        )
        return "".join(
            page["revisions"][0]["slots"]["main"]["content"]
            for page in found.get("query", {}).get("pages", ())
        )


def _read(address: str) -> str:
    """What is at an address; nothing where that is gone."""
    try:
        with urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
    except HTTPError:
        return ""


@contextmanager
def scene(events: int) -> Iterator[Scene]:
    """So many published events, the tool that shows them, and bots that watch."""
    with claim_place() as place:
        wiki = Sandbox(place)
        product = Product(wiki.wiki)
        try:
            wiki.start()
            deploy(wiki, place.tool_url)
            author, reviewer, admin = map(wiki.login, ("Aiko", "Pavati", "Admin"))
            found = Scene(wiki, place.tool_url, author, reviewer, admin)
            for number in range(events):
                found.publish(number, f"Walk {number} by day")
            product.start_watching()
            product.start_tool()
            yield found
        finally:
            product.bots.stop()
            product.tool.stop()
            wiki.stop()


def measure(changes: int) -> list[Change]:
    """Make so many changes, and look until all of them are seen or patience ends.

    One more comes before: when that is seen, who watches has begun.
    """
    with scene(changes + 1) as found:
        found.change(0)
        _look_on(found, until=time.monotonic() + PATIENCE)
        found.changes.clear()
        for number in range(1, changes + 1):
            following = time.monotonic() + EVERY
            found.change(number)
            while time.monotonic() < following:
                found.look()
                time.sleep(PAUSE)
        _look_on(found, until=time.monotonic() + PATIENCE)
        return found.changes


def _look_on(found: Scene, until: float) -> None:
    while time.monotonic() < until and not all(c.is_seen for c in found.changes):
        found.look()
        time.sleep(PAUSE)


def main(arguments: list[str] | None = None) -> int:
    """Print the delays; 1 if one is above its limit."""
    parser = argparse.ArgumentParser(description="Delays of changes.")
    parser.add_argument("--changes", type=int, default=CHANGES)
    changes = measure(parser.parse_args(arguments or []).changes)
    came = [each for each in changes if not each.goes]
    went = [each for each in changes if each.goes]
    pages = TASKS_EVERY.total_seconds()
    fits = True
    for what, delays, wait, most in (
        ("accepted → feed and page", [c.served for c in came], BUSY, IN_FEED),
        ("accepted → data page", [c.written for c in came], pages, ON_DATA_PAGE),
        (
            "taken back → all of them",
            [max(c.served, c.written) for c in went],
            BUSY,
            TAKEN_BACK,
        ),
    ):
        found = sorted(delays)[ceil(SHARE * len(delays)) - 1]
        print(
            f"{what}: {SHARE:.0%} of {len(delays)} within {found:.1f} s,"
            f" {found / wait:.1f} times the bots' own wait (≤ {most:g})"
        )
        fits &= found <= most * wait
    return int(not fits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
