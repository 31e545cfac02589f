"""An id for each request, in the lines that it leaves in logs and on error pages."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask import Flask

from space.logs import for_request

ID = "space.request"
"""The id in the environment of a request, which gunicorn's access log shows."""
_BYTES = 5


def init_app(app: Flask) -> None:
    """Give each request an id before anything else sees it."""
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[ID] = secrets.token_hex(_BYTES)
        with for_request(environ[ID]):
            return inner(environ, start_response)

    app.wsgi_app = answer  # type: ignore[method-assign]
