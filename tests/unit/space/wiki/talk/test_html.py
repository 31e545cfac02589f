"""The little HTML of comments."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.html.plain import text_of
from space.wiki.talk.html import plain_line, reduce

TAGS = ("p", "b", "a", "ul", "li", "span", "script", "style", "br", "table", "img")
MARKUP = st.lists(
    st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS])
    | st.text(max_size=5)
    | st.just('<a href="./X">')
    | st.just('<a href="javascript:x">')
    | st.just("&lt;i&gt;"),
    max_size=40,
).map("".join)


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)
        assert tag in {"p", "b", "a", "ul", "li", "br"}
        assert all(name == "href" for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(MARKUP)
def test_reduce_when_html_is_anything_then_is_well_formed_and_stays(html: str) -> None:
    made = reduce(html)
    reader = Balance()
    reader.feed(made)
    reader.close()
    assert reader.open == []
    assert "javascript:" not in made
    assert reduce(made) == made


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<p id="mwAb">A <b id="x">b</b></p>', "<p>A <b>b</b></p>"),
        ('<a rel="mw:WikiLink" href="./A%20b">l</a>', '<a href="./A%20b">l</a>'),
        ('<a href="./X?action=edit&amp;redlink=1">X</a>', '<a href="./X">X</a>'),
        ('<a href="//x.example/">X</a>', '<a href="//x.example/">X</a>'),
        ("<script>alert(1)</script>A<style>b</style>", "A"),
        ('<img alt="A picture" src="x">', "A picture"),
        ("<p>open <i>more", "<p>open <i>more</i></p>"),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_reduce_when_html_is_the_wikis_then_keeps_what_comments_need(
    html: str, made: str
) -> None:
    assert reduce(html) == made


def test_text_of_when_html_has_blocks_then_puts_them_on_lines() -> None:
    html = "<p>One\n two &amp; <b>three</b></p><ul><li>a</li><li>b</li></ul>c<br>d"
    assert text_of(html) == "One\ntwo & three\na\nb\nc\nd"


def test_plain_line_when_line_has_markup_then_shows_what_readers_see() -> None:
    line = "''A'' '''b''' [[C|d]] [[E]] [https://f.example g] <small>h</small> &amp; i"
    assert plain_line(line) == "A b d E g h & i"
