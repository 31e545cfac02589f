"""Every page with the keys of its messages: beside them stands what people wrote.

And names and dates by CLDR, which need no message of ours.
"""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from babel import Locale

from space.publication.filters import keys
from tests.support.talk.conversations import talk_some
from tests.support.tool.app import ToolApp
from tests.support.tool.pages import PAGES, all_paths, unlisted
from tool.app.views.zone_options import zone_options

KEY = re.compile(r"\((?:api|choice|field|outcome|problem|tool|wiki)-[a-z0-9-]+(?=[:)])")
URL = re.compile(r"https?://\S+|(?<=: )/\S+")
WORD = re.compile(r"[A-Za-z]{2,}")
READ_OUT = {"alt", "aria-label", "label", "placeholder", "title"}
UNREAD = {"datalist", "script", "style", "svg", "textarea"}
MENUS = {"language-menu", "text-languages", "digest-language"}
"""Languages say their own names."""
MENUS |= {"digest-subject", "digest-text"}  # a text in its own language
CODES = {"CSV", "GeoJSON", "UTC", "colour", "from", "minute", "qqx", "source", "to"}
SHARED = {"Bluesky", "Facebook", "Mastodon", "Telegram", "WhatsApp"}
SHARED |= {"Wikipedia", "Geonotice"}  # the title of a page there
WRITTEN = (  # by the people in the samples
    "With A rainy afternoon very long question with tea yes See help Answered",
    "Ana Ann Eva Lena Olu Wikimedia India women What we learned Page",
    "The second third walk walks Photo Space Events Blog Questions Talk Own",
    "Women s day Maybe Off Weekly Month about Space event title start timezone country",
    "Digest Subscribers en Event",  # titles of pages, and a namespace
    "happened walked and wrote Pacific NZ page wide free Step English in it",
    "minute minutes ago",  # by CLDR
)


class Words(HTMLParser):
    """The words of a page that no message says."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        is_unread = tag in UNREAD or values.get("id") in MENUS
        if is_unread or (self._unread and tag == self._unread[0]):
            self._unread.append(tag)
        printed = values.get("class") == "print-only small"
        if "language-button" in (values.get("class") or "") or printed:
            self._unread.append(tag)
        if not self._unread:
            for name in READ_OUT & values.keys():
                self._read(values[name] or "")

    def handle_endtag(self, tag: str) -> None:
        if self._unread and tag == self._unread[-1]:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._read(data)

    def _read(self, text: str) -> None:
        self.found.update(WORD.findall(URL.sub(" ", KEY.sub(" ", text))))


@cache
def known() -> frozenset[str]:
    """Words that are not ours to translate."""
    english = Locale("en")
    calendar = [*english.months["format"].values(), *english.days["format"].values()]
    said = [
        *(name for form in calendar for name in form.values()),
        *english.territories.values(),
        *english.languages.values(),
        *(label for _, label in zone_options("en")),
        *keys("event"),
        *WRITTEN,
    ]
    found = {word for text in said for word in words(str(text))}
    return frozenset(found | CODES | SHARED)


def words(text: str) -> Iterator[str]:
    yield from WORD.findall(text.replace("_", " "))


@pytest.fixture
def everything(tool: ToolApp) -> ToolApp:
    talk_some(tool)
    tool.sign_in()
    return tool


def test_pages_when_keys_are_shown_then_nothing_is_said_without_one(
    everything: ToolApp,
) -> None:
    assert unlisted(everything.app) == set()
    paths = all_paths(everything)
    assert len(paths) >= len(PAGES)
    unsaid = {}
    for path in paths:
        joint = "&" if "?" in path else "?"
        parameter = "lang" if path.startswith("/embed/") else "uselang"
        page = everything.get(f"{path}{joint}{parameter}=qqx", follow_redirects=True)
        assert page.status_code < 500, path
        reader = Words()
        reader.feed(page.text.partition("</head>")[2])
        if found := reader.found - known():
            unsaid[path] = sorted(found)
    assert unsaid == {}
