"""HTML of parts of pages, kept by all that it is made of.

After a change of the store every page is made anew, and nearly all of its parts are as
they were. A part is made by a macro of its arguments, the first of which says by its
`key` what it is made of, and of what `KeptHtml` knows of the reader. Where any of these
is another, so is the part: nothing that is kept can be out of date.
"""

from collections.abc import Callable, Hashable, Iterable
from hashlib import sha256
from sys import getsizeof
from threading import Lock
from typing import Protocol

from cachetools import LRUCache
from flask import Flask, current_app, g, request
from markupsafe import Markup

from tool.app.services import services, topics
from tool.app.web.language import PARAMETER, translator

_EXTENSION = "space-kept-html"
SIZE = 2**23  # octets of all parts, without their keys
_KEY = 500  # octets that a key takes, more or less


class Macro(Protocol):
    """A macro of a template, or what makes HTML as they do."""

    @property
    def name(self) -> str:
        """Its name, which no other one has that makes something else of the same."""

    def __call__(self, *arguments: object) -> Markup:
        """The HTML of some arguments."""


class Part(Protocol):
    """What a part of a page shows."""

    @property
    def key(self) -> Hashable | None:
        """All that its HTML follows from; None for what is not to be kept."""


def _digest(*made_of: object) -> bytes:
    """The same, shorter."""
    return sha256(repr(made_of).encode()).digest()


class KeptHtml:
    """The parts that an application made, the least recently used of which leave.

    `zone` tells by which clocks the current reader goes.
    """

    def __init__(self, zone: Callable[[], str | None]) -> None:
        self._parts: LRUCache[Hashable, Markup] = LRUCache(
            SIZE, getsizeof=lambda part: getsizeof(part) + _KEY
        )
        self._lock = Lock()
        self._zone = zone

    def part(self, macro: Macro, shown: Part | str, *arguments: Hashable) -> Markup:
        """The HTML that a macro makes of what is shown and of other arguments.

        A text is its own key.
        """
        if isinstance(shown, str):
            own: Hashable = shown
            reader = self._reader()
        elif (found := shown.key) is not None:
            own, reader = found, self._reader_of_items()
        else:
            return macro(shown, *arguments)
        return self._part((macro.name, own, arguments, reader), macro, shown)

    def parts(
        self, macro: Macro, shown: Iterable[tuple[Part, tuple[Hashable, ...]]]
    ) -> Markup:
        """The HTML of several, each with other arguments, one after the other."""
        name, reader = macro.name, self._reader_of_items()
        return Markup(  # noqa: S704 - macros escape what they show
            "".join(
                self._part((name, each.key, arguments, reader), macro, each)
                if each.key
                else macro(each, *arguments)
                for each, arguments in shown
            )
        )

    def _part(
        self,
        key: tuple[str, Hashable, tuple[Hashable, ...], bytes],
        macro: Macro,
        shown: Part | str,
    ) -> Markup:
        """What is kept by a key, made if it is not; arguments are the third of it."""
        part = self._known(key)
        if part is None:
            part = macro(shown, *key[2])
            with self._lock:
                self._parts[key] = part
        return part

    def _known(self, key: Hashable) -> Markup | None:
        try:
            with self._lock:
                return self._parts[key]
        except KeyError:
            return None

    def _reader(self) -> bytes:
        """What parts of any page ask for besides their arguments, read once."""
        if "kept_for" not in g:
            g.kept_for = _digest(
                translator().language,
                self._zone(),
                request.args.get(PARAMETER),
                services().facts.addresses(),
                request.root_path,
            )
        known: bytes = g.kept_for
        return known

    def _reader_of_items(self) -> bytes:
        """The same of what the store has, which pages of errors do without."""
        if "items_kept_for" not in g:
            known_topics = topics()
            named = [*known_topics.labels.items(), *known_topics.slugs.items()]
            g.items_kept_for = _digest(self._reader(), named)
        known: bytes = g.items_kept_for
        return known


def init_app(app: Flask, zone: Callable[[], str | None]) -> None:
    """Offer `kept(macro, shown, *arguments)` to templates."""
    kept = app.extensions[_EXTENSION] = KeptHtml(zone)
    app.jinja_env.globals["kept"] = kept.part


def kept_html() -> KeptHtml:
    """The parts of the application that answers the current request."""
    found: KeptHtml = current_app.extensions[_EXTENSION]
    return found
