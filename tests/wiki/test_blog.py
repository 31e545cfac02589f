"""The blog on the real wiki: what its parser makes of hostile text, and its lists."""

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from sandbox.client import Client
from space.authoring.pasting import reduced
from space.text.html.sanitize import sanitize
from tests.lua.data import beside, event, post, posts
from tests.support.wiki.deployed import BOT
from tests.support.wiki.sandbox import Sandbox
from tests.wiki.test_lists import parsed, write
from tool.wiki.parsoid import Parsoid

pytestmark = pytest.mark.wiki

PAGE = "https://meta.wikimedia.org/wiki/Space/Blog/X"
HOSTILE = (
    "<script>alert(1)</script>",
    "<div style='position:fixed;inset:0;z-index:9'>cover</div>",
    '<div style="background:url(//evil.example/x.png)">x</div>',
    "<span onclick='x()' onmouseover=x()>y</span>",
    "<form action='//evil.example'><input name=a><button>b</button></form>",
    "<iframe src='//evil.example'></iframe><object data=x></object><embed src=x>",
    "<img src='https://evil.example/pixel.png' onerror=x()>",
    "https://evil.example/pixel.png",
    "[javascript:alert(1) x] [data:text/html,<b> y] [[javascript:alert(1)]]",
    "<a href='javascript:alert(1)'>x</a>",
    "<templatestyles src='Evil/styles.css' /><style>body{display:none}</style>",
    "<div class='site-header cdx-message page' id='content'>x</div>",
    "<svg onload=x()></svg><math><mtext></mtext></math>",
    "<nowiki><script>alert(1)</script></nowiki>",
    "<gallery>\nFile:A.jpg|<script>x</script>\n</gallery>",
    '[[File:A.jpg|thumb|link=javascript:x|alt="><script>]]',
    "<pre><script>x</script></pre><ref><b onclick=x></ref>",
    "{| style='position:absolute' onclick=x\n| class='page' | a\n|}",
    "<span class='mw-editsection'>x</span>__TOC__\n== <span onclick=x>A</span> ==",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3C;script>",
    "<div\x00 style=x><<b>><//b></div ><base href=//evil.example>",
)
FOREIGN = {"script", "style", "form", "input", "button", "iframe", "object", "embed"}
FOREIGN |= {"base", "link", "meta", "svg", "math", "template", "video", "audio"}


class Reader(HTMLParser):
    """Everything that a browser would do something with."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FOREIGN:
            self.wrong.append(tag)
        for name, value in attrs:
            parts = urlsplit(value or "")
            if name.startswith("on") or name in {"style", "srcset", "action"}:
                self.wrong.append(f"{tag} {name}")
            if name == "href" and parts.scheme not in {"", "http", "https", "mailto"}:
                self.wrong.append(f"{tag} {value}")
            if name == "src" and parts.hostname != "upload.wikimedia.org":
                own = parts.hostname == urlsplit(PAGE).hostname
                self.wrong += [] if own else [f"{tag} {value}"]
            if name == "id" and not (value or "").startswith("wiki-"):
                self.wrong.append(f"{tag} #{value}")
            if name == "class" and {"page", "site-header", "cdx-message"} & {
                *(value or "").split()
            }:
                self.wrong.append(f"{tag} .{value}")


@pytest.fixture(scope="module")
def reader(wiki: Sandbox) -> Client:
    return wiki.anonymous()


@pytest.mark.parametrize("text", HOSTILE)
def test_sanitize_when_the_wiki_parsed_hostile_text_then_nothing_gets_out(
    reader: Client, text: str
) -> None:
    html = str(parsed(reader, text)["text"])
    for given in (html, html + text):  # as if the wiki had let it through
        found = Reader()
        found.feed(sanitize(given, PAGE))
        found.close()
        assert found.wrong == []


DOCUMENT = """<meta charset="utf-8"><b style="font-weight:normal"><h1
 style="line-height:1.38">A walk &amp; talk</h1><p><span style="font-weight:700">Twelve
</span> people of <a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D"
>the club</a></p><h2>What we <i>took</i></h2><ul><li><p>Cameras</p><ul><li><p>old</p>
</li></ul></li><li><p>मानचित्र</p></li></ul><ol><li>First</li></ol><p>[[Not a link]]
{{Not a template}}</p></b>"""


def test_paste_when_from_a_document_then_the_wikis_own_text_keeps_its_form(
    reader: Client, wiki: Sandbox
) -> None:
    parsoid = Parsoid(wiki.api_url, requests.Session, lambda: datetime.now(UTC))
    text = parsoid.wikitext(reduced(DOCUMENT))
    assert "== A walk & talk ==" in text
    assert "=== What we ''took'' ===" in text
    assert "'''Twelve" in text
    assert "[https://example.org/a the club]" in text
    assert re.search(r"^\* Cameras\n\*\* old\n\* मानचित्र$", text, re.MULTILINE)
    assert "# First" in text
    html = str(parsed(reader, text)["text"])
    assert "[[Not a link]]" in html
    assert "{{Not a template}}" in html


def test_translation_when_begun_on_the_wiki_then_the_page_is_filled_in(
    wiki: Sandbox, reader: Client
) -> None:
    write(wiki, posts(post(1, "2026-11-20")))
    shown = str(parsed(reader, "{{Space posts|untranslated=fr}}")["text"])
    (address,) = re.findall(r'href="([^"]*Post_1_\(fr\)[^"]*)"', unescape(shown))
    form = wiki.login("Olu").session.get(urljoin(wiki.api_url, address), timeout=30)
    text = unescape(form.text)
    assert "| language = fr" in text
    assert "| original = Space/Blog/Post 1" in text


def titles(shown: str) -> list[str]:
    return re.findall(r"<bdi>(.*?)</bdi>", shown)


def test_lists_when_on_the_wiki_then_the_blog_is_there_by_everything(
    wiki: Sandbox, reader: Client
) -> None:
    english = {"language": "en", "page": "Space/Blog/Post 1"}
    french = {"language": "fr", "page": "Space/Blog/Post 2"}
    write(
        wiki,
        posts(
            post(1, "2026-11-20", versions=[french], topics=["a"], series="Walks"),
            post(2, "2026-11-25", language="fr", lead=1, versions=[english]),
            post(3, "2025-12-31", language="ar", title="أخبار", authors=["Ana"]),
        ),
    )
    shown = str(parsed(reader, "{{Space archive}}")["text"])
    assert "scribunto-error" not in shown
    headings = re.findall(r"<h3[^>]*>(.*?)</h3>", shown)
    assert [re.sub("<.*?>", "", each) for each in headings] == [
        "November 2026 (one post)",
        "December 2025 (one post)",
    ]
    assert titles(shown) == ["Post 1", "français", "أخبار", "Ana"]
    assert 'lang="fr" dir="ltr"' in shown
    for call, found in (
        ("{{Space posts|year=2025}}", ["أخبار"]),
        ("{{Space posts|year=2026|month=11}}", ["Post 1", "français"]),
        ("{{Space posts|language=fr}}", ["Post 2", "English"]),
        ("{{Space posts|untranslated=fr|style=compact}}", ["أخبار", "français"]),
        ("{{Space posts|author=Ana|style=compact}}", ["أخبار"]),
    ):
        shown = str(parsed(reader, call)["text"])
        assert "scribunto-error" not in shown
        assert [title for title in titles(shown) if title != "Ana"] == found


def test_post_page_when_it_has_company_then_leads_to_it(
    wiki: Sandbox, reader: Client
) -> None:
    text = "{{Space post|language=en}}\nText."
    page = int(wiki.login("Olu").edit("Space/Blog/Company", text)["pageid"])
    near = {"page": "Space/Blog/A", "title": "The first", "language": "en"}
    walk = event(1, "2026-12-05 10:00", title="A walk", status="cancelled")
    write(wiki, beside(page, before=near, events=[walk]))
    shown = str(parsed(reader, text, "Space/Blog/Company")["text"])
    assert "The first" in shown
    assert "Previous in this series" in shown
    assert '<time datetime="2026-12-05T10:00Z">' in shown.partition("A walk")[2]
    assert f"User:{BOT}" not in shown
