"""The policy of each kind: what it takes for a text to be published."""

from dataclasses import dataclass
from typing import Self

from space.settings.onwiki import Settings

_KINDS = ("event", "post", "translation")


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings that review rests on: "review", "patrol" or "open" for each kind.

    `right` is the user right whose holders review. `corrections` says whether those of
    organizers show before a review.
    """

    post: str = "review"
    event: str = "patrol"
    right: str = "patrol"
    corrections: bool = True

    @classmethod
    def of_settings(cls, settings: Settings) -> Self:
        """The policies that a wiki's settings page names."""
        return cls(
            settings.post_policy,
            settings.event_policy,
            settings.reviewer_right,
            settings.corrections,
        )

    def of(self, kind: str) -> str:
        """The policy of a kind; that of events for their translations."""
        return self.post if kind == "post" else self.event

    def terms(self, kind: str) -> str:
        """All that decisions on a kind rest on, as the ledger has it."""
        without = "" if self.corrections or kind != "event" else " without corrections"
        return f"{self.of(kind)}{without}"

    def alike(self, kind: str) -> tuple[str, ...]:
        """The kinds whose policy is that of this kind, sorted by name."""
        return tuple(k for k in _KINDS if self.of(k) == self.of(kind))
