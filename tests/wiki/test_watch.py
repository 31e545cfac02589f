"""Two processes that watch, while ten people write and one process is killed.

`make soak` goes on for twenty minutes, `SPACE_SOAK_SECONDS` for as long as it says.
"""

import hashlib
import logging
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.request import urlopen

import pytest

from sandbox.accounts import PASSWORD
from sandbox.client import ApiError, Client
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

    def _judge(self) -> None:
        if not self._revisions:
            return
        title = self._random.choice(sorted(self._revisions))
        verdict = self._random.choice(VERDICTS)
        text = (
            f"== Review ==\n{{{{subst:Space {verdict}|rev={self._revisions[title]}}}}}"
        )
        reviewer = self._random.choice(self._reviewers)
        reviewer.post(action="edit", title=f"Talk:{title}", appendtext=f"\n{text}")

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


@pytest.fixture
def watchers(indexed_wiki: Product) -> Iterator[tuple[Service, Service]]:
    """Two processes that watch, as while a new pod begins and an old one ends."""
    folder = indexed_wiki.wiki.place.folder / "run"
    found = Service("watch-1", folder), Service("watch-2", folder)
    for service in found:
        start(indexed_wiki, service)
    yield found
    for service in found:
        service.stop()


def start(product: Product, service: Service) -> None:
    service.start([sys.executable, "-m", "bots", "watch"], product.environment)


def kill(service: Service) -> None:
    """End a process at once, whatever it is at."""
    number = service.process
    assert number, service.log.read_text("utf-8")[-2000:]
    os.killpg(number, signal.SIGKILL)
    service.stop()


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


def settle(sandbox: Sandbox) -> None:
    """Wait until the bots have written nothing for longer than a page may wait."""
    seen, since = None, time.monotonic()
    while time.monotonic() < since + QUIET:
        now = written(sandbox)
        if now != seen:
            seen, since = now, time.monotonic()
        time.sleep(5)


QUIET = 80.0


def test_watch_when_two_run_and_one_is_killed_then_a_rebuild_is_the_same(
    indexed_wiki: Product, fresh_wiki: Sandbox, watchers: tuple[Service, Service]
) -> None:
    crowd, product = Crowd(fresh_wiki, seed=16), indexed_wiki
    began = time.monotonic()
    killed = 0
    while (gone := time.monotonic() - began) < SECONDS:
        if gone > SECONDS / 4 * (killed + 1):
            kill(watchers[killed % 2])
            start(product, watchers[killed % 2])
            killed += 1
        crowd.act()
    settle(fresh_wiki)
    for service in watchers:
        assert service.process, service.log.read_text("utf-8")[-3000:]
        service.stop()
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

    _LOG.info("%d s, %d killed, %s", gone, killed, crowd.done)
    _LOG.info(
        "left to the hour: %s %s",
        different(live, hourly),
        different(pages, after_hour),
    )
    assert "BEGIN:VEVENT" in live["feeds/events.ics"]
    assert not different(hourly, rebuilt)
    assert not different(after_hour, after)
    assert not different(live, rebuilt)
