"""gunicorn's logs as lines of logfmt."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gunicorn.glogging import SafeAtoms

from space.text.logfmt import value, without_secrets

FORMAT = (
    "time=%(t)s level=info from=access msg=%(m)s path=%(U)s status=%(s)s "
    "bytes=%(B)s seconds=%(L)s request=%({space.request}e)s"
)
"""No address, no user agent, no query: what people search for is theirs."""


class LogfmtAtoms(SafeAtoms):  # type: ignore[misc]  # gunicorn has no types
    """The values of a line, each as logfmt wants it; the path as people wrote it."""

    def __init__(self, atoms: Mapping[str, Any]) -> None:
        super().__init__({})
        self.update(atoms)
        self["t"] = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        if isinstance(path := atoms.get("U"), str):
            self["U"] = without_secrets(_as_written(path))
        for name, content in self.items():
            if isinstance(content, str):
                self[name] = value(content)


def _as_written(path: str) -> str:
    """A path of WSGI, which has its bytes as the characters of Latin-1 (PEP 3333)."""
    return path.encode("latin-1", "replace").decode(errors="replace")
