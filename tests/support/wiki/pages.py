"""What a wiki shows of a page or a text, and what its edit forms begin with."""

import html
import json
import re
from typing import Any

from sandbox.client import Client


def parsed(client: Client, title: str, uselang: str = "en") -> dict[str, Any]:
    """What the wiki makes of a page, for readers of a language."""
    asked = "text|categories|properties|parsewarnings|displaytitle"
    query = {"page": title, "prop": asked, "uselang": uselang}
    return dict(client.get(action="parse", **query)["parse"])


def expanded(client: Client, text: str, title: str = "Sandbox") -> str:
    """What a wikitext shows, as HTML."""
    answer = client.post(
        action="parse", text=text, title=title, contentmodel="wikitext", prop="text"
    )
    return str(answer["parse"]["text"])


def evaluated(client: Client, body: str, *arguments: Any) -> Any:
    """What the body of a Lua function returns on the wiki, given JSON values."""
    given = "".join(
        f", mw.text.jsonDecode([==[{json.dumps(each)}]==])" for each in arguments
    )
    answer = client.post(
        action="scribunto-console",
        title="Module:Space/Console",
        content=f"local given = {{ nil{given} }}\n"
        f"return {{ run = function (...) {body} end, given = given }}",
        question="mw.log(mw.text.jsonEncode(p.run(unpack(p.given, 2))))",
    )
    assert answer["type"] == "normal", answer["message"]
    return json.loads(answer["print"])


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
