"""What the store remembers for the next sync, beside records and sources.

All of it only saves requests: without it the wiki is asked again.
"""

import json
from dataclasses import dataclass, field
from typing import Self

from space.notes import Notes

NAME = "sync"


@dataclass(slots=True)
class Memory:
    """How far pages were read that have no entry in the ledger, or an older one.

    `bystanders` are pages that transclude our templates through another page and
    are no records: page id → revision. `talk` are talk pages read without news:
    record's page id → revision of the talk page.
    """

    bystanders: dict[int, int] = field(default_factory=dict)
    talk: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls, notes: Notes) -> Self:
        """What was kept last."""
        kept = json.loads(notes.note(NAME) or "{}")
        return cls(
            **{
                name: {int(page): int(revision) for page, revision in known.items()}
                for name, known in kept.items()
            }
        )

    def write(self, notes: Notes) -> None:
        """Keep it for the next time."""
        kept = {"bystanders": self.bystanders, "talk": self.talk}
        notes.set_note(NAME, json.dumps(kept, separators=(",", ":")))
