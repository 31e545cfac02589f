"""What a wiki shows of a page or a text, and what its edit forms begin with."""

import html
import re
from typing import Any

from sandbox.client import Client


def parsed(client: Client, title: str) -> dict[str, Any]:
    """What the wiki makes of a page."""
    asked = "text|categories|properties|parsewarnings|displaytitle"
    return dict(client.get(action="parse", page=title, prop=asked)["parse"])


def expanded(client: Client, text: str, title: str = "Sandbox") -> str:
    """What a wikitext shows, as HTML."""
    answer = client.post(
        action="parse", text=text, title=title, contentmodel="wikitext", prop="text"
    )
    return str(answer["parse"]["text"])


def words(page: str) -> str:
    """The text of an HTML page with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def textarea(page: str) -> str:
    """The text an edit form begins with."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1]).strip()


def new_section(client: Client, title: str, text: str) -> str:
    """Leave a section on a page; the page's text."""
    client.post(
        action="edit", title=title, section="new", sectiontitle="Reviewed", text=text
    )
    return client.text(title) or ""
