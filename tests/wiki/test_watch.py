"""Two processes that watch, while ten people write, the wiki fails and bots are killed.

`make soak` goes on for twenty minutes, `SPACE_SOAK_SECONDS` for as long as it says.
"""

import hashlib
import logging
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from sandbox.accounts import PASSWORD
from sandbox.client import ApiError, Client
from sandbox.faults import AFTER_ACTING, REFUSED, STATUSES, Concern, FaultProxy
from sandbox.faults.broken import (
    DRIP_BODY,
    EMPTY,
    HTML,
    REDIRECT,
    RESET,
    SILENT,
    TRUNCATED,
)
from sandbox.product import Product
from sandbox.service import Service
from space.codec.editing import write_page
from tests.support.wiki.sandbox import Sandbox

pytestmark = [pytest.mark.wiki, pytest.mark.soak]

_LOG = logging.getLogger(__name__)

SECONDS = float(os.environ.get("SPACE_SOAK_SECONDS", "1200"))
FEEDS = ("events.ics", "events.geojson", "posts.atom")
PAGES = ("", "events", "calendar", "map", "blog")
PEOPLE = ("Aiko", "Olu", "Lena", "Noor", "Pavati", "Admin")
REVIEWERS = ("Pavati", "Admin")
MORE = ("Ama", "Bo", "Chi", "Dag")
TITLES = (
    *(f"Space/Events/Walk {number}" for number in range(24)),
    *(f"Space/Blog/News {number}" for number in range(12)),
)
KILL_EVERY, KILL_AFTER = 40.0, 100
"""Seconds, and requests of both, before one is killed: else a slow machine would only
see how they begin."""
WEATHER, CALM = 6.0, 120
"""Seconds that a fault lasts, or that there is none; and requests of one time in five
without one: as many as a run has, which may take longer."""
LONGEST = 100.0
"""Seconds of a calm, or between two kills, in which bots ask little."""
FAULTS = (
    (SILENT, DRIP_BODY, RESET, TRUNCATED, EMPTY, HTML, REDIRECT),
    (*STATUSES, *REFUSED),
    AFTER_ACTING,
)
"""Of each kind as often, whatever their number."""
VERDICTS = ("approve", "approve", "approve", "changes", "decline")
FIRST = datetime.now(UTC) + timedelta(days=3)


class Crowd:
    """Ten people who edit, judge, delete, restore and move pages of ours at random."""

    def __init__(self, sandbox: Sandbox, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - what happens is to happen again
        self._people = [sandbox.login(name) for name in PEOPLE]
        self._people += [_account(sandbox, name) for name in MORE]
        self._reviewers = [sandbox.login(name) for name in REVIEWERS]
        self._admin = sandbox.login("Admin")
        self._revisions: dict[str, int] = {}
        self.saved: set[int] = set()
        self.done: dict[str, int] = {}

    def act(self) -> None:
        """Something happens; what the wiki refuses has not happened."""
        acts: list[Callable[[], object]] = [self._edit] * 5
        acts += [self._judge] * 4
        acts += [self._delete, self._restore, self._move]
        act = self._random.choice(acts)
        with suppress(ApiError):
            act()
            name = act.__name__.strip("_")
            self.done[name] = self.done.get(name, 0) + 1

    def _title(self) -> str:
        return self._random.choice(TITLES)

    def _edit(self) -> None:
        title, number = self._title(), self._random.randrange(1000)
        if "/Blog/" in title:
            values = {"title": f"News {number}", "language": "en", "topics": "Maps"}
            text = write_page("post", values, f"Some ''news'', {number}.")
        else:
            start = FIRST + timedelta(hours=number)
            values = {
                "title": f"Walk {number}",
                "start": start.strftime("%Y-%m-%d %H:%M"),
                "timezone": self._random.choice(("Asia/Kolkata", "Africa/Accra")),
                "city": self._random.choice(("Kolkata", "Accra", "Lagos")),
                "coordinates": f"{number % 60}.5, {number % 90}.25",
                "country": self._random.choice(("IN", "GH")),
            }
            text = write_page("event", values, f"Join us, {number}.")
        person = self._random.choice(self._people)
        self._revisions[title] = person.edit(title, text).get("newrevid", 0)
        self.saved.add(self._revisions[title])

    def _judge(self) -> None:
        if not self._revisions:
            return
        title = self._random.choice(sorted(self._revisions))
        verdict = self._random.choice(VERDICTS)
        text = (
            f"== Review ==\n{{{{subst:Space {verdict}|rev={self._revisions[title]}}}}}"
        )
        reviewer = self._random.choice(self._reviewers)
        said = reviewer.post(
            action="edit", title=f"Talk:{title}", appendtext=f"\n{text}"
        )
        self.saved.add(said["edit"].get("newrevid", 0))

    def _delete(self) -> None:
        self._admin.post(action="delete", title=self._title(), reason="Soak")

    def _restore(self) -> None:
        self._admin.post(action="undelete", title=self._title(), reason="Soak")

    def _move(self) -> None:
        title = self._title()
        there = {"from": title, "to": f"{title} moved"}
        if self._random.random() < 0.5:
            there = {"from": f"{title} moved", "to": title}
        self._admin.post(action="move", reason="Soak", movetalk=1, **there)


def _account(sandbox: Sandbox, name: str) -> Client:
    admin = sandbox.login("Admin")
    admin.post(
        action="createaccount",
        token=None,
        createtoken=admin.token("createaccount"),
        createreturnurl=sandbox.api_url,
        username=name,
        password=PASSWORD,
        retype=PASSWORD,
    )
    return sandbox.anonymous().login(name)


class Weather:
    """What is in the way of the bots: some fault, then nothing, in turn."""

    def __init__(self, proxy: FaultProxy, seed: int) -> None:
        self._proxy = proxy
        self._random = Random(seed)  # noqa: S311 - what happens is to happen again
        self._since = -WEATHER
        self._asked = 0
        self._is_calm = self._is_long = False
        self.faults: Counter[str] = Counter()

    def turn(self, now: float) -> None:
        """Change, if it lasted for long enough."""
        is_working = self._is_long and self._proxy.count() < self._asked + CALM
        if now < self._since + (LONGEST if is_working else WEATHER):
            return
        self._since, self._asked = now, self._proxy.count()
        self._is_calm = not self._is_calm
        self._is_long = self._is_calm and self._random.random() < 0.2
        self._proxy.heal()
        if not self._is_calm:
            fault = self._random.choice(self._random.choice(FAULTS))
            concerns = self._random.choice(
                ((), (Concern.READ,), (Concern.EDIT,), (Concern.TOKEN, Concern.SIGN_IN))
            )
            self._proxy.fail(fault, *concerns)
            self.faults[fault.name] += 1

    def clear_up(self) -> None:
        """Let nothing be in the way any more."""
        self._proxy.heal()


class Watchers:
    """Two processes that watch, as while a new pod begins and an old one ends.

    Who ends by itself is started again, as Toolforge does.
    """

    def __init__(self, product: Product, wiki_url: str) -> None:
        folder = product.wiki.place.folder / "run"
        self.services = Service("watch-1", folder), Service("watch-2", folder)
        self._environment = product.environment | {"SPACE_WIKI_URL": wiki_url}
        self.ended = self.killed = 0

    def look_after(self) -> None:
        """Start those that do not run."""
        for service in self.services:
            if not service.process:
                service.stop()
                command = [sys.executable, "-m", "bots", "watch"]
                service.start(command, self._environment)
                self.ended += 1

    def kill_one(self) -> None:
        """End one of them at once, whatever it is at."""
        service = self.services[self.killed % 2]
        number = service.process
        if number:
            os.killpg(number, signal.SIGKILL)
        service.stop()
        self.killed += 1

    def stop(self) -> None:
        """Let both end as they do on a deploy."""
        for service in self.services:
            service.stop()

    @property
    def logs(self) -> str:
        """What both said."""
        return "".join(each.log.read_text("utf-8") for each in self.services)


@pytest.fixture
def proxy(fresh_wiki: Sandbox) -> Iterator[FaultProxy]:
    parts = urlsplit(fresh_wiki.api_url)
    with FaultProxy(f"{parts.scheme}://{parts.netloc}").serving() as serving:
        yield serving


@pytest.fixture
def watchers(indexed_wiki: Product, proxy: FaultProxy) -> Iterator[Watchers]:
    path = urlsplit(indexed_wiki.wiki.place.api_url).path
    found = Watchers(indexed_wiki, proxy.url + path)
    yield found
    found.stop()


def served(product: Product) -> dict[str, str]:
    """What readers get of each feed and page."""
    found = {}
    for path in (*(f"feeds/{feed}" for feed in FEEDS), *PAGES):
        with urlopen(f"{product.wiki.place.tool_url}/{path}", timeout=30) as answer:  # noqa: S310
            text = answer.read().decode()
        found[path] = re.sub(r'nonce="[^"]*"|name="token" value="[^"]*"', "", text)
    return found


def written(sandbox: Sandbox) -> dict[str, str]:
    """All pages of the bot, by title."""
    reader = sandbox.anonymous()
    pages = reader.get(
        action="query",
        list="allpages",
        apnamespace=2,
        apprefix="SpaceBot/Space/",
        aplimit="max",
    )["query"]["allpages"]
    texts = ((page["title"], reader.text(page["title"]) or "") for page in pages)
    return {title: hashlib.sha256(text.encode()).hexdigest() for title, text in texts}


def different(before: dict[str, str], after: dict[str, str]) -> set[str]:
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)}


def settle(sandbox: Sandbox, watchers: Watchers) -> None:
    """Wait until the bots have written nothing for longer than a page may wait."""
    seen, since = None, time.monotonic()
    while time.monotonic() < since + QUIET:
        watchers.look_after()
        now = written(sandbox)
        if now != seen:
            seen, since = now, time.monotonic()
        time.sleep(5)


QUIET = 80.0


def missing(sandbox: Sandbox, saved: set[int]) -> set[int]:
    """Revisions of people that the wiki has neither on a page nor among the deleted."""
    admin, left = sandbox.login("Admin"), sorted(saved - {0})
    found: set[int] = set()
    for start in range(0, len(left), 50):
        ids = "|".join(map(str, left[start : start + 50]))
        pages = admin.get(
            action="query",
            prop="revisions|deletedrevisions",
            revids=ids,
            rvprop="ids",
            drvprop="ids",
            drvlimit="max",  # of deleted ones it gives ten even where ids are named
        )["query"]["pages"]
        for page in pages:
            for row in (*page.get("revisions", ()), *page.get("deletedrevisions", ())):
                found.add(row["revid"])
    return set(left) - found


def strange(sandbox: Sandbox) -> set[str]:
    """Titles of pages that the bot edited and that are not its own to edit."""
    edits = sandbox.anonymous().get(
        action="query",
        list="usercontribs",
        ucuser="SpaceBot",
        ucnamespace="0|1",
        uclimit="max",
    )["query"]["usercontribs"]
    here = {*TITLES, *(f"{title} moved" for title in TITLES)}
    people = here | {f"Talk:{title}" for title in here}
    return people & {row["title"] for row in edits}


def test_watch_when_the_wiki_fails_and_bots_are_killed_then_a_rebuild_is_the_same(
    indexed_wiki: Product, fresh_wiki: Sandbox, watchers: Watchers, proxy: FaultProxy
) -> None:
    crowd, product = Crowd(fresh_wiki, seed=16), indexed_wiki
    weather = Weather(proxy, seed=16)
    began, killed, asked = time.monotonic(), 0.0, 0
    while (gone := time.monotonic() - began) < SECONDS:
        asks_little = proxy.count() < asked + KILL_AFTER
        if gone > killed + (LONGEST if asks_little else KILL_EVERY):
            watchers.kill_one()
            killed, asked = gone, proxy.count()
        watchers.look_after()
        weather.turn(gone)
        crowd.act()
    weather.clear_up()
    watchers.stop()  # Who was blocked would wait for ten minutes.
    settle(fresh_wiki, watchers)
    for service in watchers.services:
        assert service.process, service.log.read_text("utf-8")[-3000:]
    watchers.stop()
    product.start_tool()
    live, pages = served(product), written(fresh_wiki)
    assert product.run_bots("run").returncode == 0
    hourly, after_hour = served(product), written(fresh_wiki)

    product.tool.stop()
    product.drop_database()
    assert product.run_bots("sync", "--full").returncode == 0
    assert product.run_bots("run").returncode == 0
    product.start_tool()
    rebuilt, after = served(product), written(fresh_wiki)
    product.tool.stop()

    _LOG.info("%d s, %d killed, %s", gone, watchers.killed, crowd.done)
    _LOG.info("%d starts, faults: %s", watchers.ended, dict(weather.faults))
    _LOG.info("%d requests, %d edits", proxy.count(), proxy.count(Concern.EDIT))
    _LOG.info(
        "left to the hour: %s %s",
        different(live, hourly),
        different(pages, after_hour),
    )
    assert "BEGIN:VEVENT" in live["feeds/events.ics"]
    assert not different(hourly, rebuilt)
    assert not different(after_hour, after)
    assert not different(live, rebuilt)
    assert not missing(fresh_wiki, crowd.saved)
    assert not strange(fresh_wiki)
    assert "Traceback" not in watchers.logs
