"""newsboat (Debian) reads the feed of posts, with their texts."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from sandbox.place import HOST
from space.feeds.atom import entry, feed
from space.feeds.envelope import FeedHead
from tests.support.feeds.publications import ADDRESSES, NOW, post

HTML = "<p>Whole <b>text</b>.</p><script>no</script>"


@contextmanager
def served(text: str) -> Iterator[str]:
    """An address under which a feed is."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/atom+xml; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer((HOST, 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/posts.atom"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_feed_when_newsboat_reads_it_then_it_has_every_post_with_its_text(
    tmp_path: Path,
) -> None:
    head = FeedHead("Space", "https://x.org/f", "https://x.org/", NOW, author="x.org")
    full = post(13, title="أخبار & more", language="ar", authors=("Ana",))
    entries = [
        entry(replace(full, html=HTML), ADDRESSES),
        entry(post(14, summary="Short"), ADDRESSES),
    ]
    cache = tmp_path / "cache.db"
    with served("".join(feed(head).around(entries))) as address:
        urls = tmp_path / "urls"
        urls.write_text(f"{address}\n", encoding="utf-8")
        subprocess.run(
            ["newsboat", "-u", urls, "-c", cache, "-C", "/dev/null", "-x", "reload"],
            check=True,
            timeout=60,
            capture_output=True,
            env={"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )
    with closing(sqlite3.connect(cache)) as database:
        query = "select guid, title, author, content from rss_item order by guid"
        found = database.execute(query).fetchall()
    assert found[0][:3] == (
        "https://meta.wikimedia.org/?curid=13",
        "أخبار & more",
        "Ana",
    )
    assert "<p>Whole <b>text</b>.</p>" in found[0][3]
    assert "script" not in found[0][3]
    assert found[1][3] == "Short"
