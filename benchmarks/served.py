"""What `benchmarks.serving` asks: the tool, and beside it a bare application.

`gunicorn 'benchmarks.served:application()'` with `SPACE_DATABASE_URL`, and with
`BENCH_FOLDER`, where `DATABASE` is if it is a file; `/bare/empty` answers nothing,
`/bare/file/<name>` a file of that folder.
"""

import os
from dataclasses import replace
from typing import Any

from flask import Flask, Response, send_from_directory
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.addresses import ADDRESSES
from space.settings.environment import ToolConfig
from space.wiki.values import Site
from tool.app.factory import create_app
from tool.upstream.call_limits import CallLimits
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.site import SiteFacts
from tool.wsgi import build

DATABASE = "space.sqlite"
SECRET = "s" * 32
SITE = Site(
    host=ADDRESSES.host,
    database="metawiki",
    article_url=ADDRESSES.article_url,
    script_url="https://meta.wikimedia.org/w/index.php",
    namespaces={0: ("",)},
    language="en",
    extensions=frozenset(),
)


def application() -> Any:
    """Both applications, in one process."""
    folder = os.environ["BENCH_FOLDER"]
    config = ToolConfig(
        wiki_url="https://meta.wikimedia.org/w/api.php",
        root="Space",
        database_url=os.environ["SPACE_DATABASE_URL"],
        public_url=ADDRESSES.public_url,
        secret_key=SECRET,
        oauth_client_id="bench",
        oauth_client_secret="bench",  # noqa: S106
    )
    services = build(config)
    pool = ReaderPool(CallLimits())
    facts = SiteFacts(config, lambda: SITE, services.reader, services.clock, pool)
    tool = create_app(replace(services, facts=facts))
    return DispatcherMiddleware(tool, {"/bare": _bare(folder)})


def _bare(folder: str) -> Flask:
    app = Flask("bare")

    @app.get("/empty")
    def empty() -> Response:
        return Response()

    @app.get("/file/<name>")
    def file(name: str) -> Response:
        return send_from_directory(folder, name)

    return app
