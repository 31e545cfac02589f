"""What the wiki's settings say, as far as reading the wiki needs to know."""

from dataclasses import dataclass

from space.review.policy import Policy
from space.wiki.values import PageInfo


@dataclass(frozen=True, slots=True)
class Rules:
    """Who keeps the ledger, where records may be, and how they are reviewed."""

    bot: str
    namespaces: frozenset[int]
    policy: Policy
    homes: tuple[str, ...] = ()
    """Titles under which new records are made."""
    former_bots: tuple[str, ...] = ()

    def admit(self, page: PageInfo) -> bool:
        """Whether a page may be a record: versions of translations may not."""
        return page.namespace in self.namespaces and not page.translation
