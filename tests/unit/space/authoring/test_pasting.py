"""Reduction of pasted HTML from word processors."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.authoring.pasting import reduced

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">'
    '<h1 dir="ltr" style="line-height:1.38"><span style="font-weight:400">A walk</span>'
    '</h1><p><span style="font-weight:700">Twelve</span> people</p>'
    '<ul><li dir="ltr"><p role="presentation"><span>One</span></p></li></ul>'
    '<a href="https://www.google.com/url?q=https://example.org/a%3Fb&amp;sa=D">x</a></b>'
)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (
            GOOGLE,
            """<h2>A walk</h2><p><b>Twelve</b> people</p><ul><li>One</li></ul>\
<a href="https://example.org/a?b">x</a>""",
        ),
        ("<h3>A</h3><h4>B</h4>", "<h2>A</h2><h3>B</h3>"),
        ("<p><strong>a</strong> <em>b</em></p>", "<p><b>a</b> <i>b</i></p>"),
        ("<p style='color:red' onclick='x()'>a</p>", "<p>a</p>"),
        ("<style>p{}</style><script>x()</script><p>a</p>", "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', "a"),
        ("<h2><b>A</b></h2>", "<h2><b>A</b></h2>"),
        ("<img src='https://example.org/x.png'>", ""),
        ("<p> </p>", ""),
        ("", ""),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>",) * 2,
        ("<p>مرحبا &lt;nowiki&gt;</p>", "<p>مرحبا &lt;nowiki&gt;</p>"),
    ],
)
def test_reduced_when_pasted_then_only_what_a_page_keeps(html: str, kept: str) -> None:
    assert reduced(html) == kept


TAGS = ("h1", "h2", "h5", "p", "div", "b", "strong", "em", "ul", "li", "table", "td")
TAGS += ("a", "span", "script", "style", "title", "img", "br", "font", "o:p")
ATTRIBUTES = ("", " style='font-weight:700;color:red'", " href='https://example.org/'")
ATTRIBUTES += (" href=javascript:x()", " onclick=x()", ' href="https://e.org/&quot;<"')
KEPT = {"p", "b", "i", "ul", "li", "table", "td", "a", "br", "h2", "h3", "h4", "h5"}
KEPT |= {"h6", "tbody", "tr"}
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.text(alphabet="<>/=\"'& aب;!-", max_size=8),
)


class Tags(HTMLParser):
    """Collects the tags of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_reduced_when_any_document_then_only_plain_tags_and_safe_links(
    html: str,
) -> None:
    tags = Tags(reduced(html)).tags
    assert {tag for tag, _ in tags} <= KEPT
    for tag, attributes in tags:
        if tag == "table":
            assert attributes == (("class", "wikitable"),)
            continue
        assert not attributes or (tag, attributes[0][0], len(attributes)) == (
            *("a", "href"),
            1,
        )
        assert all((value or "").startswith("https://e") for _, value in attributes)
    levels = [int(tag[1]) for tag, _ in tags if tag.startswith("h")]
    assert not levels or min(levels) == 2


def test_reduced_when_there_is_a_table_then_it_is_one_with_borders() -> None:
    html = "<table style='x' class=y><tr><td>a</td></tr></table>"
    assert reduced(html).startswith('<table class="wikitable"><')


@given(st.lists(PIECES, max_size=30).map("".join))
def test_reduced_when_reduced_again_then_says_the_same(html: str) -> None:
    once = reduced(html)
    assert text_of(reduced(once)) == text_of(once)
    assert reduced(reduced(once)) == reduced(once)


def text_of(html: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_reduced_when_a_heading_is_commented_out_then_others_do_not_sink() -> None:
    assert reduced("<!-- <h1>x</h1> --><h3>A</h3>") == "<h2>A</h2>"
