"""Pages as they are when nothing was made before."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from space.store.queries.publications import Publications
from tool.app.web.http_cache import HttpCache
from tool.app.web.kept_html import KeptHtml


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Have every part of a page made, and every row of the store read."""
    with (
        patch.object(KeptHtml, "_known", lambda *_: None),
        patch.object(Publications, "_known", lambda *_: None),
    ):
        yield


@contextmanager
def nothing_stored() -> Iterator[None]:
    """Have every answer made anew, of nothing that was made before."""
    with (
        nothing_kept(),
        patch.object(HttpCache, "_known", lambda *_: None),
        patch.object(HttpCache, "_store", lambda *_: None),
    ):
        yield
