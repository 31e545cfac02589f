"""The sandbox wiki as tests use it."""

import fcntl
import html
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from sandbox.accounts import ACCOUNTS, PASSWORD, SandboxAccount
from sandbox.client import TIMEOUT, Client
from sandbox.gateway.service import GatewayService
from sandbox.place import HOST, SandboxPlace, place_from
from sandbox.wiki import SandboxWiki

SIDE_BY_SIDE = 8  # test runs that may share one base folder


class Sandbox:
    """A running wiki, its people, and the ways to change what it does."""

    def __init__(self, place: SandboxPlace) -> None:
        self.place = place
        self.wiki = SandboxWiki(place, comments_on_pages=False)
        self.gateway = GatewayService(place)
        self.password = PASSWORD
        self.accounts: dict[str, SandboxAccount] = {a.name: a for a in ACCOUNTS}
        self._clients: list[Client] = []
        self._kept: set[str] = set()

    @property
    def api_url(self) -> str:
        return self.place.api_url

    @property
    def index_url(self) -> str:
        return self.place.index_url

    def start(self) -> None:
        """Bring the wiki up in its known state, whatever an ended run left."""
        self.stop()
        if not (self.place.tree / "index.php").exists() or not self.wiki.is_prepared:
            self.wiki.remove()
        self.wiki.start()
        self.wiki.restore()
        self.gateway.start()

    def stop(self) -> None:
        self._close_clients()
        self.gateway.stop()
        self.wiki.stop()

    def restore(self) -> None:
        """Back to the known state; sessions and tokens of before are void."""
        self._close_clients()
        self.wiki.restore()

    def bring_to(self, state: str, make: Callable[[], object]) -> None:
        """From the known state into another: made once a run, restored from then on."""
        snapshot = f"snapshot-{state}"
        if state in self._kept:
            self._close_clients()
            self.wiki.restore(snapshot)
            return
        make()
        self.wiki.take_snapshot(snapshot)
        self._kept.add(state)

    def run_jobs(self) -> None:
        """Run the waiting jobs now; none runs by itself in tests."""
        self.wiki.run_jobs()

    def switch(self, **settings: Any) -> None:
        """Turn `$wg…` settings until the next `switch` or `restore`."""
        self.wiki.switch(settings)

    def add_filter(self, name: str, rules: str, *actions: str, most: int = 0) -> None:
        """Add an AbuseFilter that does `warn` or `disallow`, by the wiki's own form.

        With `throttle` it does so only after `most` edits of a user in an hour.
        """
        admin = self.login("Admin")
        answer = admin.session.post(
            self.index_url,
            data={
                "title": "Special:AbuseFilter/new",
                "wpEditToken": self._filter_token(admin),
                "wpFilterDescription": name,
                "wpFilterRules": rules,
                "wpFilterEnabled": "1",
                **{f"wpFilterAction{each.capitalize()}": "1" for each in actions},
                "wpFilterThrottleCount": str(most),
                "wpFilterThrottlePeriod": "3600",
                "wpFilterThrottleGroups": "user",
                "wpFilterWarnMessage": "abusefilter-warning",
                "wpFilterDisallowMessage": "abusefilter-disallowed",
            },
            timeout=TIMEOUT,
        )
        if "result=success" not in answer.url:
            raise RuntimeError(f"The filter was refused: {answer.text[:2000]}")

    def _filter_token(self, admin: Client) -> str:
        """The form of a new filter has a token of its own."""
        form = admin.session.get(
            self.index_url, params={"title": "Special:AbuseFilter/new"}, timeout=TIMEOUT
        )
        found = re.search(
            r'name="wpEditToken"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="wpEditToken"',
            form.text,
        )
        if found is None:
            raise RuntimeError("The wiki shows no form for a new filter")
        return html.unescape(found[1] or found[2])

    def anonymous(self) -> Client:
        client = Client(self.api_url)
        self._clients.append(client)
        return client

    def login(self, name: str) -> Client:
        """A client signed in as one of the accounts."""
        return self.anonymous().login(name, self.accounts[name].password)

    def _close_clients(self) -> None:
        while self._clients:
            self._clients.pop().session.close()


@contextmanager
def claim_place() -> Iterator[SandboxPlace]:
    """A folder that no other test run uses now, and ports that are free."""
    base = place_from()
    base.base.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        for number in range(1, SIDE_BY_SIDE + 1):
            name = "tests" if number == 1 else f"tests-{number}"
            path = base.base / f"{name}.lock"
            lock = stack.enter_context(path.open("w", encoding="utf-8"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            wiki, gateway, tool = free_ports(3)
            yield replace(
                base, name=name, wiki_port=wiki, gateway_port=gateway, tool_port=tool
            )
            return
        raise RuntimeError(f"{SIDE_BY_SIDE} test runs use {base.base} already")


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody uses now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]
