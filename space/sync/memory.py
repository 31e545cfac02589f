"""The memory of syncs: what they read and left of which the ledger has nothing."""

from dataclasses import dataclass, field, fields
from typing import Self

from space.review.ledger import block_of
from space.store.keys import SYNC_MEMORY
from space.store.reader import StoreReader
from space.store.store import Store


@dataclass(slots=True)
class Memory:
    """Revisions read of pages that the ledger does not have, or has as of an older one.

    `bystanders` are pages that are no records, but transclude a template of ours
    through another page: page id → revision. `talk` are talk pages that were read and
    had nothing for the ledger: the record's page id → revision of its talk page.
    `addresses` are those in the queue about which the spam list was asked on `asked`, a
    UTC day in ISO 8601: address → 1 if it is forbidden, else 0. `withheld` are ids of
    pages whose record lacks people known by a hidden account. `policy` is the one under
    which pages were decided on. `failed` are ids of pages that were left as they were,
    `frozen` numbers of the ledger's blocks whose pages were: what was new about them
    may be older than what the next incremental sync reads.
    """

    bystanders: dict[int, int] = field(default_factory=dict)
    talk: dict[int, int] = field(default_factory=dict)
    asked: str = ""
    withheld: tuple[int, ...] = ()
    addresses: dict[str, int] = field(default_factory=dict)
    policy: dict[str, str] = field(default_factory=dict)
    failed: tuple[int, ...] = ()
    frozen: tuple[int, ...] = ()

    @classmethod
    def read(cls, store: StoreReader) -> Self:
        """The memory as the last sync stored it; empty if there was none."""
        data = store.value(SYNC_MEMORY) or {}
        return cls(
            bystanders=_numbers(data.get("bystanders", {})),
            talk=_numbers(data.get("talk", {})),
            asked=data.get("asked", ""),
            withheld=tuple(data.get("withheld", ())),
            addresses=data.get("addresses", {}),
            policy=data.get("policy", {}),
            failed=tuple(data.get("failed", ())),
            frozen=tuple(data.get("frozen", ())),
        )

    def left(self, page: int) -> bool:
        """Whether the last sync left the page as it was, whatever was new about it."""
        return page in self.failed or block_of(page) in self.frozen

    def write(self, store: Store) -> None:
        """Store the memory for the next sync."""
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        store.set_value(SYNC_MEMORY, own)


def _numbers(data: dict[str, int]) -> dict[int, int]:
    return {int(page): revision for page, revision in data.items()}
