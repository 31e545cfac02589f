"""The deployed pages on a sandbox wiki, all in one request.

`python -m bots deploy_templates` is tested where it is the subject; tests of what it
deploys import the pages, which is several times faster than editing them.
"""

from html import escape

from bots.manifest import Source, sources
from sandbox.client import TIMEOUT
from tests.support.sandbox import Sandbox

ROOT, BOT = "Space", "SpaceBot"
_XML = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">'


def deployment(tool: str = "") -> tuple[Source, ...]:
    """The pages as the sandbox's names fill them in."""
    return sources({"root": ROOT, "bot": BOT, "tool": tool})


def deploy(wiki: Sandbox, tool: str = "") -> None:
    """Put the pages on the wiki as the bot's."""
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
        files={"xml": ("pages.xml", _export(deployment(tool)), "text/xml")},
        timeout=TIMEOUT,
    ).json()
    assert "import" in answer, answer


def _export(pages: tuple[Source, ...]) -> str:
    return _XML + "".join(map(_page, pages)) + "</mediawiki>"


def _page(page: Source) -> str:
    return (
        f"<page><title>{escape(page.title)}</title><revision>"
        "<timestamp>2026-01-01T00:00:00Z</timestamp>"
        f"<contributor><username>{BOT}</username></contributor>"
        f'<text xml:space="preserve">{escape(page.text)}</text></revision></page>'
    )
