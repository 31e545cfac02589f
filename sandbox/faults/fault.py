"""One way in which a wiki, or what stands before it, fails."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.faults.wire import Wire

_AFTER = "-after-acting"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by its name, as it is typed.

    Attributes:
        name: how it is called in commands, tests and docs/faults.md.
        means: what happens, as part of a sentence.
        answer: writes what is sent; None lets the wiki's own answer through.
        acts: whether the wiki gets the request first, and its answer is lost.
        hangs: whether the answer takes longer than anybody waits.
        waits: whether the answer comes as late as that of a slow wiki.
    """

    name: str
    means: str
    answer: Callable[[Wire], None] | None
    acts: bool = False
    hangs: bool = False
    waits: bool = False

    def after_acting(self) -> "Fault":
        """The same fault of a wiki that did what it was asked to."""
        means = f"{self.means}, after the wiki has acted"
        return replace(self, name=f"{self.name}{_AFTER}", means=means, acts=True)

    def __str__(self) -> str:
        """The name."""
        return self.name
