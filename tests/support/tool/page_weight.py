"""What a page makes a browser ask the tool for, without a browser."""

import gzip
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.support.tool.app import ToolApp

_LEVEL = 6  # of gzip, as web servers have it


def compressed(content: bytes) -> int:
    """Octets of a text as it is sent."""
    return len(gzip.compress(content, _LEVEL))


@dataclass(frozen=True)
class PageWeight:
    """Octets, compressed, of all that a page names, by its URL; without pictures."""

    html: int
    sheets: dict[str, int] = field(default_factory=dict)
    scripts: dict[str, int] = field(default_factory=dict)
    drawings: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """The page, what it waits for and what a browser asks for meanwhile."""
        return 1 + len(self.sheets) + len(self.scripts) + len(self.drawings)

    @property
    def script(self) -> int:
        """Octets of all modules."""
        return sum(self.scripts.values())

    @property
    def total(self) -> int:
        """Octets of page, sheets and modules."""
        return self.html + sum(self.sheets.values()) + self.script


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: set[str] = set()
        self.scripts: set[str] = set()
        self.drawings: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "stylesheet":
            self.sheets.add(given["href"])
        elif tag == "link" and given.get("rel") == "modulepreload":
            self.scripts.add(given["href"])
        elif tag == "script" and "src" in given:
            self.scripts.add(given["src"])
        elif tag in {"img", "image"}:
            self.drawings.add(given.get("src") or given["href"])


def page_weight(tool: ToolApp, path: str) -> PageWeight:
    """Ask for a page, and then for all that it names of the tool's own."""
    page = tool.get(path, follow_redirects=True)
    assert page.status_code == 200, path
    links = _Links()
    links.feed(page.text)

    def weight(url: str) -> int:
        answer = tool.get(url, buffered=True)
        assert answer.status_code == 200, url
        return compressed(answer.data)

    return PageWeight(
        html=compressed(page.data),
        sheets={url: weight(url) for url in sorted(links.sheets)},
        scripts={url: weight(url) for url in sorted(links.scripts)},
        drawings=[url for url in sorted(links.drawings) if url.startswith("/")],
    )
