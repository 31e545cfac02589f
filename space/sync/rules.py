"""The rules of a sync: what it has to know of the wiki's settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from space.codec.page import RECORDS
from space.review.policy import Policy
from space.schema.kinds import load_kind
from space.settings.onwiki import REGISTRY_OFF, Settings
from space.sources.registrations import RegistrationDecisions
from space.wiki.values import PageInfo, Site

_NO_DECISIONS = RegistrationDecisions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Who keeps the ledger, where records may be, and how they are reviewed.

    `bot` and `former_bots` are account names, `root` is the title above all pages of
    Space, `namespaces` are those in which pages may be records. A series asks to be
    confirmed after `confirm_months`. Authors are promised a review within
    `promised_days`. `registry` is the setting about registered events, and
    `registrations` what reviewers decided on them, and `calendars` the names of public
    calendars whose events are listed.
    """

    bot: str
    root: str
    namespaces: frozenset[int]
    policy: Policy
    confirm_months: int
    promised_days: int
    registry: str = REGISTRY_OFF
    registrations: RegistrationDecisions = _NO_DECISIONS
    calendars: frozenset[str] = frozenset()
    former_bots: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        settings: Settings,
        bots: Sequence[str],
        site: Site,
        root: str,
        registrations: RegistrationDecisions = _NO_DECISIONS,
    ) -> "Rules":
        """The rules that a wiki's settings make for a bot.

        `bots` are its account and then its predecessors, as the deployment names them.
        """
        bot, *former = bots
        return cls(
            bot=bot,
            root=root,
            namespaces=settings.namespace_ids(site),
            policy=Policy.of_settings(settings),
            confirm_months=settings.confirm_months,
            promised_days=settings.promised_days,
            registry=settings.registry,
            registrations=registrations,
            calendars=frozenset(each.name for each in settings.calendars),
            former_bots=tuple(former),
        )

    @property
    def bots(self) -> tuple[str, ...]:
        """The accounts whose ledgers are believed, our own first."""
        return (self.bot, *self.former_bots)

    @property
    def homes(self) -> tuple[str, ...]:
        """The titles under which new records are made."""
        homes = filter(None, (load_kind(kind).home for kind in RECORDS))
        return tuple(f"{self.root}/{home}" for home in homes)

    def admit(self, page: PageInfo) -> bool:
        """Whether a page may be a record: versions of translations may not."""
        return page.namespace in self.namespaces and not page.translation
