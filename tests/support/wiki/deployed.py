"""The deployed pages on a sandbox wiki, all in one request.

`python -m bots deploy_templates` is tested where it is the subject; tests of what it
deploys import the pages, which is several times faster than editing them.
"""

import hashlib
from collections.abc import Mapping
from html import escape

from bots.manifest import DeployedPage, sources
from sandbox.client import TIMEOUT
from sandbox.product import Product
from tests.support.wiki.sandbox import Sandbox

ROOT, BOT = "Space", "SpaceBot"
_XML = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">'


def deployment(tool: str = "") -> tuple[DeployedPage, ...]:
    """The pages as the sandbox's names fill them in."""
    return sources({"root": ROOT, "bot": BOT, "tool": tool})


def deploy(wiki: Sandbox, tool: str = "") -> None:
    """Put the pages on a wiki in its known state, as the bot's."""
    state = hashlib.sha256(tool.encode()).hexdigest()[:8]
    wiki.bring_to(f"deployed-{state}", lambda: _import(wiki, tool))


def _import(wiki: Sandbox, tool: str) -> None:
    import_pages(wiki, {page.title: page.text for page in deployment(tool)})


def import_pages(wiki: Sandbox, pages: Mapping[str, str]) -> None:
    """Make pages by their titles, in this order, as the bot's."""
    admin = wiki.login("Admin")
    answer = admin.session.post(
        admin.api_url,
        data={
            "action": "import",
            "format": "json",
            "interwikiprefix": "space",
            "assignknownusers": "1",
            "token": admin.token("csrf"),
        },
        files={"xml": ("pages.xml", _export(pages), "text/xml")},
        timeout=TIMEOUT,
    ).json()
    assert "import" in answer, answer


def run_bots(product: Product, *options: str) -> None:
    """One run of the bots, which has to end well."""
    done = product.run_bots("run", *options)
    assert done.returncode == 0, done.stdout + done.stderr


def _export(pages: Mapping[str, str]) -> str:
    return _XML + "".join(map(_page, pages.items())) + "</mediawiki>"


def _page(page: tuple[str, str]) -> str:
    title, text = page
    return (
        f"<page><title>{escape(title)}</title><revision>"
        "<timestamp>2026-01-01T00:00:00Z</timestamp>"
        f"<contributor><username>{BOT}</username></contributor>"
        f'<text xml:space="preserve">{escape(text)}</text></revision></page>'
    )
