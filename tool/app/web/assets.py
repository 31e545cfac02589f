"""Static files under URLs that change with their content."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

_LENGTH = 12  # hexadecimal digits of a SHA-256
FOREVER = f"public, max-age={365 * 24 * 3600}, immutable"
"""Cache-Control of what never changes under its URL."""


def init_app(app: Flask) -> None:
    """Offer `asset(name)` to templates: a URL that caches may keep for ever."""
    assert app.static_folder is not None  # noqa: S101 - the factory sets it
    folder = Path(app.static_folder)
    versions: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in versions or app.debug:
            content = (folder / name).read_bytes()
            versions[name] = hashlib.sha256(content).hexdigest()[:_LENGTH]
        return url_for("static", filename=name, v=versions[name])

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = FOREVER
        return response

    app.jinja_env.globals["asset"] = asset
