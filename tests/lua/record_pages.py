"""Cards of posts and events on the wiki, and their block of the ledger."""

import hashlib
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]
TITLE = "Space/Events/Example"  # page id 12 in the tests' wiki
EVENT = {
    "start": "2026-11-28 10:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
}
TEXT = "{{Space event|…}}"


def sha1(text: str) -> str:
    """The hash that a wiki keeps of a revision's text, in hex."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def mark(revision: int, text: str = TEXT) -> dict[str, Any]:
    """A revision as the ledger has it."""
    return {"revision": revision, "at": "2026-11-20T10:00:00Z", "sha1": sha1(text)}


def ledger(**standing: Any) -> dict[str, str]:
    """The page and the block of the ledger that has its page status."""
    block = {"schema": 1, "p12": {"standing": standing}}
    return {TITLE: TEXT, "User:SpaceBot/Space/Ledger/0.json": json.dumps(block)}


def shown(make: Make, pages: dict[str, str], **arguments: str) -> str:
    """The card of `TITLE` as an event with these arguments, as wikitext."""
    return make(pages, title=TITLE).invoke("Event", "show", **(EVENT | arguments))


def shown_post(make: Make, pages: dict[str, str]) -> str:
    """What stands above the text of `TITLE` as a post, as wikitext."""
    pages = pages | {TITLE: "{{Space post|language=en}}"}
    return make(pages, title=TITLE).invoke("Post", "show", language="en")


def words(html: str) -> str:
    """The text without tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
