"""Every address that readers come to, in a process that has just started."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from space.store.keys import SITE
from tests.support.feeds.publications import NOW, event, post, translation
from tests.support.talk.conversations import path_of, put, thread
from tests.support.tool.app import CONFIG, Silent, ToolApp

NEEDY = frozenset(
    {
        "auth.callback",
        "auth.login",
        "digest.preview",
        "importing.start",
        "interested.page",
        "retract.choose",
        "review.page",
        "write.edit",
        "write.new",
        "write.saved",
    }
)
"""Endpoints that are of no use without the wiki; all others are readers'."""
SOMEBODYS = frozenset({"write.mine"})
"""Endpoints for people who are signed in."""
CHAT = thread("Trains & buses", "Ann", "Olu")
VALUES: dict[str, Any] = {
    "filename": "space.svg",
    "key": path_of(12, CHAT).rpartition("/")[2],
    "mark": "x",
    "month": "2026-11",
    "name": "Ana",
    "names": "layout",
    "reader": "country",
    "revision": 120,
    "slug": "x",
    "suffix": "css",
}
PAGES = {"read.post": 13, "api.post": 13, "read.translation": 14}


def fresh(executor: Silent) -> ToolApp:
    """A tool that nobody has asked anything, over pages with all they may have."""
    tool = ToolApp(executor=executor)
    walk = event(
        12,
        recurrence="FREQ=DAILY;COUNT=9",
        end="",
        image="Tea.jpg",
        organizers=("[[User:Ana]]",),
    )
    tool.publish(walk, translation(14, "bn"), post(13, image="Tea.jpg"))
    put(tool, 120, 12, CHAT)
    tool.store.set_value(SITE, tool.wiki.site())
    tool.store.set_checkpoint(NOW)
    return tool


def addresses(tool: ToolApp) -> Iterator[str]:
    """The address of each reader's page, feed and file."""
    with tool.app.test_request_context(base_url=CONFIG.public_url):
        for rule in tool.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in NEEDY:
                continue
            given = VALUES | {"page_id": PAGES.get(rule.endpoint, 12)}
            built = rule.build({name: given[name] for name in rule.arguments})
            assert built
            yield built[1]


@pytest.mark.parametrize("user", [None, "Olu"])
def test_page_when_the_wiki_is_silent_then_is_answered_without_it(
    user: str | None,
) -> None:
    executor = Silent()
    tool = fresh(executor)
    if user:
        tool.sign_in(user)
    for address in addresses(tool):
        with tool.get(address, follow_redirects=True) as response:
            expected = 404 if "security.txt" in address else 200  # without a contact
            assert response.status_code == expected, address
        assert tool.asked == 0, address
    assert executor.asked  # what is missing comes by itself


@pytest.mark.parametrize(
    ("days", "shown", "asked"), [(6, True, 0), (8, True, 1), (61, False, 1)]
)
def test_page_when_its_body_is_stored_then_only_an_old_one_is_asked_for(
    days: int, asked: int, *, shown: bool
) -> None:
    executor = Silent()
    tool = ToolApp(executor=executor)
    tool.publish(post(13))
    tool.store.set_value(SITE, tool.wiki.site())
    tool.services.renderings.put(130, "en", "<p>Stored.</p>")
    tool.now += timedelta(days=days)
    page = tool.get("/blog/13-post-13?uselang=ar").text  # the same in every language
    assert ("Stored." in page) is shown
    assert len(executor.asked) == asked
