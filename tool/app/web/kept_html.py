"""HTML of parts of pages, kept by all that it is made of.

After a change of the store every page is made anew, and nearly all of its parts are as
they were. A part is made by a macro of its arguments, one of which says by its `key`
what it is made of, and of what it may ask for besides: those of `_Reader`. What any of
them changes is another part, so that nothing that is kept can be out of date.
"""

from collections.abc import Callable, Hashable
from hashlib import sha256
from sys import getsizeof
from threading import Lock
from typing import NamedTuple, Protocol

from cachetools import LRUCache
from flask import Flask, g, request
from markupsafe import Markup

from space.wiki.urls import Urls
from tool.app.services import services
from tool.app.web.language import PARAMETER, translator

SIZE = 2**23  # octets of all parts, without their keys
_KEY = 500  # octets that a key takes, more or less


class Macro(Protocol):
    """A macro of a template."""

    name: str

    def __call__(self, *arguments: object) -> Markup:
        """The HTML of some arguments."""


class Part(Protocol):
    """What a part of a page shows."""

    @property
    def key(self) -> Hashable | None:
        """All that its HTML follows from; None for what is not to be kept."""


class _Reader(NamedTuple):
    """What parts of pages ask for besides their arguments."""

    language: str
    zone: str | None
    asked: str | None
    topics: list[tuple[str, str]]
    addresses: Urls
    root: str

    @classmethod
    def current(cls, language: str, zone: str | None) -> "_Reader":
        """That of the current request."""
        topics = services().store.topics()
        return cls(
            language,
            zone,
            request.args.get(PARAMETER),
            [*topics.labels.items(), *topics.slugs.items()],
            services().facts.addresses(),
            request.root_path,
        )

    @property
    def digest(self) -> bytes:
        """The same, shorter."""
        return sha256(repr(self).encode()).digest()


class KeptHtml:
    """The parts that an application made, the least recently used of which leave."""

    def __init__(self, zone: Callable[[], str | None]) -> None:
        """None; `zone` tells by which clocks the current reader goes."""
        self._parts: LRUCache[Hashable, Markup] = LRUCache(
            SIZE, getsizeof=lambda part: getsizeof(part) + _KEY
        )
        self._lock = Lock()
        self._zone = zone

    def part(self, macro: Macro, shown: Part, *arguments: Hashable) -> Markup:
        """The HTML that a macro makes of what is shown and of other arguments."""
        own = shown.key
        if own is None:
            return macro(shown, *arguments)
        key = (macro.name, own, arguments, self._reader())
        part = self._known(key)
        if part is None:
            part = macro(shown, *arguments)
            with self._lock:
                self._parts[key] = part
        return part

    def _known(self, key: Hashable) -> Markup | None:
        with self._lock:
            return self._parts.get(key)

    def _reader(self) -> bytes:
        """What the current request gives to all parts."""
        known: dict[tuple[str, str | None], bytes] | None = g.get("kept_for")
        if known is None:
            known = g.kept_for = {}
        own = translator().language, self._zone()
        if own not in known:
            known[own] = _Reader.current(*own).digest
        return known[own]


def init_app(app: Flask, zone: Callable[[], str | None]) -> None:
    """Offer `kept(macro, shown, *arguments)` to templates."""
    app.jinja_env.globals["kept"] = KeptHtml(zone).part
