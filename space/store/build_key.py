"""The build key: a hash of all that feeds are made from but the wiki and the day.

Output is a function of (wiki, UTC day, build key). Another key means that all pages
are read and rendered again (`space.store.Store.prepare`).
"""

import hashlib
import unicodedata
from dataclasses import astuple
from functools import cache
from importlib import metadata
from pathlib import Path

from space.schema.kinds import fingerprint
from space.wiki.urls import Urls

LIBRARIES = ("ada-url", "babel", "icalendar", "nh3", "tzdata")
PACKAGES = (
    *("codec", "dates", "feeds", "imports", "publication", "review", "schema"),
    *("settings", "sources", "store", "sync", "text", "wiki"),
)
"""The packages of `space` whose code decides what a record, a fragment or a row is."""

version = cache(metadata.version)
"""The release of an installed library; to read five takes most of a key's time."""

_SPACE = Path(__file__).resolve().parent.parent


def build_key(addresses: Urls) -> str:
    """A SHA-256 of schemas, code, libraries, zones and addresses, in hex."""
    parts = (
        fingerprint(),
        code_fingerprint(_SPACE),
        *(f"{name} {version(name)}" for name in LIBRARIES),
        unicodedata.unidata_version,
        *astuple(addresses),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def code_fingerprint(folder: Path) -> str:
    """A SHA-256 of the modules and tables of `PACKAGES`, by name and text, in hex."""
    digest = hashlib.sha256()
    for path in sorted(
        path for name in PACKAGES for path in (folder / name).rglob("*")
    ):
        if path.suffix in {".py", ".json"}:
            name, text = path.relative_to(folder), path.read_bytes()
            digest.update(f"{name.as_posix()}\n{len(text)}\n".encode())
            digest.update(text)
    return digest.hexdigest()
