"""What is left of HTML that word processors put on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.pasting import reduced

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


@given(st.text(alphabet="<>/=\"' abihlpstylecrON&;:", max_size=200))
def test_reduced_when_anything_then_stays_when_reduced_again(html: str) -> None:
    once = reduced(html)
    assert "<script" not in once
    assert "style=" not in once.partition("<")[2].partition(">")[0]
    assert reduced(once) == once or "<h" in once
