"""One deadline for each request: all that wikis are asked for it shares its seconds."""

from collections.abc import Iterable
from typing import Any

from flask import Flask

from tool.app.services import EXTENSION, Services
from tool.upstream.deadline import within


def init_app(app: Flask) -> None:
    """Answer each request within the deadline of the settings."""
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        services: Services = app.extensions[EXTENSION]
        with within(services.config.wiki_seconds):
            return inner(environ, start_response)

    app.wsgi_app = answer  # type: ignore[method-assign]
