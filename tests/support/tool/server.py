"""HTTP server of the tool on an in-memory wiki, for real browsers."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.place import HOST
from space.publication.translations import PostTitles
from space.store.tables.engine import open_engine
from tests.support.feeds.publications import event, post
from tests.support.talk.conversations import talk_some
from tests.support.tool.app import CONFIG, FakeSignIn, ToolApp


class Silent(WSGIRequestHandler):
    """Answers requests without a line about each, for benchmarks print their own."""

    def log_request(self, *_: object) -> None:
        """Say nothing; errors are still told."""


@contextmanager
def served_tool(folder: Path, tiles: str = "") -> Iterator[ToolApp]:
    """The application with sample content, served at `tool.config.public_url`.

    `tiles` is the path of its map tiles, empty for no map.
    """
    placeholder = make_server(HOST, 0, lambda *_: [])
    port = placeholder.server_port
    placeholder.server_close()
    address = f"http://{HOST}:{port}"
    tool = ToolApp(
        config=replace(
            CONFIG, public_url=address, tile_url=tiles and f"{address}{tiles}"
        ),
        own_app=True,
        engine=open_engine(f"sqlite:///{folder / 'tool.sqlite'}"),
        sign_in_answer=FakeSignIn(f"{address}/oauth-callback?code=good&state=s"),
    )
    publish_some(tool)
    talk_some(tool)
    server = make_server(
        HOST, port, _whole(tool.app), threaded=True, request_handler=Silent
    )
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield tool
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _whole(app: Flask) -> Callable[..., Iterable[bytes]]:
    """A WSGI application whose responses are read at once.

    A browser that leaves a page drops its connection, and werkzeug's server then keeps
    the file of a static response open.
    """

    def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
        pieces = app(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            getattr(pieces, "close", lambda: None)()

    return answer


def publish_some(tool: ToolApp) -> None:
    """Store events and posts of all kinds that lists show."""
    tool.publish(
        event(
            12,
            title="Women's day 🎉 हिन्दी",
            start="2026-11-24 10:00",
            end="2026-11-24 16:00",
            timezone="Asia/Kolkata",
            country="IN",
            city="पुणे",
            coordinates="18.5204, 73.8567",
            mode="hybrid",
            type="workshop",
            summary="With [[w:Tea|tea]].",
            languages=("hi", "en"),
            topics=("women", "tea"),
            organizers=("[[User:Ana]]", "Wikimedia India"),
            online_link="https://meet.example.org/x",
            accessibility="Step-free.",
        ),
        event(
            14, title="ويكي عربية", start="2026-11-26", end="2026-11-28", country="EG"
        ),
        event(16, title="Off", status="cancelled", coordinates="-36.85, 174.76"),
        event(18, title="Maybe", status="tentative", mode="online", country=""),
        event(20, title="Month", start="2026-11-01", end="2026-11-30", mode="online"),
        event(22, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=9", end=""),
        post(
            13, title="What we learned", summary="A [[rainy]] afternoon.", topics=("a",)
        ),
        post(
            15,
            title="ما تعلمناه",
            language="ar",
            summary="اثنا عشر شخصًا.",
            original="Space/Blog/Page 13",
            authors=("[[User:Ana|آنا]]", "Olu"),
        ),
        post(17, title="The second walk", series="Photo walks", topics=("a", "tea")),
        post(19, title="The third walk", series="Photo walks", topics=("a",)),
    )
    tool.store.set_post_titles(PostTitles(translations={"Space/Blog/Page 17": ("he",)}))
    english = (
        '<h2>What happened</h2><p>We <a href="/wiki/A">walked and wrote</a>.</p>'
        '<blockquote lang="ar" dir="rtl">نص عربي داخل نص إنجليزي</blockquote>'
    )
    arabic = f"<h2>ما حدث</h2><p>{'مشينا وكتبنا with English in it. ' * 30}</p>"
    tool.services.renderings.put(130, "en", english)
    tool.services.renderings.put(150, "ar", arabic)
