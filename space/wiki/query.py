"""A question to another wiki's API, of which only the answer matters."""

from collections.abc import Mapping
from typing import Any, Protocol


class Ask(Protocol):
    """Asks; raises `WikiUnavailableError` where there is no answer, or a refusal."""

    def __call__(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        """The answer to the parameters, in the form of `formatversion=2`."""
        ...
