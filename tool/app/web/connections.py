"""One database connection for each request, and none between requests.

A request makes several queries, and connecting costs more than a query. But ToolsDB
wants no idle connections (phabricator.wikimedia.org/T320657), so those of a request
are closed when its response was sent.
"""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.wsgi import ClosingIterator

from space.store import StoreReader


def init_app(app: Flask, store: StoreReader) -> None:
    """Wrap the application in a scope of connections, if the store has such scopes."""
    pool = store.scoped_pool
    if pool is None:
        return
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        scope = pool.open_scope()
        try:
            body: Iterable[bytes] = inner(environ, start_response)
        except BaseException:
            scope.close()
            raise
        is_file = isinstance(body, environ.get("wsgi.file_wrapper", ()))
        if is_file:
            scope.close()  # a server only sends a file well that it gets as it is
            return body
        return ClosingIterator(body, scope.close)

    app.wsgi_app = answer  # type: ignore[method-assign]
