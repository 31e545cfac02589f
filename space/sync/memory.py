"""The memory of syncs: revisions that were read and have no entry in the ledger."""

from dataclasses import asdict, dataclass, field
from typing import Self

from space.store.keys import SYNC_MEMORY
from space.store.reader import StoreReader
from space.store.store import Store


@dataclass(slots=True)
class Memory:
    """Revisions read of pages that the ledger does not have, or has as of an older one.

    `bystanders` are pages that are no records, but transclude a template of ours
    through another page: page id → revision. `talk` are talk pages that were read and
    had no verdict: the record's page id → revision of its talk page. `addresses` are
    those in the queue about which the spam list was asked on `asked`, a UTC day in ISO
    8601: address → 1 if it is forbidden, else 0. `withheld` are ids of pages whose
    record lacks people known by a hidden account.
    """

    bystanders: dict[int, int] = field(default_factory=dict)
    talk: dict[int, int] = field(default_factory=dict)
    asked: str = ""
    withheld: tuple[int, ...] = ()
    addresses: dict[str, int] = field(default_factory=dict)

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
        )

    def write(self, store: Store) -> None:
        """Store the memory for the next sync."""
        store.set_value(SYNC_MEMORY, asdict(self))


def _numbers(data: dict[str, int]) -> dict[int, int]:
    return {int(page): revision for page, revision in data.items()}
