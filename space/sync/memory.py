"""What a sync read and the ledger does not have, from one run to the next."""

from dataclasses import asdict, dataclass, field
from typing import Self

from space.store.keys import SYNC_MEMORY
from space.store.reader import StoreReader
from space.store.store import Store


@dataclass(slots=True)
class Memory:
    """How far pages were read that have no entry in the ledger, or an older one.

    `bystanders` are pages that transclude our templates through another page and
    are no records: page id → revision. `talk` are talk pages read without news:
    record's page id → revision of the talk page. `addresses` are those in the queue
    that the list of spam was asked about on the UTC day `asked`: address → 1 if it is
    on the list, else 0.
    """

    bystanders: dict[int, int] = field(default_factory=dict)
    talk: dict[int, int] = field(default_factory=dict)
    asked: str = ""
    addresses: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, store: StoreReader) -> Self:
        """What was kept last."""
        data = store.value(SYNC_MEMORY) or {}
        return cls(
            bystanders=_numbers(data.get("bystanders", {})),
            talk=_numbers(data.get("talk", {})),
            asked=data.get("asked", ""),
            addresses=data.get("addresses", {}),
        )

    def write(self, store: Store) -> None:
        """Keep it for the next time."""
        store.set_value(SYNC_MEMORY, asdict(self))


def _numbers(data: dict[str, int]) -> dict[int, int]:
    return {int(page): revision for page, revision in data.items()}
