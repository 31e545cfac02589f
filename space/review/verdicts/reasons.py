"""Standard reasons of verdicts, which a reviewer ticks or names instead of typing them.

    {{subst:Space decline|rev=5|because=duplicate|duplicate of=Space/Events/A}}

The wiki's module puts the text of each, in the language of the page, before what was
typed, so that the screen and the wiki's own links leave the same bytes.
"""

from collections.abc import Collection
from dataclasses import dataclass

from space.review.model import VerdictKind
from space.schema.kinds import load_kind

BECAUSE, DUPLICATE_OF = "because", "duplicate of"
"""Parameters of the templates that are substituted; no verdict line keeps them."""


@dataclass(frozen=True, slots=True)
class StandardReason:
    """A standard reason: the verdict it is for, and the kinds of page that it suits."""

    name: str
    verdict: VerdictKind
    kinds: tuple[str, ...]

    @property
    def message_key(self) -> str:
        """The message that the page's authors read."""
        return f"wiki-review-reason-{self.name}"

    @property
    def names_page(self) -> bool:
        """Whether it may name another page."""
        return self.name == "duplicate"


def reasons_for(kind: str) -> tuple[StandardReason, ...]:
    """The standard reasons for a post or an event, in the order of the schema."""
    every = load_kind("verdict").document["x-reasons"]
    return tuple(
        StandardReason(each["name"], VerdictKind(each["verdict"]), tuple(each["kinds"]))
        for each in every
        if kind in each["kinds"]
    )


def chosen_reasons(kind: str, names: Collection[str]) -> tuple[StandardReason, ...]:
    """Those reasons for a post or an event that have one of the names."""
    return tuple(reason for reason in reasons_for(kind) if reason.name in names)
