"""One connection to the database for a request, and none between requests.

A request asks several times, and to connect costs more than to ask. But ToolsDB wants
no connection that waits (phabricator.wikimedia.org/T320657), so those of a request are
closed when its answer is sent.
"""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.wsgi import ClosingIterator

from space.store import Store


def init_app(app: Flask, store: Store) -> None:
    """Stand before the application, if there is anything to close."""
    if not store.waits_connected:
        return
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return ClosingIterator(inner(environ, start_response), store.let_go)

    app.wsgi_app = answer  # type: ignore[method-assign]
