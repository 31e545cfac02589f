"""The bot with a store of its own at the wiki of a driver, for tests of review."""

from dataclasses import replace
from typing import Self

from sqlalchemy import Engine

from sandbox.accounts import BOT
from space.review.policy import Policy
from space.store import Store
from space.sync import Rules, SyncReport, sync
from space.wiki.urls import Urls
from tests.support.store.memory import memory_engine
from tests.support.wiki.drivers import SandboxDriver

RULES = Rules(
    bot=BOT.name,
    root="Space",
    namespaces=frozenset({0, 1728}),
    policy=Policy(),
    confirm_months=12,
    promised_days=3,
)


class Bot:
    """Syncs a real wiki into a ledger there and a store in memory."""

    def __init__(self, driver: SandboxDriver, policy: Policy | None = None) -> None:
        self.driver = driver
        self.rules = replace(RULES, policy=policy or RULES.policy)
        self.engine: Engine = memory_engine()
        addresses = Urls.of(
            driver.wiki.site(),
            public_url="https://space.example.org",
            commons_url="https://commons.wikimedia.org/w/api.php",
        )
        self.store = Store(self.engine, addresses)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.engine.dispose()

    def sync(self, *, full: bool = False) -> SyncReport:
        """One run."""
        self.driver.sandbox.run_jobs()
        return sync(
            self.driver.wiki,
            self.store,
            self.rules,
            now=self.driver.now(),
            save=self.driver.wiki.save,
            summary="Ledger",
            full=full,
        )

    @property
    def published(self) -> dict[str, int]:
        """What readers see: title → revision."""
        return {
            record.page_title: record.publication.revision
            for record in self.store.records.all()
            if record.publication
        }
