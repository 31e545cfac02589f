"""Lists on a second wiki, by the tables of what the first one publishes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bots.report import ExitCode
from sandbox.client import ApiError, Client
from sandbox.product import Product
from sandbox.wiki import SandboxWiki
from space.data_pages.tabular import Column, Head, table
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.deployed import deployment
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.pages import new_section
from tests.support.wiki.sandbox import Sandbox
from tests.support.wiki.second import second_wiki

pytestmark = pytest.mark.wiki

COPIED = (
    "Module:Movement lists",
    "Template:Movement events",
    "Template:Movement posts",
)
TEA = "Space/Events/Tea in Auckland"
DATA = "Wikimedia events"
CONTENTS = f"Data:{DATA}/Contents.tab"


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Product:
    indexed_wiki.change_settings(event_policy="review", data_pages=f"Data:{DATA}")
    return indexed_wiki


@pytest.fixture(scope="module")
def second(fresh_wiki: Sandbox) -> Iterator[SandboxWiki]:
    """A wiki with three pages of ours, which reads data of the first one."""
    with second_wiki(fresh_wiki) as wiki:
        pages = {page.title: page.text for page in deployment(data=DATA)}
        admin = Client(wiki.place.api_url).login("Admin")
        for title in COPIED:
            admin.edit(title, pages[title])
        admin.session.close()
        yield wiki


def shown(wiki: SandboxWiki, text: str, language: str = "en") -> tuple[str, Any]:
    """The HTML of some wikitext, and the report on its limits by name."""
    client = Client(wiki.place.api_url)
    found = client.get(
        action="parse",
        text=text,
        contentmodel="wikitext",
        prop="text|limitreportdata",
        uselang=language,
    )["parse"]
    client.session.close()
    report = {each["name"]: each for each in found["limitreportdata"]}
    return str(found["text"]), report


def approved(wiki: Sandbox, title: str, **values: str) -> None:
    """An event by Lena that Pavati approves."""
    text = event(title=title.rpartition("/")[2], **values)
    revision = wiki.login("Lena").edit(title, text)["newrevid"]
    verdict = f"{{{{subst:Space approve|rev={revision}}}}}"
    new_section(wiki.login("Pavati"), f"Talk:{title}", verdict)


def run(product: Product, wiki: Sandbox) -> None:
    done = run_forked(product, "run", SPACE_COMMONS_URL=wiki.api_url)
    assert done.returncode == ExitCode.FINE, done.stdout + done.stderr


def test_event_when_approved_stands_in_lists_of_a_second_wiki_until_it_is_cancelled(
    product: Product, fresh_wiki: Sandbox, second: SandboxWiki
) -> None:
    approved(fresh_wiki, TEA, start="2199-11-28 10:00", end="")
    approved(
        fresh_wiki,
        "Space/Events/Kaffee",
        start="2199-11-28 10:00",
        end="",
        timezone="Europe/Berlin",
        country="DE",
    )
    run(product, fresh_wiki)

    html, report = shown(second, "{{Movement events|country=New Zealand}}")
    assert "Tea in Auckland" in html
    assert f"{fresh_wiki.place.public_url}/wiki/Space/Events/Tea_in_Auckland" in html
    assert "Kaffee" not in html
    # Contents, texts, and the tables of months until there were enough.
    months = json.loads(fresh_wiki.anonymous().text(CONTENTS) or "")["data"]
    count = int(report["limitreport-expensivefunctioncount"]["0"])
    assert 3 <= count <= 2 + sum(row[0] == "Events" for row in months)

    for style in ("table", "compact"):
        html, _ = shown(second, f"{{{{Movement events|style={style}|limit=500}}}}")
        assert "Tea in Auckland" in html
        assert "Kaffee" in html
    html, _ = shown(second, "{{Movement events|country=NZ}}", "ar")
    assert "نيوزيلندا" in html
    assert 'lang="ar" dir="rtl"' in html
    call = f"{{{{#invoke:Movement lists|events|data={DATA}}}}}"
    on_first, _ = shown(fresh_wiki.wiki, call)
    assert "Tea in Auckland" in on_first
    posts, _ = shown(second, "{{Movement posts}}")
    assert "Nothing found" in posts

    cancelled = event(
        title="Tea in Auckland", start="2199-11-28 10:00", end="", status="cancelled"
    )
    fresh_wiki.login("Lena").edit(TEA, cancelled)
    run(product, fresh_wiki)
    html, _ = shown(second, "{{Movement events|country=NZ}}")
    struck = r"<s>(?:(?!</s>).)*Tea in Auckland.*</s> <span[^>]*>Cancelled"
    assert re.search(struck, html)
    html, _ = shown(second, "{{Movement events|status=confirmed|country=NZ}}")
    assert "Tea in Auckland" not in html

    second.switch({"wgSpaceTabularData": False})
    html, _ = shown(second, "{{Movement events}}")
    assert "would need the JsonConfig extension" in html
    second.switch({})
    other = "{{#invoke:Movement lists|events|data=Other events}}"
    html, _ = shown(second, other)
    assert "there is no page" in html


WRONG: tuple[dict[str, Any], ...] = (
    {"license": "GPL"},
    {"description": {}},
    {"more": 1},
    {"data": [["Tea\n", None, None, None]]},
    {"data": [["x" * 401, None, None, None]]},
    {"data": [[None, "1", None, None]]},
    {"data": [[None, None, None, {"EN": "x"}]]},
    {"schema": {"fields": [{"name": "2nd", "type": "string", "title": {"en": "x"}}]}},
)


def test_table_when_it_breaks_a_rule_is_not_saved(fresh_wiki: Sandbox) -> None:
    kinds = ("string", "number", "boolean", "localized")
    columns = [Column(kind, kind) for kind in kinds]
    right = table(columns, [{"string": "Tea"}], Head("CC0-1.0", {"en": "Tea"}, ""))
    admin = fresh_wiki.login("Admin")
    for changes in WRONG:
        with pytest.raises(ApiError):
            admin.edit("Data:Rules.tab", json.dumps(right | changes))
    admin.edit("Data:Rules.tab", json.dumps(right))
