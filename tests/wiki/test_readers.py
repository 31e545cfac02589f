"""Views of posts, counted by the bots' command and kept on a real wiki's pages."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from bots.report import ExitCode
from sandbox.gateway.pageviews import ROOT, answer, views_of
from sandbox.product import Product
from space.codec.editing import write_page
from tests.support.wiki.deployed import BOT
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.pages import new_section
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

TITLE = "Space/Blog/Été: what we learned?"
LATER = 40
"""Days after which a week and a month of views are known."""


@contextmanager
def pageviews(today: date, asked: list[str]) -> Iterator[str]:
    """The pageviews API of the sandbox as it is on a day; its address."""

    @Request.application
    def api(request: Request) -> Response:
        path = str(request.environ["REQUEST_URI"])
        asked.append(path)
        return answer(path, today) or Response(status=404)

    server = make_server("127.0.0.1", 0, api)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}{ROOT}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(wiki: Sandbox, name: str) -> Any:
    return json.loads(wiki.anonymous().text(f"User:{BOT}/Space/{name}.json") or "{}")


def approved(wiki: Sandbox) -> date:
    """The UTC day on which the post was approved, and so was published."""
    found = wiki.anonymous().get(
        action="query", prop="revisions", titles=f"Talk:{TITLE}", rvprop="timestamp"
    )
    (told,) = found["query"]["pages"]
    return datetime.fromisoformat(told["revisions"][0]["timestamp"]).date()


def test_posts_when_a_month_old_have_their_views_on_the_bots_pages(
    indexed_wiki: Product, fresh_wiki: Sandbox
) -> None:
    text = write_page("post", {"title": "Été", "language": "fr"}, "Texte.")
    saved = fresh_wiki.login("Lena").edit(TITLE, text)
    verdict = f"{{{{subst:Space approve|rev={saved['newrevid']}}}}}"
    new_section(fresh_wiki.login("Pavati"), f"Talk:{TITLE}", verdict)
    assert run_forked(indexed_wiki, "sync").returncode == ExitCode.FINE

    first, asked = approved(fresh_wiki), list[str]()
    later = first + timedelta(days=LATER)
    with pageviews(later, asked) as url:
        done = run_forked(
            indexed_wiki, "readers", days_later=LATER, SPACE_PAGEVIEWS_URL=url
        )
    assert done.returncode == ExitCode.FINE, done.stdout + done.stderr
    assert any("Space%2FBlog%2F%C3%89t%C3%A9" in path for path in asked)
    title = TITLE.replace(" ", "_")
    days = [views_of(title, first + timedelta(days=n)) for n in range(31)]
    counted = {"after7": sum(days[:8]), "after30": sum(days)}
    posts = page(fresh_wiki, f"Readers/{first:%Y}")["posts"]
    assert counted in [{key: each[key] for key in counted} for each in posts]
    months = page(fresh_wiki, "Readers")["months"]
    assert f"{first:%Y-%m}" in {each["month"] for each in months}
