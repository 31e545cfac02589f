"""Small texts that are kept between runs."""

from typing import Protocol


class Notes(Protocol):
    """Where texts are kept between runs: `space.store.Store`."""

    def note(self, name: str) -> str | None:
        """What was noted under a name of at most 64 characters."""
        ...

    def set_note(self, name: str, value: str | None) -> None:
        """Note something; None forgets it."""
        ...
