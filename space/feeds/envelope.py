"""What stands round and between the fragments of a feed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """The beginning and the end of a feed, and what parts its fragments."""

    before: str
    after: str
    between: str = ""

    def around(self, texts: Iterable[str]) -> Iterator[str]:
        """A whole feed, in pieces, of fragments in their order."""
        yield self.before
        parting = ""
        for text in texts:
            yield f"{parting}{text}"
            parting = self.between
        yield self.after

    def length(self, count: int, octets: int) -> int:
        """The octets of a whole feed of so many fragments, which have `octets`."""
        before, after, between = (
            len(text.encode()) for text in (self.before, self.after, self.between)
        )
        return before + octets + between * max(0, count - 1) + after
