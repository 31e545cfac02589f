"""What happens on a wiki beside the port under test, on the in-memory and a real one.

Both drivers have the people of the sandbox; `user` is whom the port acts for. What a
driver is told to change (`read_only`, `rate_limit`, …) holds until `calm`.
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sandbox.accounts import ACCOUNTS, BOT
from sandbox.client import Client
from sandbox.settings import OAUTH_SIGN_IN, PASSWORD_SIGN_IN
from space.settings.environment import BotConfig
from space.wiki.outcomes import Saved
from space.wiki.port import Wiki
from space.wiki.values import Edit
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.wiki.sandbox import Sandbox


class WikiDriver(Protocol):
    wiki: Wiki
    user: str

    def now(self) -> datetime: ...
    def write(self, title: str, text: str, by: str = "Lena") -> int: ...
    def move(self, old: str, new: str) -> None: ...
    def delete(self, title: str) -> None: ...
    def undelete(self, title: str) -> None: ...
    def hide(self, revid: int, *, user: bool = False) -> None: ...
    def patrol(self, revid: int, by: str = "Pavati") -> None: ...
    def protect(self, title: str) -> None: ...
    def block(self, name: str, reason: str) -> None: ...
    def read_only(self, reason: str) -> None: ...
    def rate_limit(self) -> None: ...
    def spam(self, link: str) -> None: ...
    def filter(self, word: str, *, disallow: bool, description: str) -> None: ...
    def calm(self) -> None: ...


class MemoryDriver:
    def __init__(self) -> None:
        self.admin = MemoryWiki()
        for account in ACCOUNTS:
            self.admin.register(account.name, *account.groups)
        self.user = "Olu"
        self.wiki = self.admin.as_user(self.user)

    def now(self) -> datetime:
        return self.admin.advance(seconds=1)

    def write(self, title: str, text: str, by: str = "Lena") -> int:
        return self.admin.as_user(by).write(title, text).revid

    def move(self, old: str, new: str) -> None:
        self.admin.move(old, new)

    def delete(self, title: str) -> None:
        self.admin.delete(title)

    def undelete(self, title: str) -> None:
        self.admin.undelete(title)

    def hide(self, revid: int, *, user: bool = False) -> None:
        self.admin.hide(revid, user=user)

    def patrol(self, revid: int, by: str = "Pavati") -> None:
        self.admin.as_user(by).patrol(revid)

    def protect(self, title: str) -> None:
        self.admin.protect(title)

    def block(self, name: str, reason: str) -> None:
        self.admin.block(name, reason)

    def read_only(self, reason: str) -> None:
        self.admin.state.read_only = reason

    def rate_limit(self) -> None:
        self.admin.state.edits_per_minute = 1

    def spam(self, link: str) -> None:
        self.admin.state.spam.append(link)

    def filter(self, word: str, *, disallow: bool, description: str) -> None:
        self.admin.add_filter(
            re.escape(word), disallow=disallow, description=description
        )

    def calm(self) -> None:
        self.admin.state.read_only = None
        self.admin.state.edits_per_minute = None
        for account in self.admin.state.accounts.values():
            account.block = None


class SandboxDriver:
    def __init__(self, sandbox: Sandbox, wiki: Wiki, user: str) -> None:
        self.sandbox = sandbox
        self.wiki = wiki
        self.user = user
        self._clients: dict[str, Client] = {}

    def now(self) -> datetime:
        answer = self.person("Admin").get(action="query", curtimestamp=1)
        return datetime.fromisoformat(answer["curtimestamp"]).astimezone(UTC)

    def write(self, title: str, text: str, by: str = "Lena") -> int:
        return int(self.person(by).edit(title, text)["newrevid"])

    def move(self, old: str, new: str) -> None:
        self._admin(action="move", **{"from": old, "to": new})

    def delete(self, title: str) -> None:
        self._admin(action="delete", title=title)

    def undelete(self, title: str) -> None:
        self._admin(action="undelete", title=title)

    def hide(self, revid: int, *, user: bool = False) -> None:
        what = "content|user" if user else "content"
        self._admin(action="revisiondelete", type="revision", ids=revid, hide=what)

    def patrol(self, revid: int, by: str = "Pavati") -> None:
        client = self.person(by)
        client.post(action="patrol", revid=revid, token=client.token("patrol"))

    def protect(self, title: str) -> None:
        self._admin(action="protect", title=title, protections="edit=sysop")

    def block(self, name: str, reason: str) -> None:
        self._admin(action="block", user=name, reason=reason, expiry="never")

    def read_only(self, reason: str) -> None:
        self.sandbox.switch(wgReadOnly=reason)

    def rate_limit(self) -> None:
        limit = {"user": [1, 60], "&can-bypass": False}
        self.sandbox.switch(wgRateLimits={"edit": limit})

    def spam(self, link: str) -> None:
        self.person("Admin").edit("MediaWiki:Spam-blacklist", re.escape(link))

    def filter(self, word: str, *, disallow: bool, description: str) -> None:
        action = "disallow" if disallow else "warn"
        rule = f'added_lines rlike "{word}"'
        self.sandbox.add_filter(description, rule, action)

    def calm(self) -> None:
        self.sandbox.switch()
        blocked = self.person("Admin").get(action="query", list="blocks", bkprop="user")
        for row in blocked["query"]["blocks"]:
            self._admin(action="unblock", user=row["user"])

    def person(self, name: str) -> Client:
        """Somebody, signed in."""
        if name not in self._clients:
            self._clients[name] = self.sandbox.login(name)
        return self._clients[name]

    def _admin(self, **parameters: Any) -> None:
        self.person("Admin").post(**parameters)


def bot_driver(sandbox: Sandbox, home: Path, *, oauth: bool = False) -> SandboxDriver:
    """The wiki as the bot has it through pywikibot, which keeps its files in `home`.

    Signed in with its password, or by its owner-only consumer.
    """
    from bots.wiki import connect

    way = OAUTH_SIGN_IN if oauth else PASSWORD_SIGN_IN
    environment = {
        "SPACE_WIKI_URL": sandbox.api_url,
        "SPACE_ROOT": "Space",
        "SPACE_DATABASE_URL": "sqlite://",
        "SPACE_PUBLIC_URL": "https://space.example.org",
        "SPACE_BOT_USER": BOT.name,
    }
    config = BotConfig.from_environment(environment | way)
    _forget_sign_in()
    return SandboxDriver(sandbox, connect(config, home, write_delay=0), BOT.name)


def _forget_sign_in() -> None:
    """A process has one bot; here it is another one each time."""
    if "pywikibot" in sys.modules:  # It reads its folder from the environment once.
        import pywikibot
        from pywikibot.comms import http

        pywikibot.config.authenticate.clear()
        http.session.cookies.clear()


def create(driver: WikiDriver, title: str, text: str = "text") -> Saved:
    """Make a page through the port."""
    outcome = driver.wiki.save(Edit(title, text, "a summary"))
    assert isinstance(outcome, Saved), outcome
    return outcome
