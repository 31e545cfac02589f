"""The deployed pages on a sandbox wiki, by one import.

`python -m bots deploy_templates` is tested where it is the subject; tests of what it
deploys import the pages, which is fifty times faster than editing them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from html import escape

from bots.manifest import DeployedPage, sources
from sandbox.product import Product
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.sandbox import Sandbox

ROOT, BOT = "Space", "SpaceBot"
_XML = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">'


def deployment(tool: str = "", data: str = "") -> tuple[DeployedPage, ...]:
    """The pages as the sandbox's names fill them in; `data` begins titles of tables."""
    return sources({"root": ROOT, "bot": BOT, "tool": tool, "data": data})


def deploy(wiki: Sandbox, tool: str = "") -> None:
    """Put the pages on a wiki in its known state, as the bot's."""
    state = hashlib.sha256(tool.encode()).hexdigest()[:8]
    wiki.bring_to(f"deployed-{state}", lambda: _import(wiki, tool))


def _import(wiki: Sandbox, tool: str) -> None:
    import_pages(wiki, {page.title: page.text for page in deployment(tool)})


def fill_links(wiki: Sandbox, titles: Iterable[str]) -> None:
    """Parse imported pages, at most 50, for the tables of links and page properties.

    Only then the wiki parses them again when what they show changes.
    """
    wiki.login("Admin").post(action="purge", titles=list(titles), forcelinkupdate=1)


def pages_of_readers() -> list[str]:
    """Titles of the deployed pages that show the bot's data: of the main namespace."""
    return [
        page.title
        for page in deployment()
        if ":" not in page.title and not page.original
    ]


def import_pages(wiki: Sandbox, pages: Mapping[str, str]) -> None:
    """Make pages by their titles, in this order, as the bot's.

    They stand in no table of links and leave no jobs, since parsing them is most of an
    import (`fill_links`).
    """
    path = wiki.place.folder / "import.xml"
    path.write_text(_export(pages), "utf-8")
    wiki.wiki.maintain(
        "importDump", "--no-updates", "--username-prefix=space", str(path)
    )


def run_bots(product: Product, *options: str) -> None:
    """One run of the bots, which has to end well."""
    done = run_forked(product, "run", *options)
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
