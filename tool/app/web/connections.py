"""One connection to the database for a request, and none between requests.

A request asks several times, and to connect costs more than to ask. But ToolsDB wants
no connection that idles (phabricator.wikimedia.org/T320657), so those of a request are
closed when its answer is sent.
"""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.wsgi import ClosingIterator

from space.store import StoreReader


def init_app(app: Flask, store: StoreReader) -> None:
    """Stand before the application, if the store keeps connections in scopes."""
    pool = store.scoped_pool
    if pool is None:
        return
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        scope = pool.open_scope()
        try:
            body = inner(environ, start_response)
        except BaseException:
            scope.close()
            raise
        return ClosingIterator(body, scope.close)

    app.wsgi_app = answer  # type: ignore[method-assign]
